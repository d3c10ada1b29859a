package io.github.autol2.program.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each name stands in a header, found in one pass: a table may have a hundred thousand columns. */
final class HeaderIndex {

    static final int NONE = -1;

    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();

    HeaderIndex(List<String> names) {
        for (int column = 0; column < names.size(); column++) {
            first.putIfAbsent(names.get(column), column);
            last.put(names.get(column), column);
        }
    }

    /** The first column of the name; {@link #NONE} if there is none. */
    int first(String name) {
        return first.getOrDefault(name, NONE);
    }

    /** The last column of the name; {@link #NONE} if there is none. */
    int last(String name) {
        return last.getOrDefault(name, NONE);
    }
}
