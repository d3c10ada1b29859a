package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The lines of a table as text, the header included; at least one. */
final class RawTable {

    private static final int SHOWN = 200; // characters of the first line in a message

    private final TextFile text;
    private final char separator;
    private final List<String> first;
    private final List<CellColumn> columns;
    private final long[] numbers;

    /**
     * Takes what has been read, without copying it.
     *
     * @param text      the file with its encoding
     * @param separator given or found
     * @param first     the cells of the first line
     * @param columns   as many, of equal length: the other lines
     * @param numbers   where each line begins in the file, in lines counted from 1
     */
    RawTable(TextFile text, char separator, List<String> first, List<CellColumn> columns, long[] numbers) {
        this.text = text;
        this.separator = separator;
        this.first = List.copyOf(first);
        this.columns = List.copyOf(columns);
        this.numbers = numbers;
    }

    /**
     * Reads all lines that are not blank.
     *
     * @param usual the separator of another file that goes with this one, which decides where several would do
     * @throws InvalidDataException if the file is missing, empty or ragged, is not text, or a quote is not closed
     */
    static RawTable read(Path file, TableFormat format, Optional<Character> usual) {
        return new TableParser(TextFile.of(file, format.encoding()), format.separator(), usual).read();
    }

    /**
     * Some of the lines.
     *
     * @param kept whether a line is among them, counted from 0
     */
    RawTable keeping(IntPredicate kept) {
        int[] lines = IntStream.range(0, lines()).filter(kept).toArray();
        if (lines.length == lines()) {
            return this;
        }
        List<CellColumn> rest =
                IntStream.range(0, width()).mapToObj(c -> column(lines, c)).toList();
        List<String> names = lines.length == 0
                ? first
                : IntStream.range(0, width()).mapToObj(c -> cell(lines[0], c)).toList();
        return new RawTable(
                text,
                separator,
                names,
                rest,
                IntStream.of(lines).mapToLong(this::number).toArray());
    }

    /** A column of some lines without the first of them. */
    private CellColumn column(int[] lines, int column) {
        CellColumn cells = new CellColumn();
        IntStream.of(lines).skip(1).forEach(line -> cells.add(cell(line, column)));
        cells.trim();
        return cells;
    }

    Path file() {
        return text.file();
    }

    TextFile text() {
        return text;
    }

    char separator() {
        return separator;
    }

    /** The number of lines, with the header. */
    int lines() {
        return numbers.length;
    }

    /** Where a row begins in the file, counted from 1. */
    long number(int line) {
        return numbers[line];
    }

    /** The number of columns. */
    int width() {
        return columns.size();
    }

    /** The text of a cell, without quotes and without blanks around it. */
    String cell(int line, int column) {
        return line == 0 ? first.get(column) : columns.get(column).get(line - 1);
    }

    /** Whether a character below 128 is in any cell of a column. */
    boolean has(char sign, int column) {
        return first.get(column).indexOf(sign) >= 0 || columns.get(column).has(sign);
    }

    /** The first line: the names of the columns, if it is a header. R has no name over its row names, which is empty here. */
    List<String> first() {
        return first;
    }

    /** The first line for messages. Only the beginning of a long one. */
    String firstLine() {
        String line = String.join(String.valueOf(separator), first);
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "... (" + width() + " columns)";
    }
}
