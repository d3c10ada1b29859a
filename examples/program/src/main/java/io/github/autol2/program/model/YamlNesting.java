package io.github.autol2.program.model;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;

/** How deep a text is nested for a reader of YAML, whose quotes and comments are not those of JSON. */
final class YamlNesting {

    private static final int DEEPEST = 200;

    private YamlNesting() {}

    /**
     * The first thing that is wrong, with its line and the rule. It is looked for among YAML's events, which need no stack of their own.
     *
     * @param text of any length
     */
    static Optional<String> problem(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        int depth = 0;
        try {
            for (Event event : new Yaml(options).parse(new StringReader(text))) {
                depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                if (depth > DEEPEST) {
                    return Optional.of("line " + (event.getStartMark().getLine() + 1)
                            + ": it must not be nested more than " + DEEPEST + " deep");
                }
            }
        } catch (YAMLException e) {
            return Optional.empty(); // whoever reads the text tells what is wrong with it, and gets no further either
        }
        return Optional.empty();
    }
}
