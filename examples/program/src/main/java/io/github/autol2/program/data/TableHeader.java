package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The first line of a table: whether it names the columns, and what the names say. */
final class TableHeader {

    private static final int FEWEST_NUMBERED = 3; // columns: a row of fewer may well begin 0, 1

    private static final int LOOKED_AT = 1000; // lines

    private TableHeader() {}

    /**
     * A line is a header if it counts the columns; if, in columns of numbers, it holds texts that say something else than that there is no
     * value; or if there is no column of numbers and no other line holds one of its texts.
     *
     * @param target   the label column
     * @param quantity whether that holds numbers; if not, it does not count, because its texts are names of classes
     * @throws InvalidDataException if it may be a header or a row: it counts the columns or has such texts beside a class that other lines
     *                              have, such texts beside numbers, or numbers and a class that no other line has
     */
    static boolean isThere(RawTable table, int target, boolean quantity, Cells cells) {
        List<String> first = table.first();
        if (counts(first)) {
            refuseIfRow(table, target, quantity, cells);
            return true;
        }
        int label = quantity ? -1 : target;
        if (table.lines() == 1) {
            return first.stream().noneMatch(cell -> cells.number(cell).isPresent());
        }
        List<Integer> numeric = IntStream.range(0, table.width())
                .filter(column -> column != label && isNumeric(table, column, cells))
                .boxed()
                .toList();
        List<String> texts = numeric.stream()
                .map(first::get)
                .filter(cell -> !cells.isMissing(cell) && !Cells.looksLikeNumber(cell))
                .toList();
        List<String> numbers =
                numeric.stream().map(first::get).filter(Cells::looksLikeNumber).toList();
        if (!texts.isEmpty() && !numbers.isEmpty()) {
            throw ambiguous(table, "'" + texts.get(0) + "' beside " + numbers.get(0) + " in columns of numbers");
        }
        if (!texts.isEmpty() && label >= 0 && isClassOfOthers(table, label, cells)) {
            throw ambiguous(
                    table,
                    "'" + texts.get(0) + "' in a column of numbers and the class '" + first.get(label)
                            + "', which other lines have");
        }
        if (!numbers.isEmpty() && label >= 0 && isOnlyThere(table, label, cells)) {
            throw ambiguous(
                    table, numbers.get(0) + " and the class '" + first.get(label) + "', which no other line has");
        }
        return !texts.isEmpty()
                || (numeric.isEmpty()
                        && IntStream.range(0, table.width())
                                .noneMatch(column -> others(table, column).anyMatch(first.get(column)::equals)));
    }

    /** A line that counts all columns is as well a row if its class or quantity is that of other lines. */
    private static void refuseIfRow(RawTable table, int target, boolean quantity, Cells cells) {
        if (!table.first().get(0).isEmpty() && isClassOfOthers(table, target, cells)) {
            String name = table.first().get(target);
            throw ambiguous(
                    table,
                    "numbers that count the columns and the " + (quantity ? "quantity " : "class ") + "'" + name
                            + "', which other lines have");
        }
    }

    private static InvalidDataException ambiguous(RawTable table, String got) {
        return new InvalidDataException(
                table.file(),
                table.number(0),
                "must be clearly a header or a row, got " + got + "; data.header=true or false says which it is");
    }

    /** Whether most cells with a value hold numbers, as far as the first lines tell. */
    private static boolean isNumeric(RawTable table, int column, Cells cells) {
        List<String> some = others(table, column)
                .limit(LOOKED_AT)
                .filter(cell -> !cells.isMissing(cell))
                .toList();
        long numbers =
                some.stream().filter(cell -> cells.number(cell).isPresent()).count();
        return 2 * numbers > some.size();
    }

    /** Whether other lines have the first line's class. */
    private static boolean isClassOfOthers(RawTable table, int label, Cells cells) {
        String name = table.first().get(label);
        return !cells.isMissing(name) && others(table, label).anyMatch(name::equals);
    }

    /** Whether the first line's class looks like a name: no other line has it, and if it is a number, all other classes are there twice. */
    private static boolean isOnlyThere(RawTable table, int label, Cells cells) {
        String name = table.first().get(label);
        if (cells.isMissing(name) || others(table, label).anyMatch(name::equals)) {
            return false;
        }
        return cells.number(name).isEmpty()
                || others(table, label)
                        .collect(Collectors.groupingBy(cell -> cell, Collectors.counting()))
                        .values()
                        .stream()
                        .allMatch(count -> count > 1);
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

    /** The rows of another file are found by the names. */
    static void refuseAmbiguousNames(Path file, List<String> first, Set<Integer> dropped) {
        HeaderIndex columns = new HeaderIndex(first);
        for (int c = 0; c < first.size(); c++) {
            String name = first.get(c);
            if (!dropped.contains(c) && columns.first(name) != columns.last(name)) {
                throw new InvalidDataException(
                        file,
                        "the header must have each name once, because new rows are found by it, got '" + name
                                + "' at columns " + columns.first(name) + " and " + columns.last(name)
                                + " (counted from 0); rename one, or leave both out with data.drop");
            }
        }
    }
}
