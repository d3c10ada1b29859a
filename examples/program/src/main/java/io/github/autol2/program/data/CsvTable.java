package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A table with one label column. Labels are classes, told apart by their exact text; they are those of the whole table, sorted as numbers
 * if all are numbers, else as text. Or they are a quantity, which is standardised like the other numbers. Numbers are standardised with
 * the mean and variance of the training rows. After the shuffle the training rows come first, the validation rows next, the test rows at
 * the end.
 *
 * <p>Each file is read once, when something is first asked about it, and kept as long as memory allows; where memory ran
 * short it is read again, and must hold the same then. Thread-safe. Two tables are equal if they come from the same files in the same way.
 */
public final class CsvTable implements FileSource {

    private static final int UNUSED = -1; // in the place of a row's number in a part

    private final TableFiles files;
    private final TableFormat format;
    private final TableColumns columns;
    private final SeenFiles seen = new SeenFiles();
    private final Remembered<TableReading> main;
    private final Optional<Remembered<RawTable>> validation;
    private final Optional<Remembered<RawTable>> test;

    /**
     * A table that has not been read yet.
     *
     * @param files   of text; what is found out of the format is found for each of them
     * @param format  how they are written
     * @param columns what they are for
     */
    public CsvTable(TableFiles files, TableFormat format, TableColumns columns) {
        this.files = Objects.requireNonNull(files, "files");
        this.format = Objects.requireNonNull(format, "format");
        this.columns = Objects.requireNonNull(columns, "columns");
        main = new Remembered<>(() -> TableReading.of(read(files.main(), Optional.empty()), format, columns));
        validation = files.validation().map(this::remembered);
        test = files.test().map(this::remembered);
    }

    private Remembered<RawTable> remembered(Path file) {
        return new Remembered<>(() -> {
            TableReading reading = main.get();
            RawTable table = read(file, Optional.of(reading.body().table().separator()));
            return reading.labelled(table, format.header().orElse(reading.header()));
        });
    }

    private RawTable read(Path file, Optional<Character> usual) {
        return seen.read(List.of(file), () -> RawTable.read(file, format, usual));
    }

    /** A table in one file. */
    public CsvTable(Path file, TableFormat format, TableColumns columns) {
        this(new TableFiles(file), format, columns);
    }

    /** A table in one file with all columns, whose format is found out. */
    public CsvTable(Path file, String label) {
        this(file, TableFormat.FOUND, TableColumns.all(label));
    }

    /** Whether the label is a quantity. */
    public boolean isRegression() {
        return columns.task() == TableColumns.Task.REGRESSION;
    }

    /** The number of rows of each file without a header. */
    public TableFiles.Counts rowCounts() {
        boolean header = main.get().header();
        return new TableFiles.Counts(
                rowCount(), validation.map(part -> rowCount(part, header)), test.map(part -> rowCount(part, header)));
    }

    /** The number of rows of the first file without a header. */
    public int rowCount() {
        return main.get().body().count();
    }

    private int rowCount(Remembered<RawTable> part, boolean header) {
        return part.get().lines() - (format.header().orElse(header) ? 1 : 0);
    }

    /** What has been understood of the files: their format, columns and classes, in lines of text. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>(TableDescription.lines(main.get()));
        TableFiles.Counts counts = rowCounts();
        counts.validation()
                .ifPresent(
                        count -> lines.add(files.validation().orElseThrow() + ": " + count + " rows for validation."));
        counts.test().ifPresent(count -> lines.add(files.test().orElseThrow() + ": " + count + " rows for the test."));
        return lines;
    }

    /** The same in short: the format, and what becomes of the columns. */
    public List<String> summary() {
        return TableDescription.summary(main.get());
    }

    /**
     * How many rows of the first file no part takes.
     *
     * @param sizes that are asked for
     */
    public int unused(SplitSizes sizes) {
        return rowCount()
                - sizes.training()
                - (validation.isPresent() ? 0 : sizes.validation())
                - (test.isPresent() ? 0 : sizes.test());
    }

