package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Grey images in the format of MNIST: the four files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
 * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz} (plain wins). Pixels are
 * divided by 255. The classes are 0 to the largest label of the training file. Training and validation rows come from the
 * shuffled training file, the test rows are the first ones of the t10k file.
 *
 * @param folder holds the four files
 */
public record IdxFiles(Path folder) implements DataSource {

    /** Where such files are to be had. */
    public static final String ORIGIN =
            "MNIST's four files are " + IdxFile.MNIST + "train-images-idx3-ubyte.gz and its like";

    public IdxFiles {
        Objects.requireNonNull(folder, "folder");
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        Images training = Images.read(folder, "train");
        Images test = Images.read(folder, "t10k");
        int classes = training.largestLabel() + 1;
        check(training, test, classes);
        sizes.requireTrainingRows(training.pixels.file(), training.count(), "images of the file");
        sizes.requireTestRows(test.pixels.file(), test.count(), "images of the file");
        int[] order = new Draws(seed).permutation(training.count());
        int end = sizes.training() + sizes.validation();
        return new DataSplit(
                training.select(
                        IntStream.range(0, sizes.training()).map(i -> order[i]).toArray(), classes),
                training.select(
                        IntStream.range(sizes.training(), end)
                                .map(i -> order[i])
                                .toArray(),
                        classes),
                test.select(IntStream.range(0, sizes.test()).toArray(), classes),
                new InputShape(1, training.height(), training.width()),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /**
     * The first images of the training file in their order there.
     *
     * @param count at least 1
     */
    public DataSet first(int count) {
        Images training = Images.read(folder, "train");
        if (count > training.count()) {
            throw new InvalidDataException(
                    training.pixels.file(), count + " examples exceed the " + training.count() + " images of the file");
        }
        return training.select(IntStream.range(0, count).toArray(), training.largestLabel() + 1);
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

        private Images(IdxFile pixels, IdxFile labels) {
            this.pixels = pixels;
            this.labels = labels;
        }

        static Images read(Path folder, String name) {
            Images images = new Images(
                    IdxFile.read(folder, name + "-images-idx3-ubyte", 3),
                    IdxFile.read(folder, name + "-labels-idx1-ubyte", 1));
            if (images.labels.size(0) != images.count()) {
                throw new InvalidDataException(
                        images.labels.file(),
                        "must hold a label for each of the " + images.count() + " images of "
                                + images.pixels.file().getFileName() + ", got " + images.labels.size(0));
            }
            return images;
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
            return IntStream.range(0, count()).map(labels::value).max().orElseThrow();
        }

        DataSet select(int[] chosen, int classes) {
            int inputs = height() * width();
            Rows rows = new Rows(chosen.length, inputs, classes);
            for (int row = 0; row < chosen.length; row++) {
                for (int i = 0; i < inputs; i++) {
                    rows.features()[rows.offset(row) + i] = pixels.value(chosen[row] * inputs + i) / 255f;
                }
                rows.label(row, labels.value(chosen[row]));
            }
            return rows.toDataSet();
        }
    }
}
