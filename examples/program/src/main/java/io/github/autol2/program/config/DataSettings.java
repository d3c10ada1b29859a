package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.Cifar10;
import io.github.autol2.program.data.ClassWeights;
import io.github.autol2.program.data.CsvTable;
import io.github.autol2.program.data.DataSource;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.LabelNoise;
import io.github.autol2.program.data.SeenFiles;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticColorDigits;
import io.github.autol2.program.data.SyntheticDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The keys {@code data.*}.
 *
 * @param kind           where the examples come from
 * @param path           an existing folder (IDX), file (CSV) or either (CIFAR10); empty exactly for the kinds that are drawn
 * @param table          what is read; empty for other kinds than CSV
 * @param trainSize      number of training examples, at least 1
 * @param validationSize number of validation examples, at least 1
 * @param testSize       number of test examples, at least 1
 * @param augment        how batches of training images are changed at random; empty for the kind {@code CSV}
 * @param labelNoise     probability, in [0, 1), that a training or validation example gets a class drawn at random from all; test
 *                       labels stay clean
 * @param classWeights   how much each class counts in the loss; without meaning for a quantity and a model from a file
 * @param split          whether the seeds of a run share one division of the examples
 * @param seen           what was read of files of images
 */
public record DataSettings(
        Kind kind,
        Optional<Path> path,
        Optional<CsvTable> table,
        int trainSize,
        int validationSize,
        int testSize,
        Set<Augmentation> augment,
        double labelNoise,
        ClassWeights classWeights,
        Split split,
        SeenFiles seen) {

    private static final Range COUNT = Range.atLeast(1);
    private static final Range SHARE = Range.from(0, 1);
    private static final long SHUFFLE_SEED = 1;

    /** The key of {@link #classWeights}. */
    static final String CLASS_WEIGHTS = "data.classWeights";

    /** Which examples a seed of the run trains on. */
    public enum Split {
        /** All seeds share one division into training, validation and test examples. */
        FIXED,
        /** Each seed divides the examples anew, so that errors over seeds count the choice of examples, too. */
        SEEDS
    }

    /** Where the examples come from. */
    public enum Kind {
        /** Grey digits of 28 x 28 pixels, drawn by the program itself. */
        SYNTHETIC,
        /** Digits of 32 x 32 pixels in three colours, drawn by the program itself. */
        SYNTHETIC_COLOR,
        /** The four files of MNIST and its relatives, gzipped or not. */
        IDX,
        /** The files of CIFAR-10 or their archive. */
        CIFAR10,
        /** A table, one example per row. */
        CSV
    }

    public DataSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        if (table.isPresent() && kind != Kind.CSV) {
            throw new IllegalArgumentException("there must be a table only with the kind csv, got one with " + kind);
        }
        COUNT.check("data.trainSize", trainSize);
        COUNT.check("data.validationSize", validationSize);
        COUNT.check("data.testSize", testSize);
        augment = Set.copyOf(augment);
        SHARE.check("data.labelNoise", labelNoise);
        Objects.requireNonNull(classWeights, "classWeights");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(seen, "seen");
    }

    static DataSettings read(SettingsReader reader) {
        Kind kind =
                reader.value("data.kind", Kind.SYNTHETIC, Format.choice(Kind.class), "where the examples come from");
        Optional<Path> path = reader.optional(
                "data.path",
                "none",
                Format.path(),
                "folder with the four IDX files (gzipped or not), folder or tar.gz archive with the files of CIFAR-10, or the CSV file");
        TablePaths parts = TablePaths.read(reader);
        TableSettings columns = TableSettings.read(reader);
        TableSizes sizes = TableSizes.read(reader, kind, parts);
        parts.check(reader, kind == Kind.CSV, path);
        Optional<CsvTable> table = path.filter(file -> kind == Kind.CSV)
                .map(file -> new CsvTable(parts.with(file), columns.format(), columns.columns()));
        SplitSizes rows = sizes.rows(reader, kind, table, parts);
        DataSettings data = new DataSettings(
                kind,
                path,
                table,
                rows.training(),
                rows.validation(),
                rows.test(),
                reader.value(
                        "data.augment",
                        Set.of(),
                        Augmentation.FORMAT,
                        "random changes of the training images: mirrored, shifted, mixed in pairs"),
                reader.value(
                        "data.labelNoise",
                        0.0,
                        Format.number(SHARE),
                        "share of the training and validation labels that are drawn at random; test labels stay clean"),
                reader.value(
                        CLASS_WEIGHTS,
                        ClassWeights.NONE,
                        Format.choice(ClassWeights.class),
                        "balanced: each class has the same share in the loss, however rare it is in the training examples, and balanced accuracy chooses the best step, the seed whose network is kept and the winner of tune"),
                reader.value(
                        "data.split",
                        Split.FIXED,
                        Format.choice(Split.class),
                        "fixed: all seeds share one division of the examples; seeds: train, tune and figure "
                                + "tasks divide them anew for each seed; tune does so by default"),
                new SeenFiles());

        boolean hasPath = data.kind != Kind.SYNTHETIC && data.kind != Kind.SYNTHETIC_COLOR;
        reader.requireIf(hasPath, "data.path", "data.kind");
        reader.refuseIf(
                !hasPath,
                "data.path",
                "data.kind",
                "data.path needs data.kind=csv for a table, data.kind=idx for images in files like MNIST's, or data.kind=cifar10");
        TableSettings.refuseIf(reader, data.kind != Kind.CSV);
        reader.refuseIf(data.kind == Kind.CSV, "data.augment", "data.kind");
        reader.refuseIf(data.isRegression(), "data.labelNoise", TableSettings.TASK);
        reader.refuseIf(data.isRegression(), CLASS_WEIGHTS, TableSettings.TASK);
        data.path.ifPresent(given -> {
            reader.require(
                    data.kind != Kind.IDX || Files.isDirectory(given),
                    "data.path",
                    "must be an existing folder (" + IdxFiles.ORIGIN + ")",
                    "data.kind");
            reader.require(
                    data.kind != Kind.CIFAR10 || Files.exists(given),
                    "data.path",
                    "must be an existing folder or archive (" + Cifar10.ORIGIN + ")",
                    "data.kind");
            reader.require(
                    data.kind != Kind.CSV || Files.isRegularFile(given),
                    "data.path",
                    "must be an existing file",
                    "data.kind");
        });
        return data;
    }

    /**
     * Reads or makes the examples of the first division, which is the only one with {@link Split#FIXED}.
     *
     * @throws io.github.autol2.program.data.InvalidDataException if they cannot be read, or are fewer than the sizes ask for
     */
    public DataSplit load() {
        return divide(SHUFFLE_SEED);
    }

    /**
     * Reads or makes the examples for a seed of the run: all seeds get the same with {@link Split#FIXED}, each its own division and
     * its own wrong labels with {@link Split#SEEDS}.
     *
     * @throws io.github.autol2.program.data.InvalidDataException if they cannot be read, or are fewer than the sizes ask for
     */
    public DataSplit load(long seed) {
        return switch (split) {
            case FIXED -> load();
            case SEEDS -> divide(seed);
        };
    }

    /**
     * The same for who has the first division in memory already.
     *
     * @param first what {@link #load()} gave
     */
    public DataSplit load(long seed, DataSplit first) {
        return split == Split.FIXED || seed == SHUFFLE_SEED ? first : divide(seed);
    }

    /** The numbers of examples. */
    public SplitSizes sizes() {
        return new SplitSizes(trainSize, validationSize, testSize);
    }

    /** Where the examples come from. */
    public DataSource source() {
        return switch (kind) {
            case SYNTHETIC -> new SyntheticDigits();
            case SYNTHETIC_COLOR -> new SyntheticColorDigits();
            case IDX -> new IdxFiles(path.orElseThrow(), seen);
            case CIFAR10 -> new Cifar10(path.orElseThrow(), seen);
            case CSV -> table.orElseThrow();
        };
    }

    private DataSplit divide(long seed) {
        return classWeights.apply(new LabelNoise(labelNoise).apply(source().load(sizes(), seed), seed));
    }

    /** Whether a quantity is learned and not classes. */
    public boolean isRegression() {
        return table.isPresent() && table.get().isRegression();
    }

    /** The same with another choice of {@link Split}. */
    public DataSettings withSplit(Split other) {
        return new DataSettings(
                kind, path, table, trainSize, validationSize, testSize, augment, labelNoise, classWeights, other, seen);
    }
}
