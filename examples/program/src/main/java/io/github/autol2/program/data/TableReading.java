package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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
 * @param unlabelled number of rows that were left out, because they have no class or quantity
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
        int unlabelled,
        Map<String, Integer> classes) {

    static TableReading of(RawTable table, TableFormat format, TableColumns columns) {
        Path file = table.file();
        List<String> first = table.first();
        requireTwoColumns(file, first);
        ColumnNames named = new ColumnNames(table);
        int label = columns.labelColumn(named);
        boolean quantity = columns.task() == TableColumns.Task.REGRESSION;
        Set<Integer> dropped = columns.dropped(named, label);
        Set<Integer> categories = columns.categories(named, label);
        Set<Integer> kept = columns.kept(named, label);
        int names = quantity ? -1 : label; // the texts of classes do not tell how numbers are written
        Cells cells = cells(table, format, c -> c != names && !dropped.contains(c) && !categories.contains(c));
        boolean header = format.header()
                .orElseGet(() -> columns.needHeader(named) || TableHeader.isThere(table, label, quantity, cells));
        TableBody body = columns.unlabelled() == TableColumns.Unlabelled.LEAVE_OUT
                ? labelledBody(table, header, label, cells)
                : new TableBody(table, header, cells);
        List<String> titles = titles(first, header);
        refuseBoth(file, "data.categories", categories, dropped, titles);
        refuseBoth(file, "data.keep", kept, dropped, titles);
        if (header) {
            columns.refuseAmbiguous(named);
            boolean known = label == 0 || dropped.contains(0) || categories.contains(0);
            if (!known && !kept.contains(0) && RowNames.leaveOut(first.get(0), body)) {
                dropped.add(0);
            }
            TableHeader.refuseAmbiguousNames(file, first, dropped);
        }
        TableColumns.checkLeft(file, dropped, first.size());
        Map<String, Integer> classes =
                quantity ? Map.of() : new TableClasses(columns.task(), body, label, titles.get(label)).numbered();
        TableReading reading = new TableReading(
                body,
                columns,
                header,
                titles,
                label,
                Set.copyOf(dropped),
                Set.copyOf(categories),
                table.lines() - body.table().lines(),
                classes);
        reading.quantity().ifPresent(TableQuantity::check);
        return reading;
    }

    private static void requireTwoColumns(Path file, List<String> first) {
        if (first.size() < 2) {
            throw new InvalidDataException(
                    file,
                    "must have a feature and a label column, separated by a comma, semicolon, tab, space or | (or what "
                            + "data.separator says), got 1 column");
        }
    }

    private static TableBody labelledBody(RawTable table, boolean header, int label, Cells cells) {
        RawTable labelled = labelled(table, header, label, cells);
        int without = table.lines() - labelled.lines();
        if (without > 0 && labelled.lines() == (header ? 1 : 0)) {
            throw new InvalidDataException(
                    table.file(),
                    "must have a row with a class or quantity, got none in label column "
                            + titles(table.first(), header).get(label) + " of " + without + " rows");
        }
        return new TableBody(labelled, header, cells);
    }

    /** The lines that have a class or quantity, and the header. */
    private static RawTable labelled(RawTable table, boolean header, int label, Cells cells) {
        return table.keeping(line -> (header && line == 0) || !cells.isMissing(table.cell(line, label)));
    }

    /**
     * The rows of another file that have a class or quantity, as far as that is asked for.
     *
     * @param table  the other file
     * @param header whether it has one
     */
    RawTable labelled(RawTable table, boolean header) {
        int column = header && this.header ? table.first().indexOf(name(label)) : label;
        return columns.unlabelled() == TableColumns.Unlabelled.LEAVE_OUT && column >= 0 && column < table.width()
                ? labelled(table, header, column, body.cells())
                : table;
    }

    private static Cells cells(RawTable table, TableFormat format, IntPredicate ofNumbers) {
        char decimal = format.decimal().orElseGet(() -> DecimalSign.of(table, ofNumbers, Optional.empty()));
        return new Cells(decimal, Set.copyOf(format.gaps().orElse(TableFormat.GAPS)));
    }

    private static List<String> titles(List<String> first, boolean header) {
        return IntStream.range(0, first.size())
                .mapToObj(c -> header && !first.get(c).isEmpty() ? "'" + first.get(c) + "'" : c + " (counted from 0)")
                .toList();
    }

    private static void refuseBoth(
            Path file, String key, Set<Integer> named, Set<Integer> dropped, List<String> titles) {
        named.stream().filter(dropped::contains).findFirst().ifPresent(c -> {
            throw new InvalidDataException(
                    file, key + " must not name a column that is left out, got " + titles.get(c));
        });
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

    /** The columns that the network sees, in order. */
    List<FeatureColumn> features() {
        return IntStream.range(0, names.size())
                .filter(c -> c != label && !dropped.contains(c))
                .mapToObj(c -> new FeatureColumn(body, c, name(c), names.get(c), categories.contains(c), columns))
                .toList();
    }

    private String name(int column) {
        return header ? body.table().first().get(column) : "";
    }

    /**
     * What makes inputs of rows.
     *
     * @param training the rows that means and texts come from
     */
    TableRecipe recipe(int[] training) {
        Target target = quantity().isPresent()
                ? quantity().get().standardised(training)
                : new Target.Classes(List.copyOf(classes.keySet()));
        List<TableFeature> fitted =
                features().stream().map(feature -> feature.fitted(training)).toList();
        TableRecipe.Written written = new TableRecipe.Written(
                body.table().separator(),
                body.cells().decimal(),
                body.cells().gaps().stream().sorted().toList());
        return new TableRecipe(header, names.size(), label, name(label), fitted, target, written);
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
