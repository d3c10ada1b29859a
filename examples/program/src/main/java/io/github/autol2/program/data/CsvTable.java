package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A table with one label column. Labels are classes, told apart by their exact text; they are those of the whole table, sorted as numbers
 * if all are numbers, else as text. Or they are a quantity, which is standardised like the other numbers. Numbers are standardised with the mean and variance of the training rows. After the shuffle the
 * training rows come first, the validation rows next, the test rows at the end.
 *
 * @param file    of text
 * @param format  how it is written
 * @param columns what they are for
 */
public record CsvTable(Path file, TableFormat format, TableColumns columns) implements DataSource {

    public CsvTable {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(columns, "columns");
    }

    /** A table with all columns, whose format is found out. */
    public CsvTable(Path file, String label) {
        this(file, TableFormat.FOUND, TableColumns.all(label));
    }

    private TableReading read() {
        return TableReading.of(RawTable.read(file, format), format, columns);
    }

    /** The number of rows without a header. */
    public int rowCount() {
        return read().rows().size();
    }

    /** What has been understood of the file: its format, its columns and its classes, in lines of text. */
    public List<String> describe() {
        return TableDescription.lines(read());
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        TableReading reading = read();
        Set<Integer> texts = reading.texts();
        int count = reading.rows().size();
        if ((long) sizes.training() + sizes.validation() + sizes.test() > count) {
            throw new InvalidDataException(
                    file,
                    "data.trainSize " + sizes.training() + " + data.validationSize " + sizes.validation()
                            + " + data.testSize " + sizes.test() + " exceed the " + count + " rows of the file");
        }
        int[] order = new Draws(seed).permutation(count);
        int[] training = Arrays.copyOf(order, sizes.training());
        int[] validation = Arrays.copyOfRange(order, sizes.training(), sizes.training() + sizes.validation());
        int[] test = Arrays.copyOfRange(order, count - sizes.test(), count);
        List<RawTable.Line> trainingRows = new ArrayList<>();
        for (int row : training) {
            trainingRows.add(reading.rows().get(row));
        }
        TableRecipe recipe = reading.recipe(trainingRows, texts);
        DataSplit split = new DataSplit(
                rows(reading, recipe, training),
                rows(reading, recipe, validation),
                rows(reading, recipe, test),
                InputShape.row(recipe.inputs()),
                recipe.target(),
                Optional.of(recipe));
        reading.quantity().ifPresent(quantity -> {
            quantity.checkVaries("training", split.training());
            quantity.checkVaries("validation", split.validation());
            quantity.checkVaries("test", split.test());
        });
        return split;
    }

    private static DataSet rows(TableReading reading, TableRecipe recipe, int[] chosen) {
        Rows rows = new Rows(chosen.length, recipe.inputs(), recipe.target().outputs());
        int[] columns =
                recipe.features().stream().mapToInt(TableFeature::column).toArray();
        Optional<TableQuantity> label = reading.quantity();
        IntStream.range(0, chosen.length).forEach(row -> {
            RawTable.Line line = reading.rows().get(chosen[row]);
            recipe.write(reading.table(), line, columns, reading.cells(), rows.features(), rows.offset(row));
            if (recipe.target() instanceof Target.Quantity quantity) {
                rows.value(row, quantity.standardised(label.orElseThrow().of(line)));
            } else {
                rows.label(row, reading.classOf(line));
            }
        });
        return rows.toDataSet();
    }
}
