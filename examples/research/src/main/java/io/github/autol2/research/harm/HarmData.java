package io.github.autol2.research.harm;

import io.github.autol2.program.data.DataSource;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.LabelNoise;
import io.github.autol2.program.data.SplitSizes;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Generated examples, drawn by a seed. Test examples have neither wrong labels nor noise in their targets.
 *
 * @param train what a program learns from
 * @param test  what it is judged by
 */
record HarmData(DataSet train, DataSet test) {

    private static final int TEST = 1_000;
    private static final int CLOUD = 16; // numbers of a point in a cloud

    /** Draws one example into a row: features, and the class or the target. */
    private interface Draw {
        double next(Random random, double[] features);
    }

    /** Two interleaved half circles. */
    static HarmData moons(long seed, int rows, double wrong) {
        return classes(seed, rows, 2, 2, wrong, (random, x) -> {
            int moon = random.nextInt(2);
            double angle = Math.PI * random.nextDouble();
            x[0] = (moon == 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.2 * random.nextGaussian();
            x[1] = (moon == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)) + 0.2 * random.nextGaussian();
            return moon;
        });
    }

    /** Three arms of a spiral. */
    static HarmData spirals(long seed, int rows, double wrong) {
        return classes(seed, rows, 2, 3, wrong, (random, x) -> {
            int arm = random.nextInt(3);
            double radius = random.nextDouble();
            double angle = 4 * radius + arm * 2 * Math.PI / 3 + 0.2 * random.nextGaussian();
            x[0] = 2 * radius * Math.cos(angle);
            x[1] = 2 * radius * Math.sin(angle);
            return arm;
        });
    }

    /** Overlapping clouds of points, one for each class. */
    static HarmData clouds(long seed, int rows, int classes, double wrong) {
        double[][] centre = centres(seed, classes, 0.8);
        return classes(seed, rows, CLOUD, classes, wrong, (random, x) -> {
            int label = random.nextInt(classes);
            around(centre[label], random, x);
            return label;
        });
    }

    /**
     * Two overlapping clouds, of which one is seldom seen. It is half of the test examples: the accuracy on them is the mean of both classes'.
     *
     * @param share of the rare class in what is learned from
     */
    static HarmData rare(long seed, int rows, double share) {
        double[][] centre = centres(seed, 2, 0.5);
        return of(seed, rows, CLOUD, 2, (random, x, training, label) -> {
            int drawn = random.nextDouble() < (training ? share : 0.5) ? 1 : 0;
            around(centre[drawn], random, x);
            label.putScalar(drawn, 1);
        });
    }

    private static double[][] centres(long seed, int classes, double spread) {
        Random random = new Random(seed + 17);
        double[][] centre = new double[classes][CLOUD];
        for (double[] one : centre) {
            for (int i = 0; i < one.length; i++) {
                one[i] = spread * random.nextGaussian();
            }
        }
        return centre;
    }

