package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.DataSettings.Kind;
import io.github.autol2.program.data.CsvTable;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.data.SplitSizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The keys of the sizes, which for a table may be shares of its rows.
 *
 * @param training   a whole number of at least 1, or a share in (0, 1)
 * @param validation the same
 * @param test       the same
 */
record TableSizes(double training, double validation, double test) {

    /** In the place of a number of rows that cannot be known, because something else is wrong. */
    private static final int UNKNOWN = 1_000_000;

    private static final String TRAINING = "data.trainSize";
    private static final String VALIDATION = "data.validationSize";
    private static final String TEST = "data.testSize";
    private static final Format<Integer> COUNT = Format.integer(Range.atLeast(1));

    /** A count, or a share of a table's rows. */
    private static final Format<Double> SIZE = new Format<>(
            "whole number >= 1, or a share of a table's rows in (0, 1)",
            text -> {
                if (text.matches("0?\\.\\d{1,9}") && Double.parseDouble(text) > 0) {
                    return Double.valueOf(text);
                }
                return COUNT.parse().apply(text).doubleValue();
            },
            size -> size < 1 ? Double.toString(size) : Integer.toString((int) (double) size));

    static TableSizes read(SettingsReader reader, Kind kind) {
        boolean table = kind == Kind.CSV;
        return new TableSizes(
                reader.value(
                        TRAINING,
                        table ? 0.6 : 512,
                        SIZE,
                        "number of training examples; default for a table: 0.6 of its rows"),
                reader.value(
                        VALIDATION,
                        table ? 0.2 : 256,
                        SIZE,
                        "number of validation examples, which choose among steps and seeds; default for a table: 0.2 of its rows"),
                reader.value(
                        TEST,
                        table ? 0.2 : 1000,
                        SIZE,
                        "number of test examples, which are only reported on; default for a table: 0.2 of its rows"));
    }

    /**
     * The numbers of rows. A table is read for that if there are shares.
     */
    SplitSizes rows(SettingsReader reader, Kind kind, Optional<Path> path, TableSettings table) {
        boolean shares = DoubleStream.of(training, validation, test).anyMatch(size -> size < 1);
        String rule = "must be a whole number, because only a table has shares";
        reader.require(kind == Kind.CSV || training >= 1, TRAINING, rule, "data.kind");
        reader.require(kind == Kind.CSV || validation >= 1, VALIDATION, rule, "data.kind");
        reader.require(kind == Kind.CSV || test >= 1, TEST, rule, "data.kind");
        if (!shares || kind != Kind.CSV || path.filter(Files::isRegularFile).isEmpty() || reader.hasProblems()) {
            return new SplitSizes(
                    atLeastOne(training, UNKNOWN), atLeastOne(validation, UNKNOWN), atLeastOne(test, UNKNOWN));
        }
        int count;
        try {
            count = new CsvTable(path.get(), table.format(), table.columns()).rowCount();
        } catch (InvalidDataException e) {
            count = UNKNOWN; // loading the examples will say the same, after what is wrong with other settings
        }
        return new SplitSizes(atLeastOne(training, count), atLeastOne(validation, count), atLeastOne(test, count));
    }

    private static int atLeastOne(double size, int count) {
        return size < 1 ? (int) Math.max(1, Math.floor(size * count)) : (int) size;
    }
}
