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
 * @param body    its rows
 * @param columns what was asked for
 * @param header  whether the first line names the columns
 * @param names   of all columns, for messages
 * @param label   the label column, counted from 0
 * @param dropped columns that are left out
 * @param categories columns whose values are texts whatever they look like
 * @param classes by their text, in order, each with its number; empty for a quantity
 */
record TableReading(
        TableBody body,
        TableColumns columns,
        boolean header,
        List<String> names,
        int label,
        Set<Integer> dropped,
        Set<Integer> categories,
        Map<String, Integer> classes) {

    private static final int MOST_CATEGORIES = 50;

    static TableReading of(RawTable table, TableFormat format, TableColumns columns) {
        Path file = table.file();
        List<String> first = table.first();
        if (first.size() < 2) {
            throw new InvalidDataException(
                    file,
                    "must have a feature and a label column, separated by a comma, semicolon, tab, space or | (or what "
                            + "data.separator says), got 1 column");
        }
        int label = columns.labelColumn(file, first, table.firstLine());
        boolean quantity = columns.task() == TableColumns.Task.REGRESSION;
        int names = quantity ? -1 : label; // the texts of classes do not tell how numbers are written
        Cells cells = new Cells(format.decimal().orElseGet(() -> DecimalSign.of(table, names)));
        boolean header =
                format.header().orElseGet(() -> columns.needHeader() || TableHeader.isThere(table, names, cells));
        TableBody body = new TableBody(table, header, cells);
        List<String> titles = new ArrayList<>();
        for (int c = 0; c < first.size(); c++) {
            titles.add(header && !first.get(c).isEmpty() ? "'" + first.get(c) + "'" : c + " (counted from 0)");
        }
        Set<Integer> dropped = columns.dropped(file, first, label);
        if (header && label != 0 && (first.get(0).isEmpty() || TableHeader.countsRows(first.get(0), body))) {
            dropped.add(0);
        }
        Set<Integer> categories = columns.categories(file, first, label);
        categories.stream().filter(dropped::contains).findFirst().ifPresent(c -> {
            throw new InvalidDataException(
                    file, "data.categories must not name a column that is left out, got " + titles.get(c));
        });
        TableColumns.checkLeft(file, dropped, first.size());
        if (header) {
            TableHeader.refuseAmbiguousNames(file, first, dropped);
        }
        Map<String, Integer> classes =
                quantity ? Map.of() : new TableClasses(columns.task(), body, label, titles.get(label)).numbered();
        TableReading reading = new TableReading(
                body,
                columns,
                header,
                List.copyOf(titles),
                label,
                Set.copyOf(dropped),
                Set.copyOf(categories),
                classes);
        reading.quantity().ifPresent(TableQuantity::check);
        return reading;
    }

    /** The label column, if it holds a quantity. */
    Optional<TableQuantity> quantity() {
        return columns.task() == TableColumns.Task.REGRESSION
                ? Optional.of(new TableQuantity(body, label, names.get(label)))
                : Optional.empty();
    }

    int classOf(int row) {
        return classes.get(body.cell(row, label));
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
        int missing = body.column(column).firstMissing();
        int large = text ? ParsedColumn.NONE : body.column(column).firstTooLarge();
        if (columns.missing() == TableColumns.Missing.FILL) {
            missing = ParsedColumn.NONE;
        }
        if (large != ParsedColumn.NONE && (missing == ParsedColumn.NONE || large < missing)) {
            throw refused(large, column, "must hold finite numbers below 3.4e38, got " + body.cell(large, column));
        }
        if (missing != ParsedColumn.NONE) {
            throw refused(
                    missing,
                    column,
                    "has no value, got '" + body.cell(missing, column)
                            + "'; data.missing=fill takes the mean or the most frequent text, data.drop leaves a column out");
        }
    }

    /**
     * What makes inputs of rows.
     *
     * @param training the rows that means and texts come from
     * @param texts    the columns of text
     */
    TableRecipe recipe(int[] training, Set<Integer> texts) {
        List<TableFeature> features = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            String name = header ? body.table().first().get(c) : "";
            if (c != label && !dropped.contains(c)) {
                features.add(texts.contains(c) ? text(c, name, training) : number(c, name, training));
            }
        }
        Target target = quantity().isPresent()
                ? quantity().get().standardised(training)
                : new Target.Classes(List.copyOf(classes.keySet()));
        return new TableRecipe(
                header, names.size(), label, header ? body.table().first().get(label) : "", features, target);
    }

    /** Whether a column holds text, which must have been asked for. */
    private boolean isText(int column) {
        ParsedColumn cells = body.column(column);
        if (categories.contains(column) || cells.texts() == 0) {
            return categories.contains(column);
        }
        boolean mixed = cells.numbers() > cells.texts();
        if (mixed || columns.text() == TableColumns.Text.REFUSE) {
            throw refused(
                    cells.firstText(),
                    column,
                    "must hold numbers, got '" + body.cell(cells.firstText(), column) + "'" + advice(column, mixed));
        }
        return true;
    }

    /** What else the column may be. */
    private String advice(int column, boolean mixed) {
        String cell = body.cell(body.column(column).firstText(), column);
        List<String> words = List.of(cell.split("[ \\t]+"));
        String format = "";
        if (Cells.looksLikeNumber(cell)) {
            format = "; data.decimal says what their decimal sign is";
        } else if (words.size() > 1 && words.stream().allMatch(Cells::looksLikeNumber)) {
            format = "; data.separator=space separates columns at blanks and tabs";
        }
        if (!mixed) {
            return format + "; data.text=one-hot takes texts as categories, data.drop leaves a column out";
        }
        boolean rare = body.isRare(cell, column); // an error is, a category is not
        long different = rare ? 0 : body.differentValues(column);
        return rare || different > MOST_CATEGORIES
                ? format
                : format + "; data.categories takes its " + different + " different values as categories";
    }

    private TableFeature number(int column, String name, int[] training) {
        double[] values = body.column(column).numbers(training);
        if (values.length == 0) {
            throw new InvalidDataException(
                    body.table().file(),
                    "column " + names.get(column) + " has no value in any training row; leave it out with data.drop");
        }
        Standardizer fitted = Standardizer.of(values);
        boolean fill = columns.missing() == TableColumns.Missing.FILL;
        return new TableFeature(name, column, fitted.mean(), fitted.deviation(), List.of(), fill ? "mean" : "");
    }

    private TableFeature text(int column, String name, int[] training) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : training) {
            String cell = body.cell(row, column);
            if (!Cells.isMissing(cell)) {
                counts.merge(cell, 1, Integer::sum);
            }
        }
        if (counts.isEmpty() || counts.size() > MOST_CATEGORIES) {
            throw new InvalidDataException(
                    body.table().file(),
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

    private InvalidDataException refused(int row, int column, String problem) {
        return new InvalidDataException(
                body.table().file(), body.line(row), "column " + names.get(column) + " " + problem);
    }

    /** The classes with the number of their rows, in order. */
    Map<String, Integer> classCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        classes.keySet().forEach(name -> counts.put(name, 0));
        for (int row = 0; row < body.count(); row++) {
            counts.merge(body.cell(row, label), 1, Integer::sum);
        }
        return counts;
    }
}
