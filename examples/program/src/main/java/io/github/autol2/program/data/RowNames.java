package io.github.autol2.program.data;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A first column that only numbers or names the rows, as R and pandas write it: a network would learn the order of the rows. */
final class RowNames {

    private static final int FEWEST_COUNTED = 3; // rows: fewer may well begin 0, 1

    private static final Set<String> INDEX_NAMES =
            Set.of("rownames", "rowname", "row.names", "row", "unnamed: 0", "index", "id", "...1");

    private RowNames() {}

    /**
     * Whether the cells of a column without a name are those of an index: they count from 0 or 1, or they are texts of which no two are
     * equal.
     */
    static boolean are(IntFunction<String> cells, int count) {
        return (count >= FEWEST_COUNTED && count(cells, count)) || differ(cells, count);
    }

    private static boolean count(IntFunction<String> cells, int count) {
        int start = cells.apply(0).equals("0") ? 0 : 1;
        return IntStream.range(0, count).allMatch(row -> cells.apply(row).equals(Integer.toString(start + row)));
    }

    private static boolean differ(IntFunction<String> cells, int count) {
        Set<String> seen = new HashSet<>();
        return IntStream.range(0, count)
                .mapToObj(cells)
                .allMatch(cell -> !cell.isEmpty() && !Cells.looksLikeNumber(cell) && seen.add(cell));
    }

    /**
     * Whether the first column is to be left out, as long as nobody has said what it is.
     *
     * @param name of the column in the header
     * @throws InvalidDataException if it has no name and does not number the rows
     */
    static boolean leaveOut(String name, TableBody body) {
        IntFunction<String> cells = row -> body.cell(row, 0);
        if (!name.isEmpty()) {
            return INDEX_NAMES.contains(name.toLowerCase(Locale.ROOT)) && count(cells, body.count());
        }
        if (!are(cells, body.count())) {
            throw new InvalidDataException(
                    body.table().file(),
                    "column 0 (counted from 0) has no name and must number the rows or hold a different text in each, got '"
                            + body.cell(0, 0) + "' first; data.drop=0 leaves it out, data.keep=0 keeps it");
        }
        return true;
    }
}
