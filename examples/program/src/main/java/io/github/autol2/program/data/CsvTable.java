package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A comma-separated table of numbers with one label column. The first line is a header if the label names a column of it, or
 * if another cell than the label is not a number. Labels are categories, names or numbers; the classes are those of the whole
 * table, sorted as numbers if all are numbers, else as text. Features are standardised with the mean and variance of the
 * training rows. After the shuffle the training rows come first, the validation rows next, the test rows at the end.
 *
 * @param file  in UTF-8
 * @param label {@code last}, {@code first}, the number of a column counted from 0, or a name in the header; the first that fits
 */
public record CsvTable(Path file, String label) implements DataSource {

    private static final String POSITION = "last|first|\\d{1,9}";
    private static final Pattern NUMBER = Pattern.compile("[-+.eE\\d]+|NaN|[-+]?Infinity");

    public CsvTable {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(label, "label");
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        List<CsvLine> lines = CsvLine.readAll(file);
        List<String> first = lines.get(0).cells();
        if (first.size() < 2) {
            throw new InvalidDataException(
                    file, "must have a feature and a label column, separated by a comma, got 1 column");
        }
        int labelColumn = labelColumn(first);
        boolean header = !label.matches(POSITION)
                || IntStream.range(0, first.size())
                        .anyMatch(c -> c != labelColumn && number(first.get(c)).isEmpty());
        List<String> names = IntStream.range(0, first.size())
                .mapToObj(c -> header ? "'" + first.get(c) + "'" : c + " (counted from 0)")
                .toList();
        List<CsvLine> body = lines.subList(header ? 1 : 0, lines.size());
        if (body.isEmpty()) {
            throw new InvalidDataException(file, "must have rows, got only a header");
        }
        TreeMap<String, Integer> classes = classes(body, labelColumn, names.get(labelColumn));
        List<double[]> features =
                body.stream().map(line -> features(line, labelColumn, names)).toList();
        int[] labels = body.stream()
                .mapToInt(line -> classes.get(line.cells().get(labelColumn)))
                .toArray();
        return split(features, labels, List.copyOf(classes.keySet()), sizes, seed);
    }

    private int labelColumn(List<String> first) {
        if (label.equals("last")) {
            return first.size() - 1;
        }
        if (label.equals("first")) {
            return 0;
        }
        if (label.matches(POSITION)) {
            int column = Integer.parseInt(label);
            if (column >= first.size()) {
                throw new InvalidDataException(
                        file, "the label column must be one of 0 to " + (first.size() - 1) + ", got " + label);
            }
            return column;
        }
        int column = first.indexOf(label);
        if (column < 0 || column != first.lastIndexOf(label)) {
            throw new InvalidDataException(
                    file,
                    "the label column must be last, first, a column number or a name that the "
                            + "header has once, got '" + label + "'; the first line is " + String.join(",", first));
        }
        return column;
    }

    /** The categories of the label column with their numbers, in order. */
    private TreeMap<String, Integer> classes(List<CsvLine> body, int column, String name) {
        for (CsvLine line : body) {
            String cell = line.cells().get(column);
            if (cell.isEmpty() || !Double.isFinite(number(cell).orElse(0))) {
                throw new InvalidDataException(
                        file, line.number(), "label column " + name + " must hold a class, got '" + cell + "'");
            }
        }
        boolean numeric =
                body.stream().allMatch(line -> number(line.cells().get(column)).isPresent());
        Comparator<String> order =
                numeric ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
        TreeMap<String, Integer> classes = new TreeMap<>(order);
        body.forEach(line -> classes.putIfAbsent(line.cells().get(column), 0));
        if (classes.size() < 2) {
            throw new InvalidDataException(
                    file, "label column " + name + " must hold at least 2 classes, got " + classes.keySet());
        }
        boolean fractions = numeric
                && classes.keySet().stream()
                        .mapToDouble(Double::parseDouble)
                        .anyMatch(value -> value != Math.rint(value));
        if (classes.size() > body.size() / (fractions ? 10 : 2)) {
            throw new InvalidDataException(
                    file,
                    "label column " + name + " must hold classes, got " + classes.size() + " different values in "
                            + body.size() + " rows: that looks like a quantity to predict (regression)");
        }
        int next = 0;
        for (String key : List.copyOf(classes.keySet())) {
            classes.put(key, next++);
        }
        return classes;
    }

    private double[] features(CsvLine line, int labelColumn, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(c -> c != labelColumn)
                .mapToDouble(c -> {
                    String cell = line.cells().get(c);
                    double value = number(cell)
                            .orElseThrow(() -> new InvalidDataException(
                                    file,
                                    line.number(),
                                    "column " + names.get(c) + " must hold numbers, got '" + cell + "'"));
                    // NaN fails the comparison too.
                    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                        throw new InvalidDataException(
                                file,
                                line.number(),
                                "column " + names.get(c) + " must hold finite numbers below 3.4e38, got " + cell);
                    }
                    return value;
                })
                .toArray();
    }

    /** The number in the cell, which may be NaN or infinite; empty for text, also for Java's literals such as {@code 12f}. */
    private static OptionalDouble number(String cell) {
        try {
            return NUMBER.matcher(cell).matches()
                    ? OptionalDouble.of(Double.parseDouble(cell))
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private DataSplit split(
            List<double[]> features, int[] labels, List<String> classNames, SplitSizes sizes, long seed) {
        int count = features.size();
        if ((long) sizes.training() + sizes.validation() + sizes.test() > count) {
            throw new InvalidDataException(
                    file,
                    "data.trainSize " + sizes.training() + " + data.validationSize " + sizes.validation()
                            + " + data.testSize " + sizes.test() + " exceed the " + count + " rows of the file");
        }
        int[] order = new Draws(seed).permutation(count);
        int[] training = IntStream.range(0, sizes.training()).map(i -> order[i]).toArray();
        int[] validation = IntStream.range(sizes.training(), sizes.training() + sizes.validation())
                .map(i -> order[i])
                .toArray();
        int[] test =
                IntStream.range(count - sizes.test(), count).map(i -> order[i]).toArray();
        List<double[]> trainingRows = new ArrayList<>();
        for (int row : training) {
            trainingRows.add(features.get(row));
        }
        Selection selection = new Selection(features, labels, classNames.size(), new Standardizer(trainingRows));
        return new DataSplit(
                selection.of(training),
                selection.of(validation),
                selection.of(test),
                InputShape.row(features.get(0).length),
                classNames);
    }

    /** What is needed to turn chosen rows into a data set. */
    private record Selection(List<double[]> features, int[] labels, int classes, Standardizer standardizer) {

        DataSet of(int[] chosen) {
            Rows rows = new Rows(chosen.length, features.get(0).length, classes);
            for (int row = 0; row < chosen.length; row++) {
                standardizer.apply(features.get(chosen[row]), rows.features(), rows.offset(row));
                rows.label(row, labels[chosen[row]]);
            }
            return rows.toDataSet();
        }
    }
}
