package io.github.autol2.config;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.commons.configuration2.YAMLConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML files up to their syntax tree and no further: no object is ever constructed, and each scalar stays the text that was
 * written. YAML's own guesses would turn 010 into 8 and a folder named 2024-01-01 into a date.
 */
final class YamlFormat {

    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private final FileKeys keys;

    private YamlFormat(FileKeys keys) {
        this.keys = keys;
    }

    /** The root of the tree. */
    static ImmutableNode read(String text, FileKeys keys) throws SyntaxException {
        Texts configuration = new Texts();
        try {
            Yaml yaml = new Yaml(new LoaderOptions());
            checkEvents(yaml, text);
            Node root = yaml.compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                configuration.fill(new YamlFormat(keys).group("", mapping));
            } else if (root != null && !root.getTag().equals(Tag.NULL)) {
                throw new SyntaxException(line(root), "must consist of lines key: value");
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new SyntaxException(line, "is not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new SyntaxException(0, "is not valid YAML: " + e.getMessage());
        }
        return configuration.getNodeModel().getInMemoryRepresentation();
    }

    /** Nested aliases can stand for billions of values, and deep nesting takes minutes, so both are refused before a tree is built. */
    private static void checkEvents(Yaml yaml, String text) throws SyntaxException {
        int depth = 0;
        for (Event event : yaml.parse(new StringReader(text))) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > FileKeys.DEEPEST) {
                throw new SyntaxException(
                        event.getStartMark().getLine() + 1,
                        "groups must not be nested more than " + FileKeys.DEEPEST + " deep");
            }
            if (event instanceof AliasEvent alias) {
                throw new SyntaxException(
                        alias.getStartMark().getLine() + 1, "aliases are not allowed, got *" + alias.getAnchor());
            }
        }
    }

    private Map<String, Object> group(String prefix, MappingNode mapping) throws SyntaxException {
        checkTag(mapping);
        Map<String, Object> group = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = scalar(entry.getKeyNode(), "a key must be plain text");
            String key = prefix + name;
            keys.add(key, line(entry.getKeyNode()));
            Node value = entry.getValueNode();
            group.put(name, value instanceof MappingNode inner ? group(key + ".", inner) : text(value));
        }
        return group;
    }

    private static String text(Node value) throws SyntaxException {
        String rule = "a value must be plain text or a list of plain texts";
        if (!(value instanceof SequenceNode sequence)) {
            return scalar(value, rule);
        }
        checkTag(sequence);
        StringJoiner list = new StringJoiner(",");
        for (Node element : sequence.getValue()) {
            list.add(scalar(element, rule));
        }
        return list.toString();
    }

    private static String scalar(Node node, String rule) throws SyntaxException {
        checkTag(node);
        if (node instanceof ScalarNode scalar) {
            return node.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        }
        throw new SyntaxException(line(node), rule);
    }

    private static void checkTag(Node node) throws SyntaxException {
        if (!PLAIN.contains(node.getTag())) {
            throw new SyntaxException(line(node), "tags are not allowed, got " + node.getTag());
        }
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** A {@link YAMLConfiguration} that takes its tree from us. */
    private static final class Texts extends YAMLConfiguration {
        void fill(Map<String, Object> tree) {
            load(tree);
        }
    }
}
