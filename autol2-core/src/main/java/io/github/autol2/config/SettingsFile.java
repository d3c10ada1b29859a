package io.github.autol2.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads one file in the format that its extension names. Encoding: UTF-8. */
final class SettingsFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long LARGEST = 1_000_000;
    private static final String NOTHING = "no settings in it";

    private SettingsFile() {}

    /** The file's texts by key. */
    static Map<String, String> read(Path path, FileKeys keys) throws SyntaxException {
        if (Files.isDirectory(path)) {
            throw new SyntaxException(0, "is a folder, not a settings file");
        }
        if (Files.notExists(path)) {
            throw new SyntaxException(0, "no such file");
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        Map<String, String> texts;
        if (name.endsWith(".properties")) {
            texts = PropertiesFormat.read(text(path), keys);
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            texts = flat(YamlFormat.read(text(path), keys));
        } else if (name.endsWith(".xml")) {
            texts = flat(XmlFormat.read(text(path), keys));
        } else {
            throw new SyntaxException(0, "must end in .properties, .yaml (or .yml) or .xml");
        }
        keys.check();
        if (texts.isEmpty() && keys.problems().isEmpty()) {
            throw new SyntaxException(0, NOTHING);
        }
        return texts;
    }

    private static String text(Path path) throws SyntaxException {
        try {
            long size = Files.size(path);
            if (size > LARGEST) {
                throw new SyntaxException(0, "must be at most " + LARGEST + " bytes long, got " + size);
            }
            String text = Files.readString(path);
            if (text.isBlank()) { // without this, XML would be called malformed
                throw new SyntaxException(0, NOTHING);
            }
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SyntaxException(0, "is not UTF-8 text");
        } catch (IOException e) {
            throw new SyntaxException(0, "cannot be read: " + e);
        }
    }

    /** The texts of a tree's leaves by their dotted names: {@code train: {steps: 5}} is {@code train.steps}. */
    private static Map<String, String> flat(ImmutableNode root) {
        Map<String, String> texts = new LinkedHashMap<>();
        flatten("", root, texts);
        return texts;
    }

    private static void flatten(String prefix, ImmutableNode node, Map<String, String> texts) {
        for (ImmutableNode child : node.getChildren()) {
            String key = prefix + child.getNodeName();
            if (child.getValue() != null) {
                texts.put(key, child.getValue().toString());
            }
            flatten(key + ".", child, texts);
        }
    }
}
