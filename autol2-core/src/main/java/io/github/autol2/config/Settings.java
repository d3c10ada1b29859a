package io.github.autol2.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user has set, as text with its origin; a {@link SettingsReader} makes typed values of it. Immutable. */
public final class Settings {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{0,200})}");

    private static final int LONGEST = 1_000_000;

    private final Map<String, Setting> given;
    private final List<Problem> problems;

    private Settings(Map<String, Setting> given, List<Problem> problems) {
        this.given = Collections.unmodifiableMap(given);
        this.problems = List.copyOf(problems);
    }

    /**
     * Collects the settings of a file and of the command line.
     *
     * @param file      a properties, YAML or XML file in UTF-8; if empty, only the overrides count
     * @param overrides each {@code key=value}; they win over the file
     * @return the settings of both
     * @throws SettingsException if the file cannot be read at all; smaller problems wait for {@link SettingsReader#finish()}
     */
    public static Settings load(Optional<Path> file, List<String> overrides) {
        return load(file, overrides, Map.of());
    }

    /**
     * The same with options of a command line that each stand for a key.
     *
     * @param file a properties, YAML or XML file in UTF-8, if any
     * @param overrides each {@code key=value}; they win over the file
     * @param options the name of the option, such as {@code --grid}, for each {@code key=value}; a key that is among the overrides, too,
     *                is given twice
     * @return the settings of both
     */
    public static Settings load(Optional<Path> file, List<String> overrides, Map<String, String> options) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Setting> onCommandLine = assignments(overrides, Origin.OVERRIDE, false, problems);
        options.forEach(
                (assignment, option) -> assign(assignment, new Origin(option, 0), false, onCommandLine, problems));
        Map<String, Setting> given = file.map(path -> fromFile(path, problems)).orElseGet(LinkedHashMap::new);
        given.putAll(onCommandLine);
        return new Settings(given, problems);
    }

    /**
     * {@return what a program sets for its user, to be put under the user's own settings by {@link #over}} A value that has no effect
     * beside the user's is left out without a word.
     *
     * @param name  for messages
     * @param lines each {@code key=value}
     */
    public static Settings preset(String name, List<String> lines) {
        List<Problem> problems = new ArrayList<>();
        return new Settings(assignments(lines, new Origin(name, 0), true, problems), problems);
    }

    /**
     * {@return the same, with the values of others for the keys that are not given here}
     *
     * @param others settings that give way
     */
    public Settings over(Settings others) {
        Map<String, Setting> all = new LinkedHashMap<>(others.given);
        all.putAll(given);
        List<Problem> both = new ArrayList<>(others.problems);
        both.addAll(problems);
        return new Settings(all, both);
    }

    /** {@return whether no key is given} */
    public boolean isEmpty() {
        return given.isEmpty();
    }

    /** Returns these settings without some keys. */
    Settings without(Set<String> keys) {
        Map<String, Setting> others = new LinkedHashMap<>(given);
        others.keySet().removeAll(keys);
        return new Settings(others, problems);
    }

    private static Map<String, Setting> assignments(
            List<String> lines, Origin origin, boolean preset, List<Problem> problems) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        lines.forEach(line -> assign(line, origin, preset, settings, problems));
        return settings;
    }

    private static void assign(
            String line, Origin origin, boolean preset, Map<String, Setting> settings, List<Problem> problems) {
        int equals = line.indexOf('=');
        String key = line.substring(0, Math.max(equals, 0)).strip();
        if (key.isEmpty()) {
            problems.add(new Problem(origin, "must be key=value, got " + line));
        } else if (settings.putIfAbsent(key, new Setting(line.substring(equals + 1), origin, preset)) != null) {
            problems.add(new Problem(origin, key + " is given twice"));
        }
    }

    private static Map<String, Setting> fromFile(Path path, List<Problem> problems) {
        FileKeys keys = new FileKeys(path.toString());
        Map<String, Setting> settings = new LinkedHashMap<>();
        try {
            SettingsFile.read(path, keys)
                    .forEach((key, text) -> settings.put(key, new Setting(text, keys.origin(key), false)));
        } catch (SyntaxException e) {
            problems.addAll(keys.problems());
            problems.add(new Problem(new Origin(path.toString(), e.line()), e.getMessage()));
            throw new SettingsException(problems);
        }
        problems.addAll(keys.problems());
        return settings;
    }

    Map<String, Setting> given() {
        return given;
    }

    List<Problem> problems() {
        return problems;
    }

    /**
     * The text with each <code>${key}</code> replaced by that key's text, once: a replaced text is not searched again, so that
     * references can neither run in circles nor multiply. What cannot be replaced is left as it is.
     *
     * @throws IllegalArgumentException if the result is longer than {@value #LONGEST} characters
     */
    String resolve(String text) {
        StringBuilder resolved = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int end = 0;
        while (reference.find()) {
            Setting other = given.get(reference.group(1).strip());
            resolved.append(text.substring(end, reference.start()))
                    .append(other == null ? reference.group() : other.text());
            end = reference.end();
            if (resolved.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "must be at most " + LONGEST + " characters long with its references");
            }
        }
        return resolved.append(text, end, text.length()).toString();
    }
}
