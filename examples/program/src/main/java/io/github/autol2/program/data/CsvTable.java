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
 * @param files   of text; what is found out of the format is found for each of them
 * @param format  how they are written
 * @param columns what they are for
 */
public record CsvTable(TableFiles files, TableFormat format, TableColumns columns) implements DataSource {

    public CsvTable {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(columns, "columns");
    }

    /** A table in one file. */
    public CsvTable(Path file, TableFormat format, TableColumns columns) {
        this(new TableFiles(file), format, columns);
    }

    /** A table in one file with all columns, whose format is found out. */
    public CsvTable(Path file, String label) {
        this(file, TableFormat.FOUND, TableColumns.all(label));
    }

    private TableReading read() {
        return TableReading.of(RawTable.read(files.main(), format), format, columns);
    }

    /** The number of rows of each file without a header. */
    public TableFiles.Counts rowCounts() {
        TableReading reading = read();
        return new TableFiles.Counts(
                reading.rows().size(),
                files.validation().map(file -> rowCount(file, reading)),
                files.test().map(file -> rowCount(file, reading)));
    }

    /** The number of rows of the first file without a header. */
    public int rowCount() {
        return read().rows().size();
    }

    private int rowCount(Path file, TableReading reading) {
        boolean header = format.header().orElse(reading.header());
        return RawTable.read(file, format).lines().size() - (header ? 1 : 0);
    }

    /** What has been understood of the files: their format, columns and classes, in lines of text. */
    public List<String> describe() {
        TableReading reading = read();
        List<String> lines = new ArrayList<>(TableDescription.lines(reading));
        files.validation()
                .ifPresent(file -> lines.add(file + ": " + rowCount(file, reading) + " rows for validation."));
        files.test().ifPresent(file -> lines.add(file + ": " + rowCount(file, reading) + " rows for the test."));
        return lines;
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        TableReading reading = read();
        Set<Integer> texts = reading.texts();
        int count = reading.rows().size();
        int ownValidation = files.validation().isPresent() ? 0 : sizes.validation();
        int ownTest = files.test().isPresent() ? 0 : sizes.test();
        checkSizes(sizes.training(), ownValidation, ownTest, count);
        int[] order = new Draws(seed).permutation(count);
        int[] training = Arrays.copyOf(order, sizes.training());
        int[] validation = Arrays.copyOfRange(order, sizes.training(), sizes.training() + ownValidation);
        int[] test = Arrays.copyOfRange(order, count - ownTest, count);
        List<RawTable.Line> trainingRows = new ArrayList<>();
        for (int row : training) {
            trainingRows.add(reading.rows().get(row));
        }
        TableRecipe recipe = reading.recipe(trainingRows, texts);
        DataSplit split = new DataSplit(
                rows(reading, recipe, training),
                files.validation().map(file -> all(file, recipe)).orElseGet(() -> rows(reading, recipe, validation)),
                files.test().map(file -> all(file, recipe)).orElseGet(() -> rows(reading, recipe, test)),
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

    private void checkSizes(int training, int validation, int test, int count) {
        if ((long) training + validation + test > count) {
            throw new InvalidDataException(
                    files.main(),
                    "data.trainSize " + training
                            + (files.validation().isPresent() ? "" : " + data.validationSize " + validation)
                            + (files.test().isPresent() ? "" : " + data.testSize " + test)
                            + (files.validation().isPresent() && files.test().isPresent() ? " exceeds" : " exceed")
                            + " the " + count + " rows of the file");
        }
    }

    /** All rows of a file of its own. */
    private DataSet all(Path file, TableRecipe recipe) {
        return NewRows.read(file, format, recipe).examples(file, recipe);
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
