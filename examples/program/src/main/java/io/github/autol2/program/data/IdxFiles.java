package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Grey images in the format of MNIST: the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
 * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz} (plain wins). Pixels are
 * divided by 255. The classes are 0 to the largest label of the training file. Training and validation rows come from the
 * shuffled training file, the test rows are the first ones of the t10k file.
 *
 * @param folder holds the four files
 * @param seen   what was read of them
 */
public record IdxFiles(Path folder, SeenFiles seen) implements FileSource {

    /** Where such files are to be had. */
    public static final String ORIGIN =
            "MNIST's four files are " + IdxFile.MNIST + "train-images-idx3-ubyte.gz and its like";

    private static final String TRAINING = "train";
    private static final String TEST = "t10k";
    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";

    public IdxFiles {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(seen, "seen");
    }

    /** Files that nobody has read yet. */
    public IdxFiles(Path folder) {
        this(folder, new SeenFiles());
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        return seen.read(files(), () -> loadNow(sizes, seed));
    }

    private DataSplit loadNow(SplitSizes sizes, long seed) {
        Images training = Images.read(folder, TRAINING);
        Images test = Images.read(folder, TEST);
        int classes = training.largestLabel() + 1;
        check(training, test, classes);
        sizes.requireTrainingRows(training.pixels.file(), training.count(), "images of the file");
        sizes.requireTestRows(test.pixels.file(), test.count(), "images of the file");
        int[] order = new Draws(seed).permutation(training.count());
        int[] chosen = Arrays.copyOf(order, sizes.training() + sizes.validation());
        List<DataSet> parts = training.select(chosen, sizes.training(), classes);
        return new DataSplit(
                parts.get(0),
                parts.get(1),
                test.select(IntStream.range(0, sizes.test()).toArray(), sizes.test(), classes)
                        .get(0),
                new InputShape(1, training.height(), training.width()),
                Target.Classes.numbered(classes).names());
    }

    @Override
    public List<Path> files() {
        return Stream.of(TRAINING + IMAGES, TRAINING + LABELS, TEST + IMAGES, TEST + LABELS)
                .map(name -> IdxFile.find(folder, name))
                .toList();
    }

    /**
     * The first images of the training file in their order there.
     *
     * @param count at least 1
     */
    public DataSet first(int count) {
        return seen.read(files(), () -> firstNow(count));
    }

    private DataSet firstNow(int count) {
        Images training = Images.read(folder, TRAINING);
        if (count > training.count()) {
            throw new InvalidDataException(
                    training.pixels.file(), count + " examples exceed the " + training.count() + " images of the file");
        }
        return training.select(IntStream.range(0, count).toArray(), count, training.largestLabel() + 1)
                .get(0);
    }

    private static void check(Images training, Images test, int classes) {
        if (classes < 2) {
            throw new InvalidDataException(training.labels.file(), "must hold at least 2 classes, got only label 0");
        }
        if (test.largestLabel() >= classes) {
            throw new InvalidDataException(
                    test.labels.file(),
                    "labels must be <= " + (classes - 1) + ", the largest training label, got " + test.largestLabel());
        }
        if (test.height() != training.height() || test.width() != training.width()) {
            throw new InvalidDataException(
                    test.pixels.file(),
                    "images must have the " + training.height() + " x " + training.width()
                            + " pixels of the training images, got " + test.height() + " x " + test.width());
        }
    }

    /** A file of images with its file of labels. */
    private static final class Images {

        private final IdxFile pixels;
        private final IdxFile labels;
        private final byte[] classes;

        private Images(IdxFile pixels, IdxFile labels) {
            this.pixels = pixels;
            this.labels = labels;
            if (labels.size(0) != pixels.size(0)) {
                throw new InvalidDataException(
                        labels.file(),
                        "must hold a label for each of the " + pixels.size(0) + " images of "
                                + pixels.file().getFileName() + ", got " + labels.size(0));
            }
            classes = labels.items(IntStream.range(0, labels.size(0)).toArray());
        }

        static Images read(Path folder, String name) {
            return new Images(IdxFile.open(folder, name + IMAGES, 3), IdxFile.open(folder, name + LABELS, 1));
        }

        int count() {
            return pixels.size(0);
        }

        int height() {
            return pixels.size(1);
        }

        int width() {
            return pixels.size(2);
        }

        int largestLabel() {
            return IntStream.range(0, count()).map(this::label).max().orElseThrow();
        }

        private int label(int image) {
            return classes[image] & 0xFF;
        }

        /** The first ones of the chosen images, then the others. */
        List<DataSet> select(int[] chosen, int first, int classCount) {
            int inputs = height() * width();
            Rows.check(chosen.length, inputs);
            byte[] values = pixels.items(chosen);
            return List.of(
                    rows(values, chosen, 0, first, classCount), rows(values, chosen, first, chosen.length, classCount));
        }

        private DataSet rows(byte[] values, int[] chosen, int from, int to, int classCount) {
            int inputs = height() * width();
            Rows rows = new Rows(to - from, inputs, classCount);
            for (int i = 0; i < rows.features().length; i++) {
                rows.features()[i] = (values[from * inputs + i] & 0xFF) / 255f;
            }
            for (int row = from; row < to; row++) {
                rows.label(row - from, label(chosen[row]));
            }
            return rows.toDataSet();
        }
    }
}
