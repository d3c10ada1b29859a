package io.github.autol2.benchmark;

import io.github.autol2.dl4j.fence.Fence;
import io.github.autol2.dl4j.onednn.OneDnn;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The JVM that {@link FenceStress} starts: some threads repeat one kind of work until the time is up. Arguments: work, threads, seconds.
 * A line {@code steps collections} follows every tenth of a second, so that the last is known after a crash.
 */
final class StressedJvm {

    private static final int ROWS = 32;
    private static final int COLUMNS = 64;
    private static final long PERIOD = 100; // ms

    private StressedJvm() {}

    /** What a thread repeats. */
    enum Work {
        /** A training step of an MLP 64-32-32-10 on 32 rows: many small operations. */
        TRAINING(StressedJvm::training),
        /** A training step of two convolutions with batch normalisation, by oneDNN where the natives have it. */
        CONVOLUTIONS(StressedJvm::convolutions),
        /** One broadcast of arrays that nothing else holds. */
        BROADCAST(seed -> () -> Nd4j.rand(ROWS, COLUMNS).addRowVector(Nd4j.rand(1, COLUMNS))),
        /** A product of matrices that nothing else holds. */
        MATRICES(seed -> () -> Nd4j.rand(ROWS, COLUMNS).mmul(Nd4j.rand(COLUMNS, ROWS))),
        /** Native calls that pass by the executioner: a dot product, a shuffle, chosen rows, a copy. */
        OUTSIDE(seed -> () -> {
            Nd4j.getBlasWrapper().dot(Nd4j.ones(ROWS * COLUMNS), Nd4j.ones(ROWS * COLUMNS));
            Nd4j.shuffle(Nd4j.ones(ROWS, COLUMNS), 1);
            Nd4j.pullRows(Nd4j.ones(ROWS, COLUMNS), 1, new int[] {1, 3, 5});
            Nd4j.ones(ROWS, COLUMNS).unsafeDuplication();
        });

        private final LongFunction<Runnable> steps;

        Work(LongFunction<Runnable> steps) {
            this.steps = steps;
        }

        /** What a thread repeats, with a seed of its own. */
        Runnable step(long seed) {
            return steps.apply(seed);
        }

        /** By its name on a command line. */
        static Work of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Fence.install();
        OneDnn.install();
        Work work = Work.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        AtomicLong steps = new AtomicLong();
        for (int i = 0; i < threads; i++) {
            Runnable step = work.step(i);
            Thread thread = new Thread(() -> {
                while (true) {
                    step.run();
                    steps.incrementAndGet();
                }
            });
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, cause) -> {
                cause.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            thread.start();
        }
        report(steps, Double.parseDouble(arguments[2]));
        Runtime.getRuntime().halt(0); // the threads are still in native code
    }

    private static void report(AtomicLong steps, double seconds) throws InterruptedException {
        long start = System.nanoTime();
        while ((System.nanoTime() - start) / 1e9 < seconds) {
            Thread.sleep(PERIOD);
            System.out.printf(Locale.ROOT, "%d %d%n", steps.get(), collections());
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static Runnable training(long seed) {
        return steps(list(seed)
                .setInputType(InputType.feedForward(COLUMNS))
                .layer(new DenseLayer.Builder().nOut(32).build())
                .layer(new DenseLayer.Builder().nOut(32).build()));
    }

    private static Runnable convolutions(long seed) {
        return steps(list(seed)
                .setInputType(InputType.convolutionalFlat(8, 8, 1))
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build())
                .layer(new BatchNormalization())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build()));
    }

    private static ListBuilder list(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Nesterovs(0.01, 0.9))
                .activation(Activation.RELU)
                .l2(1e-3)
                .list();
    }

    private static Runnable steps(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(10)
                        .build())
                .build());
        network.init();
        INDArray features = Nd4j.rand(ROWS, COLUMNS);
        INDArray labels = Nd4j.zeros(ROWS, 10);
        for (int row = 0; row < ROWS; row++) {
            labels.putScalar(row, row % 10, 1);
        }
        return () -> network.fit(features, labels);
    }
}
