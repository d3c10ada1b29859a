package io.github.autol2.program.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The rows of a table without its header. Each column is understood when it is first asked for. Thread-safe. */
final class TableBody {

    private final RawTable table;
    private final int from;
    private final Cells cells;
    private final Map<Integer, ParsedColumn> parsed = new ConcurrentHashMap<>();

    /**
     * Takes rows.
     *
     * @param header whether the first line is none of them
     * @param cells  what a cell means
     */
    TableBody(RawTable table, boolean header, Cells cells) {
        this.table = table;
        this.from = header ? 1 : 0;
        this.cells = cells;
        if (count() == 0) {
            throw new InvalidDataException(table.file(), "must have rows, got only a header");
        }
    }

    RawTable table() {
        return table;
    }

    Cells cells() {
        return cells;
    }

    /** The number of rows. */
    int count() {
        return table.lines() - from;
    }

    String cell(int row, int column) {
        return table.cell(from + row, column);
    }

    /** Where a row begins in the file, counted from 1. */
    long line(int row) {
        return table.number(from + row);
    }

    /** A file may begin with something else than the table: what to do if that is so, for a message about a row. */
    String above(int row) {
        return line(row) == 1 ? "; delete line 1 if it stands above the table" : "";
    }

    /** The number of different texts in a column, without cells that hold no value. */
    long differentValues(int column) {
        return IntStream.range(0, count())
                .mapToObj(row -> cell(row, column))
                .filter(cell -> !cells.isMissing(cell))
                .distinct()
                .count();
    }

    /** Whether a text is in a column less than twice. */
    boolean isRare(String text, int column) {
        return IntStream.range(0, count())
                        .filter(row -> cell(row, column).equals(text))
                        .limit(2)
                        .count()
                < 2;
    }

    ParsedColumn column(int column) {
        return parsed.computeIfAbsent(column, c -> new ParsedColumn(this, c));
    }
}
