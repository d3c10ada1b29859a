package io.github.autol2.program.config;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.DataSettings.Kind;
import io.github.autol2.program.data.CsvTable;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.TableFiles;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of the sizes, which for a table may be shares of its rows. */
record TableSizes(Size training, Size validation, Size test) {

    /** In the place of a number of rows that cannot be known, because something else is wrong. */
    private static final int UNKNOWN = 1_000_000;

    private static final String TRAINING = "data.trainSize";
    private static final String VALIDATION = "data.validationSize";
    private static final String TEST = "data.testSize";

    /** Of the validation and of the test rows, unless they have a file of their own. */
    private static final Size SHARE = new Size.Share(0.2);

    /** @param files of the table, without meaning for other kinds */
    static TableSizes read(SettingsReader reader, Kind kind, TablePaths files) {
        boolean table = kind == Kind.CSV;
        TableSizes sizes = new TableSizes(
                reader.value(
                        TRAINING,
                        table ? Size.Whole.REST : new Size.Count(512),
                        Size.WITH_REST,
                        "number of training examples; default for a table: rest, which is what validation and test leave of its rows"),
                reader.value(
                        VALIDATION,
                        table ? SHARE : new Size.Count(256),
                        Size.FORMAT,
                        "number of validation examples, which choose among steps and seeds; default for a table: 0.2 of its rows"),
                reader.value(
                        TEST,
                        table ? SHARE : new Size.Count(1000),
                        Size.FORMAT,
                        "number of test examples, which are only reported on; default for a table: 0.2 of its rows"));
        reader.refuseIf(files.validation().isPresent(), VALIDATION, TablePaths.VALIDATION);
        reader.refuseIf(files.test().isPresent(), TEST, TablePaths.TEST);
        return sizes;
    }

    /**
     * The numbers of rows. A table is read for that if there are shares, or more than one file.
     *
     * @param table empty for other kinds
     * @param parts its files
     */
    SplitSizes rows(SettingsReader reader, Kind kind, Optional<CsvTable> table, TablePaths parts) {
        String rule = "must be a whole number, because only a table has shares";
        reader.require(kind == Kind.CSV || training instanceof Size.Count, TRAINING, rule, "data.kind");
        reader.require(kind == Kind.CSV || validation instanceof Size.Count, VALIDATION, rule, "data.kind");
        reader.require(kind == Kind.CSV || test instanceof Size.Count, TEST, rule, "data.kind");
        TableFiles.Counts counts = new TableFiles.Counts(UNKNOWN, Optional.empty(), Optional.empty());
        boolean counted = Stream.of(training, validation, test).allMatch(Size.Count.class::isInstance)
                && parts.validation().isEmpty()
                && parts.test().isEmpty();
        if (!counted && table.isPresent() && !reader.hasProblems()) {
            try {
                counts = table.get().rowCounts();
            } catch (InvalidDataException e) {
                // loading the examples will say the same, after what is wrong with other settings
            }
        }
        int all = counts.main();
        int rest = all
                - (parts.validation().isPresent() ? 0 : validation.rows(all, 0))
                - (parts.test().isPresent() ? 0 : test.rows(all, 0));
        return new SplitSizes(
                (takesTheRest(parts) ? Size.Whole.REST : training).rows(all, rest),
                Math.max(1, counts.validation().orElseGet(() -> validation.rows(all, 0))),
                Math.max(1, counts.test().orElseGet(() -> test.rows(all, 0))));
    }

    /** Where shares make a whole, what rounding leaves is for training, so that every row is used. */
    private boolean takesTheRest(TablePaths parts) {
        double whole = training.share()
                + (parts.validation().isPresent() ? 0 : validation.share())
                + (parts.test().isPresent() ? 0 : test.share());
        return Math.abs(whole - 1) < Size.ROUNDING;
    }
}
