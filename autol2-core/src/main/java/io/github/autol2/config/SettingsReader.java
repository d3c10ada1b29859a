package io.github.autol2.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads settings key by key. A bad value is noted, not thrown: the reader answers with the default and reading goes on, until
 * {@link #finish()} reports everything at once. So nothing that was read may be used before {@code finish}.
 *
 * <p>One reader reads each key once. Not thread-safe.
 */
public final class SettingsReader {

    private static final String UNUSED = "unused";

    private final Settings settings;
    private final List<Problem> problems;
    private final Set<String> faulty = new HashSet<>();
    private final Map<String, String> effective = new LinkedHashMap<>();
    private final List<Description> described = new ArrayList<>();

    /**
     * A reader that has read no key yet.
     *
     * @param settings of the file and the command line
     */
    public SettingsReader(Settings settings) {
        this.settings = settings;
        problems = new ArrayList<>(settings.problems());
    }

    /**
     * One row of the table of all keys.
     *
     * @param key         dotted name
     * @param byDefault   the default as text, or what happens without a value
     * @param allowed     what may be written
     * @param description what it is, in one sentence
     */
    public record Description(String key, String byDefault, String allowed, String description) {}

    /**
     * {@return the value of a key, or the default if it is not given or not valid}
     *
     * @param <T> type of the value
     * @param key its whole name, such as {@code lambda.initial}
     * @param byDefault the value without an entry
     * @param format how the text becomes a value
     * @param description one line for the list of all keys
     */
    public <T> T value(String key, T byDefault, Format<T> format, String description) {
        register(key, format.show().apply(byDefault), format, description);
        return parse(key, format).orElse(byDefault);
    }

    /**
     * {@return the value of a key without a default, empty if it is not given or not valid}
     *
     * @param <T> type of the value
     * @param key its whole name, such as {@code lambda.initial}
     * @param absent one word for what holds without a value, such as {@code none}
     * @param format how the text becomes a value
     * @param description one line for the list of all keys
     */
    public <T> Optional<T> optional(String key, String absent, Format<T> format, String description) {
        register(key, absent, format, description);
        return parse(key, format);
    }

    /**
     * Notes a problem unless a relation holds. Relations to values that have a problem already are not judged.
     *
     * @param holds whether the relation holds
     * @param key its whole name, such as {@code lambda.initial}
     * @param rule   as in "must be {@code <= data.trainSize}"
     * @param others the other keys of the relation
     */
    public void require(boolean holds, String key, String rule, String... others) {
        if (!holds && isSound(key, others)) {
            fault(key, origin(key, others), key + " " + rule + ", got " + effective.get(key));
        }
    }

    /**
     * Notes a problem if a key is not given although the value of {@code decidedBy} asks for it.
     *
     * @param needed whether the value asks for the key
     * @param key its whole name, such as {@code lambda.initial}
     * @param decidedBy the key whose value decides
     */
    public void requireIf(boolean needed, String key, String decidedBy) {
        if (needed && !settings.given().containsKey(key) && isSound(key, decidedBy)) {
            fault(
                    key,
                    origin(key, decidedBy),
                    key + " is required with " + decidedBy + " = " + effective.get(decidedBy));
        }
    }

    /**
     * Notes a problem if a key is given although it does nothing with the value of {@code decidedBy}.
     *
     * @param unused whether the key does nothing
     * @param key its whole name, such as {@code lambda.initial}
     * @param decidedBy the key whose value decides
     */
    public void refuseIf(boolean unused, String key, String decidedBy) {
        refuseIf(unused, key, decidedBy, key + " has no effect with " + decidedBy + " = " + effective.get(decidedBy));
    }

    /**
     * The same in other words.
     *
     * @param unused whether the key does nothing
     * @param key its whole name
     * @param decidedBy the key whose value decides
     * @param rule what the message says before the value
     */
    public void refuseIf(boolean unused, String key, String decidedBy, String rule) {
        if (!unused || !isSound(decidedBy)) {
            return;
        }
        if (settings.given().containsKey(key) && !settings.given().get(key).preset() && isSound(key)) {
            fault(key, origin(key), rule + ", got " + settings.given().get(key).text());
        }
        effective.put(key, UNUSED);
    }

    /** {@return whether a problem has been noted already} */
    public boolean hasProblems() {
        return !problems.isEmpty();
    }

    /**
     * Ends reading of some keys.
     *
     * @return what this reader has not read, for another reader
     * @throws SettingsException if there is any problem with the keys so far
     */
    public Settings rest() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings.without(effective.keySet());
    }

    /**
     * Ends reading.
     *
     * @throws SettingsException if there is any problem; a key that was not read is one
     */
    public void finish() {
        settings.given().forEach((key, setting) -> {
            if (!effective.containsKey(key)) {
                String hint = Nearest.to(key, effective.keySet())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                problems.add(new Problem(setting.origin(), "unknown key " + key + hint));
            }
        });
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** {@return every key with the text of the value that acts, in reading order; {@code unused} for a key that does nothing} */
    public Map<String, String> effective() {
        return Collections.unmodifiableMap(effective);
    }

    /** {@return the keys that are given and have been read, with the text of the value that acts: another process reads the same from it} */
    public Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>(effective);
        given.entrySet().removeIf(entry -> {
            Setting setting = settings.given().get(entry.getKey());
            return setting == null || (setting.preset() && entry.getValue().equals(UNUSED));
        });
        return given;
    }

    /** {@return every key with its default and its rule, in reading order} */
    public List<Description> described() {
        return List.copyOf(described);
    }

    private <T> void register(String key, String byDefault, Format<T> format, String description) {
        if (effective.putIfAbsent(key, byDefault) != null) {
            throw new IllegalStateException("key must be read once, got " + key + " again");
        }
        described.add(new Description(key, byDefault, format.allowed(), description));
    }

    private <T> Optional<T> parse(String key, Format<T> format) {
        Setting setting = settings.given().get(key);
        if (setting == null) {
            return Optional.empty();
        }
        String text;
        try {
            text = settings.resolve(setting.text());
        } catch (IllegalArgumentException e) {
            fault(key, setting.origin(), key + " " + e.getMessage());
            return Optional.empty();
        }
        if (text.isEmpty()) {
            fault(key, setting.origin(), key + " must not be empty");
        } else if (text.contains("${")) {
            fault(
                    key,
                    setting.origin(),
                    key + " may refer only to given keys with a plain value, got " + setting.text());
        } else {
            try {
                T value = format.parse().apply(text);
                effective.put(key, format.show().apply(value));
                return Optional.of(value);
            } catch (IllegalArgumentException e) {
                fault(key, setting.origin(), key + " " + e.getMessage() + ", got " + text);
            }
        }
        return Optional.empty();
    }

    private void fault(String key, Origin origin, String text) {
        faulty.add(key);
        problems.add(new Problem(origin, text));
    }

    private boolean isSound(String key, String... others) {
        return !faulty.contains(key) && Stream.of(others).noneMatch(faulty::contains);
    }

    /** Where the key is given, or else where the first given one of the others is. */
    private Origin origin(String key, String... others) {
        return Stream.concat(Stream.of(key), Stream.of(others))
                .filter(settings.given()::containsKey)
                .findFirst()
                .map(given -> settings.given().get(given).origin())
                .orElse(Origin.NOWHERE);
    }
}
