package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.data.TableColumns;
import io.github.autol2.program.data.TableColumns.Missing;
import io.github.autol2.program.data.TableColumns.Task;
import io.github.autol2.program.data.TableColumns.Text;
import io.github.autol2.program.data.TableColumns.Unlabelled;
import io.github.autol2.program.data.TableFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys {@code data.*} of tables.
 *
 * @param format  how a table is written
 * @param columns what its columns are for
 */
public record TableSettings(TableFormat format, TableColumns columns) {

    private static final String LABEL = "data.label";
    private static final String DROP = "data.drop";
    private static final String KEEP = "data.keep";
    private static final String CATEGORIES = "data.categories";
    private static final String MISSING = "data.missing";
    private static final String TEXT = "data.text";
    static final String TASK = "data.task";
    private static final String UNLABELLED = "data.unlabelled";
    private static final String SEPARATOR = "data.separator";
    private static final String DECIMAL = "data.decimal";
    private static final String HEADER = "data.header";
    private static final String ENCODING = "data.encoding";
    private static final String GAPS = "data.gaps";

    private static final Map<String, Character> SEPARATORS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "space", ' ', "pipe", '|');
    private static final Format<Character> SEPARATOR_FORMAT = new Format<>(
            "comma, semicolon, tab, space, pipe or one character",
            TableSettings::separator,
            character -> SEPARATORS.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(character))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(character.toString()));
    private static final Map<String, Character> SIGNS = Map.of("point", '.', ".", '.', "comma", ',', ",", ',');
    private static final Format<Character> DECIMAL_FORMAT = new Format<>(
            "point, comma",
            text -> Optional.ofNullable(SIGNS.get(text))
                    .orElseThrow(() -> new IllegalArgumentException("must be point or comma")),
            sign -> sign == '.' ? "point" : "comma");
    private static final Format<Charset> ENCODING_FORMAT = new Format<>(
            "name of an encoding",
            text -> {
                try {
                    return Charset.forName(text);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("must be the name of an encoding, such as ISO-8859-1", e);
                }
            },
            Charset::name);
    /** A comma with an even number of quotes behind it. */
    private static final String OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private static final Format<List<String>> GAPS_FORMAT = new Format<>(
            "texts separated by commas, or none",
            text -> text.equals("none")
                    ? List.of()
                    : Stream.of(text.split(",", -1)).map(String::strip).toList(),
            list -> list.isEmpty() ? "none" : String.join(",", list));

    private static final Format<List<String>> COLUMNS = new Format<>(
            "names or numbers of columns separated by commas; names in double quotes where they look like numbers",
            text -> Stream.of(text.split(OUTSIDE_QUOTES, -1)).map(String::strip).toList(),
            list -> String.join(",", list));

    private static char separator(String text) {
        if (SEPARATORS.containsKey(text)) {
            return SEPARATORS.get(text);
        }
        if (text.length() != 1
                || Character.isLetterOrDigit(text.charAt(0))
                || Character.isSurrogate(text.charAt(0))
                || "\"\r\n.-+".contains(text)) {
            throw new IllegalArgumentException("must be comma, semicolon, tab, space, pipe or one character");
        }
        return text.charAt(0);
    }

    /** Reads the keys. */
    static TableSettings read(SettingsReader reader) {
        String label = reader.value(
                LABEL,
                "last",
                Format.text(),
                "column of the CSV file that holds the class or the quantity: last, first, a number from 0, or a name from the header, "
                        + "in double quotes if it looks like a number");
        TableFormat format = readFormat(reader);
        return new TableSettings(
                format,
                new TableColumns(
                        label,
                        reader.optional(DROP, "none", COLUMNS, "columns of the table to leave out")
                                .orElse(List.of()),
                        reader.optional(
                                        KEEP,
                                        "none",
                                        COLUMNS,
                                        "columns of the table to keep although they seem to number the rows")
                                .orElse(List.of()),
                        reader.optional(
                                        CATEGORIES,
                                        "none",
                                        COLUMNS,
                                        "columns whose values are texts, also where they look like numbers: each becomes an input of 0 and 1")
                                .orElse(List.of()),
                        reader.value(
                                MISSING,
                                Missing.REFUSE,
                                Format.choice(Missing.class),
                                "a cell without a value is an error, or gets the mean or the most frequent text of the training rows; category: "
                                        + "the mean, or a category of its own"),
                        reader.value(
                                TEXT,
                                Text.REFUSE,
                                Format.choice(Text.class),
                                "a column of text is an error, or becomes one input of 0 and 1 for each of its texts"),
                        reader.value(
                                TASK,
                                Task.AUTO,
                                Format.choice(Task.class),
                                "classes: the label is a class for certain, even with many different numbers; regression: it is a "
                                        + "quantity"),
                        reader.value(
                                UNLABELLED,
                                Unlabelled.REFUSE,
                                Format.choice(Unlabelled.class),
                                "a row without a class or quantity is an error, or is left out")));
    }

    /** Reads the keys that say how a table is written. */
    public static TableFormat readFormat(SettingsReader reader) {
        return new TableFormat(
                reader.optional(
                        ENCODING,
                        "found",
                        ENCODING_FORMAT,
                        "encoding of the table; found: by its first bytes, or UTF-8"),
                reader.optional(SEPARATOR, "found", SEPARATOR_FORMAT, "what separates the cells of the table"),
                reader.optional(DECIMAL, "found", DECIMAL_FORMAT, "decimal sign of the numbers in the table"),
                reader.optional(
                        HEADER, "found", Format.bool(), "whether the first line of the table names its columns"),
                reader.optional(
                        GAPS,
                        String.join(",", TableFormat.GAPS),
                        GAPS_FORMAT,
                        "texts that say, like an empty cell, that there is no value; none: only the empty cell says so"));
    }

    /** Refuses all of them for what is no table. */
    static void refuseIf(SettingsReader reader, boolean unused) {
        for (String key : List.of(
                LABEL,
                ENCODING,
                SEPARATOR,
                DECIMAL,
                HEADER,
                GAPS,
                DROP,
                KEEP,
                CATEGORIES,
                MISSING,
                TEXT,
                TASK,
                UNLABELLED)) {
            reader.refuseIf(unused, key, "data.kind");
        }
    }
}
