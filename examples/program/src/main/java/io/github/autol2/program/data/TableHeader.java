package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The first line of a table: whether it names the columns, and what the names say. */
final class TableHeader {

    private static final int FEWEST_NUMBERED = 3; // columns: a row of fewer may well begin 0, 1

    private static final Set<String> INDEX_NAMES =
            Set.of("rownames", "rowname", "row.names", "row", "unnamed: 0", "index", "id", "...1");

    private TableHeader() {}

    /**
     * A line is a header if it counts the columns; if, in a column of numbers, it holds text that says something else than that there is
     * no value; or if there is no column of numbers and no other line holds one of its texts.
     *
     * @param label a column that does not count, because its texts are names of classes; -1 for none
     */
    static boolean isThere(RawTable table, int label, Cells cells) {
        List<String> first = table.first();
        if (counts(first)) {
            return true;
        }
        if (table.lines() == 1) {
            return first.stream().noneMatch(cell -> cells.number(cell).isPresent());
        }
        boolean numbers = false;
        for (int column = 0; column < table.width(); column++) {
            if (column != label
                    && others(table, column).anyMatch(cell -> cells.number(cell).isPresent())) {
                numbers = true;
                String cell = first.get(column);
                if (!Cells.isMissing(cell) && !Cells.looksLikeNumber(cell)) {
                    return true;
                }
            }
        }
        return !numbers
                && IntStream.range(0, table.width())
                        .noneMatch(column -> others(table, column).anyMatch(first.get(column)::equals));
    }

    /** The cells of a column without the first line. */
    private static Stream<String> others(RawTable table, int column) {
        return IntStream.range(1, table.lines()).mapToObj(line -> table.cell(line, column));
    }

    /** Whether the cells are 0, 1, 2 ... or 1, 2, 3 ..., as pandas names columns; perhaps behind an empty one over its index. */
    private static boolean counts(List<String> cells) {
        int from = cells.get(0).isEmpty() ? 1 : 0;
        if (cells.size() - from < FEWEST_NUMBERED) {
            return false;
        }
        int start = cells.get(from).equals("0") ? 0 : 1;
        return IntStream.range(from, cells.size())
                .allMatch(c -> cells.get(c).equals(Integer.toString(start + c - from)));
    }

    /** The index of pandas or the row names of R, where they have a name: a network would learn the order of the rows. */
    static boolean countsRows(String name, TableBody body) {
        if (!INDEX_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return false;
        }
        int start = body.cell(0, 0).equals("0") ? 0 : 1;
        return IntStream.range(0, body.count())
                .allMatch(row -> body.cell(row, 0).equals(Integer.toString(start + row)));
    }

    /** The rows of another file are found by the names. */
    static void refuseAmbiguousNames(Path file, List<String> first, Set<Integer> dropped) {
        for (int c = 0; c < first.size(); c++) {
            String name = first.get(c);
            if (!dropped.contains(c) && first.indexOf(name) != first.lastIndexOf(name)) {
                throw new InvalidDataException(
                        file,
                        "the header must have each name once, because new rows are found by it, got '" + name
                                + "' at columns " + first.indexOf(name) + " and " + first.lastIndexOf(name)
                                + " (counted from 0)");
            }
        }
    }
}
