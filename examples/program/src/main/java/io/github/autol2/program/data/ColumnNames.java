package io.github.autol2.program.data;

import java.nio.file.Path;

/**
 * How the settings name the columns of a table: {@code last}, {@code first}, the number of a column counted from 0, or a name in the
 * header. A name that looks like one of the others, or has a comma, stands in double quotes.
 *
 * @param table whose first line has the names
 * @param index of them
 */
record ColumnNames(RawTable table, HeaderIndex index) {

    private static final String POSITION = "last|first|\\d{1,9}";
    private static final String NUMBER = "\\d{1,9}";

    static final int NONE = HeaderIndex.NONE;

    ColumnNames(RawTable table) {
        this(table, new HeaderIndex(table.first()));
    }

    Path file() {
        return table.file();
    }

    /** The number of columns. */
    int count() {
        return table.width();
    }

    /** Whether a text can only be a name, which takes a header. */
    boolean isName(String text) {
        return !text.matches(POSITION) || (text.matches(NUMBER) && Integer.parseInt(text) >= count());
    }

    /** The number of the column, {@link #NONE} if there is none, or if more than one has the name. */
    int find(String text) {
        if (isName(text)) {
            return isTwice(text) ? NONE : index.first(name(text));
        }
        return switch (text) {
            case "last" -> count() - 1;
            case "first" -> 0;
            default -> Integer.parseInt(text);
        };
    }

    /** Whether a text is a number that no column has. */
    boolean isBeyond(String text) {
        return text.matches(NUMBER) && isName(text) && index.first(text) == NONE;
    }

    /** Whether several columns have the name. */
    boolean isTwice(String text) {
        return isName(text) && index.first(name(text)) != index.last(name(text));
    }

    /**
     * Refuses a number that is also the name of another column.
     *
     * @param key  the setting, for the message
     * @param text its value
     */
    void refuseAmbiguous(String key, String text) {
        if (!text.matches(NUMBER) || isName(text)) {
            return;
        }
        int column = find(text);
        int named = index.first(text);
        if (named >= 0 && named != column) {
            String name = table.first().get(column);
            throw new InvalidDataException(
                    file(),
                    key + "=" + text + " must be clear, got the number of column '" + name + "' and the name of column "
                            + named + " (counted from 0); a name stands in double quotes: \"" + name + "\" or \"" + text
                            + "\"");
        }
    }

    /**
     * What a setting calls a column.
     *
     * @param name   in the header; empty without one
     * @param column counted from 0
     */
    static String setting(String name, int column) {
        if (name.isEmpty()) {
            return Integer.toString(column);
        }
        return name.matches(POSITION) || name.indexOf(',') >= 0 ? "\"" + name + "\"" : name;
    }

    private static String name(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
