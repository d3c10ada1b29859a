package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * In which order an iterator gives its examples, so that what a network makes of each can be compared with what it made of it before. Two
 * passes show it. An iterator that shuffles, as {@code MnistDataSetIterator} usually does, is followed: its examples are known by hashes of
 * their features and labels. Of any other the hashes of the labels are looked at in each pass, and its features may be augmented.
 */
final class ExampleOrder {

    /** So few examples may come in the same order twice by chance. */
    private static final int FEW = 8;

    /** So many examples are more than what is held out mostly has. */
    private static final int MANY = 1_000_000;

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);

    private final boolean shuffled;
    private final long[]
            expected; // by place; of the labels, or of features and labels, sorted, of an iterator that shuffles

    private ExampleOrder(boolean shuffled, long[] expected) {
        this.shuffled = shuffled;
        this.expected = expected;
    }

    /**
     * Looks at two passes.
     *
     * @param iterator at least one example; can be reset
     * @param first    is shown each batch of the first pass
     * @throws IllegalArgumentException if the second pass gives other examples: in their number, or in labels and in what belongs to them
     */
    static ExampleOrder of(DataSetIterator iterator, Consumer<DataSet> first) {
        Hashes one = pass(iterator, first);
        Hashes two = pass(iterator, batch -> {});
        long[] sorted = sorted(one.examples());
        boolean same = Arrays.equals(sorted, sorted(two.examples()));
        boolean inOrder = Arrays.equals(one.examples(), two.examples());
        if (same && (!inOrder || one.count() <= FEW)) {
            return new ExampleOrder(true, sorted);
        }
        if (!Arrays.equals(one.labels(), two.labels())) {
            throw new IllegalArgumentException(problem(one.count(), two.count()));
        }
        return new ExampleOrder(false, one.labels());
    }

    private static Hashes pass(DataSetIterator iterator, Consumer<DataSet> each) {
        Hashes hashes = new Hashes();
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            each.accept(batch);
            boolean few = hashes.count() < MANY;
            hashes.add(batch);
            if (few && hashes.count() >= MANY) {
                LOG.warn(
                        "{} validation examples have been read so far. All of them are read before the training, and at each evaluation: "
                                + "an iterator that never ends is read for ever. Give it an end, or fewer examples.",
                        hashes.count());
            }
        }
        return hashes;
    }

    private static long[] sorted(long[] hashes) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static String problem(int before, int now) {
        return "the validation data must give the same examples after each reset, got " + before + " examples and then "
                + (now == before ? "others" : now)
                + ": do not draw them at random, nor augment and shuffle them at once";
    }

    int count() {
        return expected.length;
    }

    /** Begins to follow a pass. */
    Pass pass() {
        return new Pass();
    }

    /** The examples of one pass as they come. */
    final class Pass {
        private final Hashes seen = new Hashes();

        /**
         * The next batch.
         *
         * @return the number of its first example in this pass
         * @throws IllegalStateException if there are more examples than before
         */
        int add(DataSet batch) {
            int first = seen.count();
            seen.add(batch, shuffled);
            if (seen.count() > count()) {
                throw new IllegalStateException(problem(count(), seen.count()));
            }
            return first;
        }

        /**
         * The pass is over.
         *
         * @return for each example of this pass its place in any pass
         * @throws IllegalStateException if the examples are others than before
         */
        int[] places() {
            long[] hashes = shuffled ? seen.examples() : seen.labels();
            int[] places = IntStream.range(0, hashes.length).toArray();
            if (shuffled) {
                int[] byHash = IntStream.of(places)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> hashes[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
                for (int place = 0; place < byHash.length; place++) {
                    places[byHash[place]] = place;
                }
            }
            if (!Arrays.equals(expected, shuffled ? sorted(hashes) : hashes)) {
                throw new IllegalStateException(problem(count(), seen.count()));
            }
            return places;
        }
    }

    /** Of the rows of some batches. */
    private static final class Hashes {
        private static final long FACTOR = 0x9E3779B97F4A7C15L;

        private long[] labels = {};
        private long[] examples = {};
        private int count;

        void add(DataSet batch) {
            add(batch, true);
        }

        void add(DataSet batch, boolean features) {
            int rows = batch.numExamples();
            if (count + rows > labels.length) {
                labels = Arrays.copyOf(labels, Math.max(count + rows, 2 * count));
                examples = Arrays.copyOf(examples, labels.length);
            }
            INDArray mask = batch.getFeaturesMaskArray();
            hash(batch.getLabels(), mask, labels, count, rows);
            System.arraycopy(labels, count, examples, count, rows);
            if (features) {
                hash(batch.getFeatures(), mask, examples, count, rows);
            }
            count += rows;
        }

        /**
         * Zeros do not count: they fill sequences up, to the longest one in the batch. Where they stand before a sequence, its mask tells
         * at which step it begins.
         */
        private static void hash(INDArray values, INDArray mask, long[] hashes, int from, int rows) {
            float[] all = values.dup('c').data().asFloat();
            int columns = all.length / rows;
            int inner = values.rank() < 2 ? 1 : (int) values.size(-1);
            boolean sequences = mask != null && mask.rank() == 2 && values.rank() == 3;
            boolean timeLast = sequences && values.size(2) == mask.size(1);
            boolean timeSecond = sequences && !timeLast && values.size(1) == mask.size(1);
            for (int row = 0; row < rows; row++) {
                int begin = timeLast || timeSecond ? firstStep(mask, row) : 0;
                long hash = hashes[from + row] * FACTOR;
                for (int i = 0; i < columns; i++) {
                    float value = all[row * columns + i];
                    int outer = i / inner - (timeSecond ? begin : 0);
                    int last = i % inner - (timeLast ? begin : 0);
                    if (value != 0 && outer >= 0 && last >= 0) {
                        hash += mixed(((long) outer << 32 | last) * FACTOR + Float.floatToIntBits(value));
                    }
                }
                hashes[from + row] = hash;
            }
        }

        /** 0 where all steps are masked. */
        private static int firstStep(INDArray mask, int row) {
            for (int step = 0; step < mask.size(1); step++) {
                if (mask.getDouble(row, step) != 0) {
                    return step;
                }
            }
            return 0;
        }

        private static long mixed(long value) {
            long half = (value ^ value >>> 32) * FACTOR;
            return half ^ half >>> 29;
        }

        int count() {
            return count;
        }

        long[] labels() {
            return Arrays.copyOf(labels, count);
        }

        long[] examples() {
            return Arrays.copyOf(examples, count);
        }
    }
}
