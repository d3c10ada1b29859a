package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows of another file, as a trained network takes them.
 *
 * @param lines   where each row begins in the file, counted from 1
 * @param inputs  {@code [rows, inputs]}
 * @param labels  what the file says about the rows, class or quantity, as text; empty if it has no such column
 * @param cells   what a cell of the file means
 * @param notes   sentences about texts that the network does not know, and about numbers that may mean that there is no value
 */
public record NewRows(
        List<Long> lines, INDArray inputs, Optional<List<String>> labels, Cells cells, List<String> notes) {

    private static final int SHOWN = 10; // classes in a message

    /**
     * Reads rows.
     *
     * @param recipe of the network
     * @throws InvalidDataException if the file has not the columns that the network was trained on
     */
    public static NewRows read(Path file, TableFormat format, TableRecipe recipe) {
        RawTable table =
                RawTable.read(file, format, Optional.of(recipe.written().separator()));
        return of(table, format, recipe, "rows", "data.header=false reads the columns by their places");
    }

    /**
     * The same for a table that has been read.
     *
     * @param what    its rows are called in notes
     * @param ifARow  what to do if its first line is a row and no header
     */
    static NewRows of(RawTable table, TableFormat format, TableRecipe recipe, String what, String ifARow) {
        Path file = table.file();
        List<String> first = table.first();
        boolean header = format.header().orElse(recipe.header());
        boolean named = header && recipe.header();
        HeaderIndex index = new HeaderIndex(first);
        boolean all = named || hasAll(file, first.size(), recipe);
        int[] columns = IntStream.range(0, recipe.features().size())
                .map(i -> {
                    TableFeature feature = recipe.features().get(i);
                    return named ? find(table, index, feature.name(), recipe, ifARow) : all ? feature.column() : i;
                })
                .toArray();
        int label = named
                ? (recipe.labelName().isEmpty() ? -1 : index.first(recipe.labelName()))
                : all ? recipe.label() : -1;
        Set<Integer> numbers = numbers(columns, label, recipe);
        char decimal = format.decimal()
                .orElseGet(() -> DecimalSign.of(
                        table, numbers::contains, Optional.of(recipe.written().decimal())));
        Cells cells = new Cells(
                decimal, Set.copyOf(format.gaps().orElse(recipe.written().gaps())));
        TableBody body = new TableBody(table, header, cells);
        int width = recipe.inputs();
        Rows.check(body.count(), width, "divide the file");
        float[] inputs = new float[body.count() * width];
        for (int row = 0; row < body.count(); row++) {
            recipe.write(body, row, columns, inputs, row * width);
        }
        return new NewRows(
                IntStream.range(0, body.count()).mapToObj(body::line).toList(),
                Nd4j.create(inputs, new long[] {body.count(), width}, 'c'),
                label < 0 ? Optional.empty() : Optional.of(texts(body, label)),
                cells,
                notes(what, body, columns, label, recipe));
    }

    private static List<String> notes(String what, TableBody body, int[] columns, int label, TableRecipe recipe) {
        int[] rows = IntStream.range(0, body.count()).toArray();
        List<String> notes = new ArrayList<>(UnknownTexts.notes(what, body, rows, columns, recipe));
        for (int i = 0; i < columns.length; i++) {
            TableFeature feature = recipe.features().get(i);
            if (!feature.holdsText()) {
                NoValue.in(body.column(columns[i]).numbers(rows))
                        .ifPresent(sentence ->
                                notes.add("Among the " + what + ", column " + feature.title() + " " + sentence));
            }
        }
        int gaps = IntStream.of(columns)
                .map(column -> body.column(column).missing())
                .sum();
        if (gaps > 0) {
            notes.add("Cells without a value among the " + what + ": " + gaps
                    + "; they count as in training, by data.missing.");
        }
        if (label >= 0 && recipe.target() instanceof Target.Quantity) {
            NoValue.in(body.column(label).numbers(rows))
                    .ifPresent(sentence -> notes.add("Among the " + what + ", the quantity " + sentence));
        }
        return notes;
    }

    /** The columns that tell how numbers are written. */
    private static Set<Integer> numbers(int[] columns, int label, TableRecipe recipe) {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < columns.length; i++) {
            if (!recipe.features().get(i).holdsText()) {
                numbers.add(columns[i]);
            }
        }
        if (label >= 0 && recipe.target() instanceof Target.Quantity) {
            numbers.add(label);
        }
        return numbers;
    }

    private static List<String> texts(TableBody body, int column) {
        return IntStream.range(0, body.count())
                .mapToObj(row -> body.cell(row, column))
                .toList();
    }

    /**
     * The rows with their labels.
     *
     * @param file of the rows, for messages
     * @throws InvalidDataException if a row has no label, or one of a class that the network does not know
     */
    DataSet examples(Path file, TableRecipe recipe) {
        List<String> texts = labels.orElseThrow(() -> new InvalidDataException(
                file,
                "must have the label column"
                        + (recipe.labelName().isEmpty() ? "" : " '" + recipe.labelName() + "'")
                        + ", as the training rows have it"));
        float[][] outputs = new float[texts.size()][recipe.target().outputs()];
        for (int row = 0; row < texts.size(); row++) {
            if (recipe.target() instanceof Target.Classes classes) {
                int number = classes.names().indexOf(texts.get(row));
                if (number < 0) {
                    throw new InvalidDataException(
                            file,
                            lines.get(row),
                            "the class must be one of the training table's, " + some(classes) + ", got '"
                                    + texts.get(row) + "'");
                }
                outputs[row][number] = 1;
            } else if (recipe.target() instanceof Target.Quantity quantity) {
                outputs[row][0] = finite(file, row, quantity);
            }
        }
        return new DataSet(inputs, Nd4j.createFromArray(outputs));
    }

    private static String some(Target.Classes classes) {
        return classes.names().stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (classes.outputs() > SHOWN ? " and others" : "");
    }

    private float finite(Path file, int row, Target.Quantity quantity) {
        OptionalDouble number = quantity(row);
        float standardised = number.isEmpty() ? Float.NaN : quantity.standardised(number.getAsDouble());
        if (!Float.isFinite(standardised)) {
            throw new InvalidDataException(
                    file,
                    lines.get(row),
                    "the label must be a finite number below 3.4e38, also divided by the deviation of the training rows, got '"
                            + labels.orElseThrow().get(row) + "'");
        }
        return standardised;
    }

    /** The first label that is not the same as none. */
    public Optional<String> firstLabel() {
        return labels.stream()
                .flatMap(List::stream)
                .filter(label -> !cells.isMissing(label))
                .findFirst();
    }

    /** The number that the file says about a row; empty if it says none. */
    public OptionalDouble quantity(int row) {
        return labels.isEmpty()
                ? OptionalDouble.empty()
                : cells.number(labels.get().get(row));
    }

    /** Whether a file without names has all columns, and not those alone that the network sees; with others nobody knows which they are. */
    private static boolean hasAll(Path file, int columns, TableRecipe recipe) {
        int seen = recipe.features().size();
        boolean noneLeftOut = seen == recipe.columns() - 1;
        if (columns != recipe.columns() && columns != seen) {
            throw new InvalidDataException(
                    file,
                    "must have the " + recipe.columns() + " columns that the network was trained on, "
                            + (noneLeftOut
                                    ? "with or without the label"
                                    : "with ? for an unknown label, or the " + seen + " alone that it sees")
                            + ", got " + columns);
        }
        return columns == recipe.columns();
    }

    private static String advice(RawTable table, HeaderIndex index, String name, TableRecipe recipe, String ifARow) {
        if (recipe.features().stream().noneMatch(feature -> index.first(feature.name()) >= 0)
                && table.first().stream().noneMatch(name::equalsIgnoreCase)) {
            return "; if that is a row, " + ifARow;
        }
        return table.first().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(alike -> "; '" + alike + "' is another name")
                .orElse("");
    }

    private static int find(RawTable table, HeaderIndex index, String name, TableRecipe recipe, String ifARow) {
        int column = index.first(name);
        if (column < 0) {
            throw new InvalidDataException(
                    table.file(),
                    "must have the column '" + name + "' that the network was trained on; the first line is "
                            + table.firstLine() + advice(table, index, name, recipe, ifARow));
        }
        if (column != index.last(name)) {
            throw new InvalidDataException(
                    table.file(), "must have the column '" + name + "' once; the first line is " + table.firstLine());
        }
        return column;
    }
}
