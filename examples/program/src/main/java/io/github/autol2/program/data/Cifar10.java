package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * CIFAR-10 in its binary format. Pixels are standardised with one mean and one deviation, those of all pixels of the training rows, as
 * in the code beside arXiv:2006.08643; a row holds red, then green, then blue. Training and validation rows come from the shuffled five
 * training files, the test rows are the first ones of {@code test_batch.bin}.
 *
 * @param path a folder with {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}, or with their folder
 *             {@code cifar-10-batches-bin}, or with the archive {@code cifar-10-binary.tar.gz}; or such an archive
 * @param seen what was read of it
 */
public record Cifar10(Path path, SeenFiles seen) implements FileSource {

    /** Where the files are to be had. */
    public static final String ORIGIN =
            "CIFAR-10's \"binary version\" is at https://www.cs.toronto.edu/~kriz/cifar.html";

    private static final int SIDE = 32;
    private static final InputShape SHAPE = new InputShape(3, SIDE, SIDE);
    private static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    public Cifar10 {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(seen, "seen");
    }

    /** Files that nobody has read yet. */
    public Cifar10(Path path) {
        this(path, new SeenFiles());
    }

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        return seen.read(files(), () -> loadNow(sizes, seed));
    }

    private DataSplit loadNow(SplitSizes sizes, long seed) {
        Cifar10Files files = Cifar10Files.read(path, SHAPE.inputs(), CLASS_NAMES.size());
        Cifar10Files.Images training = files.training();
        Cifar10Files.Images test = files.test();
        sizes.requireTrainingRows(path, training.count(), "images of the training files");
        sizes.requireTestRows(path, test.count(), "images of test_batch.bin");
        int[] order = new Draws(seed).permutation(training.count());
        int[] trainingRows =
                IntStream.range(0, sizes.training()).map(i -> order[i]).toArray();
        int[] validationRows = IntStream.range(sizes.training(), sizes.training() + sizes.validation())
                .map(i -> order[i])
                .toArray();
        Scale scale = Scale.of(training, trainingRows);
        return new DataSplit(
                select(training, trainingRows, scale),
                select(training, validationRows, scale),
                select(test, IntStream.range(0, sizes.test()).toArray(), scale),
                SHAPE,
                CLASS_NAMES);
    }

    @Override
    public List<Path> files() {
        return Cifar10Files.files(path);
    }

    private static DataSet select(Cifar10Files.Images images, int[] chosen, Scale scale) {
        Rows rows = new Rows(chosen.length, SHAPE.inputs(), CLASS_NAMES.size());
        for (int row = 0; row < chosen.length; row++) {
            for (int i = 0; i < SHAPE.inputs(); i++) {
                rows.features()[rows.offset(row) + i] = scale.apply(images.value(chosen[row], i));
            }
            rows.label(row, images.label(chosen[row]));
        }
        return rows.toDataSet();
    }

    /** Mean 0 and deviation 1 over all pixels; a deviation of 0 counts as 1. */
    private record Scale(double mean, double deviation) {

        static Scale of(Cifar10Files.Images images, int[] rows) {
            long sum = 0;
            long squares = 0;
            for (int row : rows) {
                for (int i = 0; i < SHAPE.inputs(); i++) {
                    int value = images.value(row, i);
                    sum += value;
                    squares += (long) value * value;
                }
            }
            double count = (double) rows.length * SHAPE.inputs();
            double mean = sum / count;
            double variance = squares / count - mean * mean; // of whole numbers to 255: nothing is lost
            return new Scale(mean, variance > 0 ? Math.sqrt(variance) : 1);
        }

        float apply(int value) {
            return (float) ((value - mean) / deviation);
        }
    }
}
