package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has been understood of a table.
 *
 * @param table   its lines as text, the header included
 * @param columns what was asked for
 * @param cells   what a cell means
 * @param header  whether the first line names the columns
 * @param names   of all columns, for messages
 * @param label   the label column, counted from 0
 * @param dropped columns that are left out
 * @param classes by their text, in order, each with its number; empty for a quantity
 */
record TableReading(
        RawTable table,
        TableColumns columns,
        Cells cells,
        boolean header,
        List<String> names,
        int label,
        Set<Integer> dropped,
        Map<String, Integer> classes) {

    private static final int MOST_CATEGORIES = 50;

    static TableReading of(RawTable table, TableFormat format, TableColumns columns) {
        Path file = table.text().file();
        List<String> first = List.of(table.lines().get(0).cells());
        if (first.size() < 2) {
            throw new InvalidDataException(
                    file,
                    "must have a feature and a label column, separated by a comma, semicolon, tab, space or | (or what "
                            + "data.separator says), got 1 column");
        }
        int label = columns.labelColumn(file, first, table.firstLine());
        boolean quantity = columns.task() == TableColumns.Task.REGRESSION;
        int names = quantity ? -1 : label; // the texts of classes do not tell how numbers are written
        Cells cells = new Cells(format.decimal().orElseGet(() -> table.decimal(names)));
        boolean header =
                format.header().orElseGet(() -> columns.needHeader() || TableHeader.isThere(table, names, cells));
        if (header && table.lines().size() == 1) {
            throw new InvalidDataException(file, "must have rows, got only a header");
        }
        List<String> titles = new ArrayList<>();
        for (int c = 0; c < first.size(); c++) {
            titles.add(header && !first.get(c).isEmpty() ? "'" + first.get(c) + "'" : c + " (counted from 0)");
        }
        Set<Integer> dropped = columns.dropped(file, first, label);
        List<RawTable.Line> rows =
                table.lines().subList(header ? 1 : 0, table.lines().size());
        if (header && label != 0 && (first.get(0).isEmpty() || TableHeader.countsRows(first.get(0), rows))) {
            dropped.add(0);
        }
        TableColumns.checkLeft(file, dropped, first.size());
        if (header) {
            TableHeader.refuseAmbiguousNames(file, first, dropped);
        }
        Map<String, Integer> classes = quantity
                ? Map.of()
                : new TableClasses(file, columns.task(), cells, rows, label, titles.get(label), table.firstLine())
                        .numbered();
        TableReading reading = new TableReading(
                table, columns, cells, header, List.copyOf(titles), label, Set.copyOf(dropped), classes);
        reading.quantity().ifPresent(TableQuantity::check);
        return reading;
    }

    /** The label column, if it holds a quantity. */
    Optional<TableQuantity> quantity() {
        return columns.task() == TableColumns.Task.REGRESSION
                ? Optional.of(new TableQuantity(
                        table.text().file(), cells, rows(), label, names.get(label), table.firstLine()))
                : Optional.empty();
    }

    /** The rows without the header. */
    List<RawTable.Line> rows() {
        return table.lines().subList(header ? 1 : 0, table.lines().size());
    }

    int classOf(RawTable.Line line) {
        return classes.get(line.cells()[label]);
    }

    /**
     * The columns of text. Looks at all cells that the network will see.
     *
     * @throws InvalidDataException if one of them holds what it must not
     */
    Set<Integer> texts() {
        Set<Integer> texts = new TreeSet<>();
        for (int c = 0; c < names.size(); c++) {
            if (c != label && !dropped.contains(c)) {
                boolean text = isText(c);
                if (text) {
                    texts.add(c);
                }
                checkCells(c, text);
            }
        }
        return texts;
    }

    private void checkCells(int column, boolean text) {
        for (RawTable.Line line : rows()) {
            String cell = line.cells()[column];
            if (Cells.isMissing(cell)) {
                refuseMissing(line, column);
            } else if (!text && Math.abs(cells.number(cell).orElseThrow()) > Float.MAX_VALUE) {
                throw refused(line.number(), column, "must hold finite numbers below 3.4e38, got " + cell);
            }
        }
    }

    /**
     * What makes inputs of rows.
     *
     * @param training the rows that means and texts come from
     * @param texts    the columns of text
     */
    TableRecipe recipe(List<RawTable.Line> training, Set<Integer> texts) {
        List<TableFeature> features = new ArrayList<>();
        String[] first = table.lines().get(0).cells();
        for (int c = 0; c < names.size(); c++) {
            String name = header ? first[c] : "";
            if (c != label && !dropped.contains(c)) {
                features.add(texts.contains(c) ? text(c, name, training) : number(c, name, training));
            }
        }
        Target target = quantity().isPresent()
                ? quantity().get().standardised(training)
                : new Target.Classes(List.copyOf(classes.keySet()));
        return new TableRecipe(header, names.size(), label, header ? first[label] : "", features, target);
    }

    /** Whether a column holds text, which must have been asked for. */
    private boolean isText(int column) {
        int numbers = 0;
        int texts = 0;
        RawTable.Line text = null;
        for (RawTable.Line line : rows()) {
            String cell = line.cells()[column];
            if (cells.number(cell).isPresent()) {
                numbers++;
            } else if (!Cells.isMissing(cell)) {
                texts++;
                text = text == null ? line : text;
            }
        }
        if (text == null) {
            return false;
        }
        boolean mixed = numbers > texts;
        if (mixed || columns.text() == TableColumns.Text.REFUSE) {
            String cell = text.cells()[column];
            throw refused(
                    text.number(),
                    column,
                    "must hold numbers, got '" + cell + "'"
                            + (Cells.looksLikeNumber(cell) ? "; data.decimal says what their decimal sign is" : "")
                            + (mixed
                                    ? ""
                                    : "; data.text=one-hot takes texts as categories, data.drop leaves a column out"));
        }
        return true;
    }

    private TableFeature number(int column, String name, List<RawTable.Line> training) {
        List<double[]> values = new ArrayList<>();
        for (RawTable.Line line : training) {
            cells.number(line.cells()[column]).ifPresent(value -> values.add(new double[] {value}));
        }
        if (values.isEmpty()) {
            throw new InvalidDataException(
                    table.text().file(),
                    "column " + names.get(column) + " has no value in any training row; leave it out with data.drop");
        }
        Standardizer standardizer = new Standardizer(values);
        boolean fill = columns.missing() == TableColumns.Missing.FILL;
        return new TableFeature(
                name, column, standardizer.mean(0), standardizer.deviation(0), List.of(), fill ? "mean" : "");
    }

    private TableFeature text(int column, String name, List<RawTable.Line> training) {
        Map<String, Integer> counts = new HashMap<>();
        for (RawTable.Line line : training) {
            if (!Cells.isMissing(line.cells()[column])) {
                counts.merge(line.cells()[column], 1, Integer::sum);
            }
        }
        if (counts.isEmpty() || counts.size() > MOST_CATEGORIES) {
            throw new InvalidDataException(
                    table.text().file(),
                    "column " + names.get(column) + " must have 1 to " + MOST_CATEGORIES
                            + " different texts in the training rows, got " + counts.size()
                            + "; data.drop leaves a column out");
        }
        String mostFrequent = counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        boolean fill = columns.missing() == TableColumns.Missing.FILL;
        return new TableFeature(
                name, column, 0, 0, counts.keySet().stream().sorted().toList(), fill ? mostFrequent : "");
    }

    private void refuseMissing(RawTable.Line line, int column) {
        if (columns.missing() == TableColumns.Missing.REFUSE) {
            throw refused(
                    line.number(),
                    column,
                    "has no value, got '" + line.cells()[column]
                            + "'; data.missing=fill takes the mean or the most frequent text, data.drop leaves a column out");
        }
    }

    private InvalidDataException refused(long line, int column, String problem) {
        return new InvalidDataException(table.text().file(), line, "column " + names.get(column) + " " + problem);
    }

    /** The classes with the number of their rows, in order. */
    Map<String, Integer> classCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        classes.keySet().forEach(name -> counts.put(name, 0));
        rows().forEach(line -> counts.merge(line.cells()[label], 1, Integer::sum));
        return counts;
    }
}