    private static void around(double[] centre, Random random, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = centre[i] + random.nextGaussian();
        }
    }

    /** Two of ten inputs decide, by the sign of their product. */
    static HarmData product(long seed, int rows, double wrong) {
        return classes(seed, rows, 10, 2, wrong, (random, x) -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
            }
            return x[0] * x[1] > 0 ? 1 : 0;
        });
    }

    /** Sequences of 12 steps with 3 numbers each: is the first number larger on the mean in the first half or in the second? */
    static HarmData sequences(long seed, int rows, double wrong) {
        int length = 12;
        HarmData flat = classes(seed, rows, 3 * length, 2, wrong, (random, x) -> {
            double difference = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
                if (i < length) {
                    difference += i < length / 2 ? x[i] : -x[i];
                }
            }
            return difference > 0 ? 0 : 1;
        });
        return new HarmData(inTime(flat.train, length), inTime(flat.test, length));
    }

    /** The same with 6 to 12 steps: a mask leaves out those at the end. */
    static HarmData sequencesOfDifferentLength(long seed, int rows, double wrong) {
        HarmData whole = sequences(seed, rows, wrong);
        Random lengths = new Random(seed + 29);
        return new HarmData(cut(whole.train, lengths), cut(whole.test, lengths));
    }

    private static DataSet cut(DataSet whole, Random lengths) {
        INDArray features = whole.getFeatures();
        int steps = (int) features.size(2);
        INDArray mask = Nd4j.zeros(DataType.FLOAT, features.size(0), steps);
        for (int row = 0; row < features.size(0); row++) {
            int length = steps / 2 + lengths.nextInt(steps / 2 + 1);
            mask.get(NDArrayIndex.point(row), NDArrayIndex.interval(0, length)).assign(1);
        }
        return new DataSet(features, whole.getLabels(), mask, null);
    }

    /** Five labels of twelve inputs; a tenth of those that are learned from are wrong. */
    static HarmData labels(long seed, int rows) {
        int labels = 5;
        return of(seed, rows, 12, labels, (random, x, training, label) -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
            }
            for (int i = 0; i < labels; i++) {
                boolean holds = x[i] * x[i + 1] + x[i + labels] > 0.3;
                boolean mistaken = training && random.nextDouble() < 0.1;
                label.putScalar(i, holds != mistaken ? 1 : 0);
            }
        });
    }

    /** Clouds whose centres have moved since the others of this seed. */
    static HarmData movedClouds(long seed, int rows, int classes, double wrong) {
        double[][] centre = centres(seed, classes, 0.8);
        double[][] moves = centres(seed + 1_000, classes, 0.3);
        return classes(seed + 1, rows, CLOUD, classes, wrong, (random, x) -> {
            int label = random.nextInt(classes);
            around(centre[label], random, x);
            for (int i = 0; i < x.length; i++) {
                x[i] += moves[label][i];
            }
            return label;
        });
    }

    /** Features of shape [examples, numbers * length] become [examples, numbers, length]. */
    private static DataSet inTime(DataSet flat, int length) {
        INDArray features = flat.getFeatures();
        return new DataSet(
                features.reshape('c', features.size(0), features.size(1) / length, length), flat.getLabels());
    }

    /** Images of digits; the test images' labels are right. */
    static HarmData images(DataSource source, long seed, int rows, double wrong) {
        DataSplit split = new LabelNoise(wrong).apply(source.load(new SplitSizes(rows, 1, TEST), seed), seed);
        return new HarmData(split.training(), split.test());
    }

    /** The sum of two numbers. */
    static HarmData sum(long seed, int rows) {
        return targets(seed, rows, 2, 0, (random, x) -> {
            x[0] = 2 * random.nextDouble() - 1;
            x[1] = 2 * random.nextDouble() - 1;
            return x[0] + x[1];
        });
    }

    /** A smooth function of ten inputs with noise in what is learned from. */
    static HarmData surface(long seed, int rows, double noise) {
        return targets(seed, rows, 10, noise, (random, x) -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
            }
            return Math.sin(2 * x[0]) + x[1] * x[2] / 2 + x[3] / 2;
        });
    }

    /** A wave with noise in what is learned from. */
    static HarmData wave(long seed, int rows, double noise) {
        return targets(seed, rows, 1, noise, (random, x) -> {
            x[0] = 3.4 * random.nextDouble() - 1.7;
            return 1.4 * Math.sin(3.5 * x[0]);
        });
    }

    /** The same with targets that are larger by a number, as those of people who do not standardise them. */
    HarmData shifted(double by) {
        train.getLabels().addi(by);
        test.getLabels().addi(by);
        return this;
    }

    private static HarmData classes(long seed, int rows, int inputs, int classes, double wrong, Draw draw) {
        return of(seed, rows, inputs, classes, (random, x, training, label) -> {
            int drawn = (int) draw.next(random, x);
            boolean mistaken = training && random.nextDouble() < wrong;
            label.putScalar(mistaken ? random.nextInt(classes) : drawn, 1);
        });
    }

    private static HarmData targets(long seed, int rows, int inputs, double noise, Draw draw) {
        return of(
                seed,
                rows,
                inputs,
                1,
                (random, x, training, label) ->
                        label.putScalar(0, draw.next(random, x) + (training ? noise * random.nextGaussian() : 0)));
    }

    /** Draws one example: features, and what is to be learned into a row of zeros. */
    private interface Example {
        void draw(Random random, double[] features, boolean training, INDArray label);
    }

    private static HarmData of(long seed, int rows, int inputs, int outputs, Example example) {
        Random random = new Random(seed);
        DataSet training = draw(random, rows, inputs, outputs, true, example);
        return new HarmData(training, draw(random, TEST, inputs, outputs, false, example));
    }

    private static DataSet draw(Random random, int rows, int inputs, int outputs, boolean training, Example example) {
        INDArray features = Nd4j.create(DataType.FLOAT, rows, inputs);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, outputs);
        double[] x = new double[inputs];
        for (int row = 0; row < rows; row++) {
            example.draw(random, x, training, labels.getRow(row));
            put(features, row, x);
        }
        return new DataSet(features, labels);
    }

    private static void put(INDArray features, int row, double[] x) {
        for (int i = 0; i < x.length; i++) {
            features.putScalar(row, i, x[i]);
        }
    }
}
