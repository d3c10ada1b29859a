package io.github.autol2.benchmark;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2SameDiffListener;
import io.github.autol2.schedule.AutoL2Options;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.InvocationType;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.EvaluativeListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One training step (batch 128, Nesterovs) of a network with some listener or none. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TrainingStep {

    private static final int BATCH = 128;
    private static final int TEST_IMAGES = 1000;
    private static final int EVERY = 10;
    private static final int BUDGET = 4000;
    static final double ETA = 0.05;
    static final double MOMENTUM = 0.9;

    /**
     * Which network: {@code mlp} is 784-64-64-64-10, {@code wide} 784-1024-1024-10, {@code cnn} two 3x3 convolutions of 8,
     * {@code samediff} the first in SameDiff.
     */
    @Param({"mlp", "wide", "cnn", "samediff"})
    public String network;

    /** Which listener; SameDiff has the first three, and {@code constant}: the penalty's own work. */
    @Param({"none", "empty", "adaptive", "paper", "score", "evaluative", "authors", "constant"})
    public String listener;

    /** The listener's budget, in iterations. */
    long budget = BUDGET;

    private MultiLayerNetwork trained; // null: SameDiff
    private SameDiff sameDiff; // null: another
    private DataSet[] batches;
    private int next;
    private final Meter meter = new Meter();
    private OpenPage page; // null: none

    /** What the listener took, summed over the steps of an iteration of the benchmark. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cost {
        /** Training steps. */
        public long steps;
        /** Nanoseconds inside the listener. */
        public long nanoseconds;
        /** Heap bytes allocated inside the listener. */
        public long bytes;
    }

    /** Builds the network and random data; the numbers do not matter for the time. */
    @Setup
    public void prepare() {
        batches = new DataSet[] {batch(), batch(), batch()};
        if (network.equals("samediff")) {
            sameDiff = SameDiffStep.network(new Nesterovs(ETA, MOMENTUM), 784, 64, 64, 64, 10);
            if (!listener.equals("none")) {
                sameDiff.addListeners(new SameDiffStep.Metered(sameDiffListener(), meter));
            }
        } else {
            trained = build();
            if (!listener.equals("none")) {
                trained.addListeners(new Metered(listener(), meter));
            }
        }
    }

    /** The page of listener {@code page}. */
    OpenPage page() {
        return page;
    }

    /** Closes the page. */
    void close() {
        if (page != null) {
            page.close();
        }
    }

    /** The step. */
    @Benchmark
    public void fit(Cost cost) {
        long nanoseconds = meter.nanoseconds();
        long bytes = meter.bytes();
        DataSet batch = batches[next++ % batches.length];
        if (sameDiff == null) {
            trained.fit(batch);
        } else {
            sameDiff.fit(batch);
        }
        cost.steps++;
        cost.nanoseconds += meter.nanoseconds() - nanoseconds;
        cost.bytes += meter.bytes() - bytes;
    }

    private BaseListener sameDiffListener() {
        return switch (listener) {
            case "empty" -> new EmptyListener();
            case "adaptive" -> new AutoL2SameDiffListener(AutoL2Options.adaptive(budget));
            case "constant" -> new SameDiffStep.ConstantPenalty(sameDiff);
            default -> throw new IllegalArgumentException("no listener of SameDiff: " + listener);
        };
    }

    private TrainingListener observedByAPage() {
        page = new OpenPage();
        return AutoL2Listener.builder(AutoL2Options.adaptive(budget))
                .observer(page.page())
                .build();
    }

    private TrainingListener listener() {
        return switch (listener) {
            case "empty" -> new BaseTrainingListener() {};
            case "adaptive" -> new AutoL2Listener(AutoL2Options.adaptive(budget));
            case "page" -> observedByAPage();
            case "paper" -> new AutoL2Listener(AutoL2Options.paper());
            case "score" -> new ScoreIterationListener(EVERY);
            case "evaluative" ->
                new EvaluativeListener(
                        new ListDataSetIterator<>(random(TEST_IMAGES).asList(), BATCH),
                        EVERY,
                        InvocationType.ITERATION_END);
            case "authors" -> new AuthorsScheme(random(BATCH), random(TEST_IMAGES));
            default -> throw new IllegalArgumentException("no listener " + listener);
        };
    }

    private MultiLayerNetwork build() {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(ETA, MOMENTUM))
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .l2(1e-3)
                .list()
                .setInputType(InputType.convolutionalFlat(28, 28, 1));
        switch (network) {
            case "mlp" -> dense(layers, 64, 64, 64);
            case "wide" -> dense(layers, 1024, 1024);
            case "cnn" -> {
                for (int i = 0; i < 2; i++) {
                    layers.layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build());
                    layers.layer(new SubsamplingLayer.Builder()
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .build());
                }
            }
            default -> throw new IllegalArgumentException("no network " + network);
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(10)
                .build());
        MultiLayerNetwork built = new MultiLayerNetwork(layers.build());
        built.init();
        return built;
    }

    private static void dense(NeuralNetConfiguration.ListBuilder layers, int... widths) {
        for (int width : widths) {
            layers.layer(new DenseLayer.Builder().nOut(width).build());
        }
    }

    /** Random data of a step. */
    static DataSet batch() {
        return random(BATCH);
    }

    private static DataSet random(int rows) {
        DataSet data = new DataSet(Nd4j.rand(DataType.FLOAT, rows, 784), Nd4j.zeros(DataType.FLOAT, rows, 10));
        for (int row = 0; row < rows; row++) {
            data.getLabels().putScalar(row, row % 10, 1);
        }
        return data;
    }

    /** Of SameDiff. */
    private static final class EmptyListener extends BaseListener {
        @Override
        public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
        }
    }

    /** What the authors' program does at each measurement: loss and accuracy on a fresh batch and on the whole test set. */
    private static final class AuthorsScheme extends BaseTrainingListener {
        private final DataSet fresh;
        private final DataSet test;

        @SuppressWarnings("UnusedVariable") // so that the work is not left out
        private double sum;

        private AuthorsScheme(DataSet fresh, DataSet test) {
            this.fresh = fresh;
            this.test = test;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            if (iteration % EVERY == 0) {
                MultiLayerNetwork network = (MultiLayerNetwork) model;
                for (DataSet data : new DataSet[] {fresh, test}) {
                    Evaluation evaluation = new Evaluation();
                    evaluation.eval(data.getLabels(), network.output(data.getFeatures()));
                    sum += network.score(data) - network.calcRegularizationScore(true) + evaluation.accuracy();
                }
            }
        }
    }
}
