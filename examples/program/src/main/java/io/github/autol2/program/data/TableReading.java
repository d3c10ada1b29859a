package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        boolean header = format.header()
                .orElseGet(() -> columns.needHeader(file, first) || TableHeader.isThere(table, names, cells));
        if (header) {
            columns.refuseAmbiguous(file, first);
        }
        TableBody body = new TableBody(table, header, cells);
        List<String> titles = new ArrayList<>();
        for (int c = 0; c < first.size(); c++) {
            titles.add(header && !first.get(c).isEmpty() ? "'" + first.get(c) + "'" : c + " (counted from 0)");
        }
        Set<Integer> dropped = columns.dropped(file, first, label);
        Set<Integer> categories = columns.categories(file, first, label);
        Set<Integer> kept = columns.kept(file, first, label);
        refuseBoth(file, "data.categories", categories, dropped, titles);
        refuseBoth(file, "data.keep", kept, dropped, titles);
        boolean known = label == 0 || Stream.of(dropped, categories, kept).anyMatch(some -> some.contains(0));
        if (header && !known && RowNames.leaveOut(first.get(0), body)) {
            dropped.add(0);
        }
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
        return new TableRecipe(header, names.size(), label, name(label), fitted, target);
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
