package io.github.autol2.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of one file with their lines, and what is wrong with the file, collected while it is read. */
final class FileKeys {

    /** The most levels of groups within groups. */
    static final int DEEPEST = 20;

    private static final int MOST = 1000;

    private final String file;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private int count;
    private int oneTooMany = Integer.MAX_VALUE;
    private final List<Problem> problems = new ArrayList<>();

    FileKeys(String file) {
        this.file = file;
    }

    /** Notes where a key, or a group of keys, is given. A second time is a mistake. */
    void add(String key, int line) {
        if (++count > MOST) {
            oneTooMany = Math.min(oneTooMany, line);
            return;
        }
        Integer before = lines.putIfAbsent(key, line);
        if (before != null) {
            problem(line, key + " is given twice, first in line " + before);
        }
    }

    /** Refuses a file with more than {@value #MOST} keys, when all have been added. */
    void check() throws SyntaxException {
        if (count > MOST) {
            throw new SyntaxException(oneTooMany, "a settings file must have at most " + MOST + " keys, got " + count);
        }
    }

    void problem(int line, String text) {
        problems.add(new Problem(new Origin(file, line), text));
    }

    Map<String, Integer> lines() {
        return lines;
    }

    Origin origin(String key) {
        return new Origin(file, lines.getOrDefault(key, 0));
    }

    List<Problem> problems() {
        return problems;
    }
}
