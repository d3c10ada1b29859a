package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.DataSettings.Kind;
import io.github.autol2.program.data.CsvTable;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.TableFiles;
import java.util.Optional;

/**
 * The keys of the sizes, which for a table may be shares of its rows.
 *
 * @param training   a whole number of at least 1, a share in (0, 1), or {@link #ALL}
 * @param validation the same
 * @param test       the same
 */
record TableSizes(double training, double validation, double test) {

    /** In the place of a number of rows that cannot be known, because something else is wrong. */
    private static final int UNKNOWN = 1_000_000;

    /** Of shares with up to nine digits, and of their products with a number of rows. */
    private static final double ROUNDING = 1e-6;

    /** All rows of a file. */
    static final double ALL = Double.POSITIVE_INFINITY;

    private static final String TRAINING = "data.trainSize";
    private static final String VALIDATION = "data.validationSize";
    private static final String TEST = "data.testSize";
    private static final Format<Integer> COUNT = Format.integer(Range.atLeast(1));

    /** A count, or a share of a table's rows. */
    private static final Format<Double> SIZE = new Format<>(
            "whole number >= 1, all, or a share of a table's rows in (0, 1)",
            text -> {
                if (text.equals("all")) {
                    return ALL;
                }
                if (text.matches("0?\\.\\d{1,9}") && Double.parseDouble(text) > 0) {
                    return Double.valueOf(text);
                }
                return COUNT.parse().apply(text).doubleValue();
            },
            size -> size == ALL ? "all" : size < 1 ? Double.toString(size) : Integer.toString((int) (double) size));

    /** Of the validation and of the test rows, unless they have a file of their own. */
    static final double SHARE = 0.2;

    /** @param files of the table, without meaning for other kinds */
    static TableSizes read(SettingsReader reader, Kind kind, TablePaths files) {
        boolean table = kind == Kind.CSV;
        TableSizes sizes = new TableSizes(
                reader.value(
                        TRAINING,
                        table ? files.trainingShare() : 512,
                        SIZE,
                        "number of training examples; default for a table: what validation and test leave of its rows"),
                reader.value(
                        VALIDATION,
                        table ? SHARE : 256,
                        SIZE,
                        "number of validation examples, which choose among steps and seeds; default for a table: 0.2 of its rows"),
                reader.value(
                        TEST,
                        table ? SHARE : 1000,
                        SIZE,
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
        boolean whole = isCount(training) && isCount(validation) && isCount(test);
        String rule = "must be a whole number, because only a table has shares";
        reader.require(kind == Kind.CSV || isCount(training), TRAINING, rule, "data.kind");
        reader.require(kind == Kind.CSV || isCount(validation), VALIDATION, rule, "data.kind");
        reader.require(kind == Kind.CSV || isCount(test), TEST, rule, "data.kind");
        TableFiles.Counts counts = new TableFiles.Counts(UNKNOWN, Optional.empty(), Optional.empty());
        boolean needed =
                !whole || parts.validation().isPresent() || parts.test().isPresent();
        if (needed && table.isPresent() && !reader.hasProblems()) {
            try {
                counts = table.get().rowCounts();
            } catch (InvalidDataException e) {
                // loading the examples will say the same, after what is wrong with other settings
            }
        }
        int validationRows = atLeastOne(validation, counts.main());
        int testRows = atLeastOne(test, counts.main());
        int rest = counts.main()
                - (parts.validation().isPresent() ? 0 : validationRows)
                - (parts.test().isPresent() ? 0 : testRows);
        return new SplitSizes(
                takesTheRest(parts) ? Math.max(1, rest) : atLeastOne(training, counts.main()),
                Math.max(1, counts.validation().orElse(validationRows)),
                Math.max(1, counts.test().orElse(testRows)));
    }

    /** Where shares make a whole, what rounding leaves is for training, so that every row is used. */
    private boolean takesTheRest(TablePaths parts) {
        double whole = training
                + (parts.validation().isPresent() ? 0 : validation)
                + (parts.test().isPresent() ? 0 : test);
        return Math.abs(whole - 1) < ROUNDING;
    }

    private static boolean isCount(double size) {
        return size >= 1 && size < ALL;
    }

    private static int atLeastOne(double size, int count) {
        if (size == ALL) {
            return count;
        }
        return size < 1 ? (int) Math.max(1, Math.floor(size * count + ROUNDING)) : (int) size;
    }
}