    /** What the first file holds that may well mean something else, in sentences. */
    public List<String> notes() {
        return TableNotes.of(main.get());
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        TableReading reading = main.get();
        // what is wrong with a file is said before sizes that follow from it are wrong
        validation.ifPresent(Remembered::get);
        test.ifPresent(Remembered::get);
        int count = reading.body().count();
        int[] order = new Draws(seed).permutation(count);
        int[] trainingRows = Arrays.copyOf(order, Math.min(count, sizes.training()));
        RefusedColumns.check(reading.features(), trainingRows);
        int ownValidation = validation.isPresent() ? 0 : sizes.validation();
        int ownTest = test.isPresent() ? 0 : sizes.test();
        checkSizes(sizes.training(), ownValidation, ownTest, count);
        int[] validationRows = Arrays.copyOfRange(order, sizes.training(), sizes.training() + ownValidation);
        int[] testRows = Arrays.copyOfRange(order, count - ownTest, count);
        TableRecipe recipe = reading.recipe(trainingRows);
        Part validationPart = validation
                .map(part -> all(part, recipe, "validation rows"))
                .orElseGet(() -> some(reading, recipe, validationRows, "validation rows"));
        Part testPart = test.map(part -> all(part, recipe, "test rows"))
                .orElseGet(() -> some(reading, recipe, testRows, "test rows"));
        DataSplit split = new DataSplit(
                rows(reading, recipe, trainingRows),
                validationPart.examples(),
                testPart.examples(),
                InputShape.row(recipe.inputs()),
                recipe.target(),
                Optional.of(recipe),
                Stream.concat(validationPart.notes().stream(), testPart.notes().stream())
                        .toList());
        reading.quantity().ifPresent(quantity -> {
            quantity.checkVaries("training", split.training());
            quantity.checkVaries("validation", split.validation());
            quantity.checkVaries("test", split.test());
        });
        return split;
    }

    @Override
    public SeenFiles seen() {
        return seen;
    }

    @Override
    public List<Path> files() {
        return Stream.of(Optional.of(files.main()), files.validation(), files.test())
                .flatMap(Optional::stream)
                .toList();
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

    /** Validation or test rows, with what there is to say about them. */
    private record Part(DataSet examples, List<String> notes) {}

    /** All rows of a file of its own. */
    private Part all(Remembered<RawTable> part, TableRecipe recipe, String what) {
        RawTable table = part.get();
        NewRows rows = NewRows.of(
                table,
                format,
                recipe,
                what,
                "all tables of a training have the same header, or none with data.header=false");
        return new Part(rows.examples(table.file(), recipe), rows.notes());
    }

    /** Some rows of the first file. */
    private static Part some(TableReading reading, TableRecipe recipe, int[] chosen, String what) {
        return new Part(
                rows(reading, recipe, chosen),
                UnknownTexts.notes(what, reading.body(), chosen, recipe.columnsOfFeatures(), recipe));
    }

    /** Goes through the rows in the order of the file, because jumping about in large columns takes much longer. */
    private static DataSet rows(TableReading reading, TableRecipe recipe, int[] chosen) {
        Rows rows = new Rows(chosen.length, recipe.inputs(), recipe.target().outputs());
        int[] columns = recipe.columnsOfFeatures();
        Optional<TableQuantity> label = reading.quantity();
        int[] places = new int[reading.body().count()];
        Arrays.fill(places, UNUSED);
        for (int place = 0; place < chosen.length; place++) {
            places[chosen[place]] = place;
        }
        for (int row = 0; row < places.length; row++) {
            if (places[row] == UNUSED) {
                continue;
            }
            recipe.write(reading.body(), row, columns, rows.features(), rows.offset(places[row]));
            if (recipe.target() instanceof Target.Quantity quantity) {
                rows.value(places[row], label.orElseThrow().standardised(row, quantity));
            } else {
                rows.label(places[row], reading.classOf(row));
            }
        }
        return rows.toDataSet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CsvTable table
                && files.equals(table.files)
                && format.equals(table.format)
                && columns.equals(table.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, format, columns);
    }
}
