import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2SameDiffListener;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What the listener promises for every version of Deeplearning4j, on the version that is on the class path: a network and a graph divide
 * lambda, go on from a file bit for bit, with training signals and with held-out data; what a run exports as plain schedules gives the same
 * parameters again; a SameDiff network divides lambda and goes on from a file; a calibration predicts lambda. Any failure is an exception.
 */
public final class Versions {

    private static final int ITERATIONS = 400;
    private static final int SAVED_AT = 100;

    public static void main(String[] args) throws Exception {
        List<DataSet> batches = circle(400, 1).batchBy(50);
        for (boolean graph : new boolean[] {false, true}) {
            for (boolean heldOut : new boolean[] {false, true}) {
                Model whole = graph ? graph() : network();
                AutoL2Listener listener = listener(heldOut);
                whole.addListeners(listener);
                fit(whole, batches, 0, ITERATIONS);
                require(heldOut || !listener.divisions().isEmpty(), "lambda must fall");
                if (!heldOut) {
                    repeats(whole, listener, batches);
                }

                Model stopped = graph ? graph() : network();
                AutoL2Listener first = listener(heldOut);
                stopped.addListeners(first);
                fit(stopped, batches, 0, SAVED_AT);
                Path file = Files.createTempFile("versions", ".zip");
                first.save(stopped, file, true);
                Model read = graph
                        ? ComputationGraph.load(file.toFile(), true)
                        : MultiLayerNetwork.load(file.toFile(), true);
                var builder = AutoL2Listener.resume(SavedRun.readFrom(file));
                AutoL2Listener second = heldOut ? builder.validation(heldOut(), 10).build() : builder.build();
                read.addListeners(second);
                fit(read, batches, SAVED_AT, ITERATIONS);
                Files.delete(file);
                require(second.lambda() == listener.lambda(), "lambda must be the same after a resume");
                require(
                        Arrays.equals(read.params().toFloatVector(), whole.params().toFloatVector()),
                        "parameters must be the same after a resume");
                System.out.println((graph ? "graph" : "network") + (heldOut ? " with held-out data" : "") + ": lambda "
                        + listener.lambda() + ", divisions " + listener.divisions().size());
            }
        }
        sameDiffDivides(batches, new Sgd(0.3), false);
        sameDiffDivides(batches, new Adam(0.01), false);
        sameDiffDivides(batches, new Adam(0.01), true);
        Calibration calibration = new LambdaCalibrator(CalibrationOptions.forBudget(ITERATIONS))
                .calibrate(network(), new Batches(batches), heldOut());
        double lambda = calibration.predict(ITERATIONS).lambda();
        MultiLayerNetwork network = network();
        Lambda.set(network, lambda);
        require(network.calcRegularizationScore(true) > 0, "the predicted lambda must act");
        System.out.println("calibration: lambda " + lambda);
    }

    /** A network that has the run's lambdas as Deeplearning4j's own schedules, and no listener, comes to the same parameters. */
    private static void repeats(Model whole, AutoL2Listener listener, List<DataSet> batches) {
        Model again = whole instanceof MultiLayerNetwork
                ? new MultiLayerNetwork(listener.schedule().applyTo(networkConfiguration()))
                : new ComputationGraph(listener.schedule().applyTo(graphConfiguration()));
        again.init();
        fit(again, batches, 0, ITERATIONS);
        require(
                Arrays.equals(again.params().toFloatVector(), whole.params().toFloatVector()),
                "parameters must be the same with the exported schedule");
        System.out.println("schedule of the " + (whole instanceof MultiLayerNetwork ? "network" : "graph") + ": "
                + listener.schedule().steps().size() + " steps");
    }

    private static void sameDiffDivides(List<DataSet> batches, IUpdater updater, boolean heldOut) throws Exception {
        SameDiff whole = sameDiff(updater);
        AutoL2SameDiffListener listener = sameDiffListener(heldOut);
        whole.addListeners(listener);
        fit(whole, batches, 0, ITERATIONS);
        require(heldOut || !listener.divisions().isEmpty(), "lambda must fall in SameDiff");

        SameDiff stopped = sameDiff(updater);
        AutoL2SameDiffListener first = sameDiffListener(heldOut);
        stopped.addListeners(first);
        fit(stopped, batches, 0, SAVED_AT);
        Path file = Files.createTempFile("versions", ".fb");
        Path state = Files.createTempFile("versions", ".json");
        stopped.save(file.toFile(), true);
        first.savedRun().write(state);
        SameDiff read = SameDiff.load(file.toFile(), true);
        var builder = AutoL2SameDiffListener.resume(SavedRun.read(state));
        AutoL2SameDiffListener second = heldOut ? builder.validation(heldOut(), 10).build() : builder.build();
        read.addListeners(second);
        fit(read, batches, SAVED_AT, ITERATIONS);
        Files.delete(file);
        Files.delete(state);
        require(second.lambda() == listener.lambda(), "lambda must be the same after a resume of SameDiff");
        for (String name : List.of("w0", "b0", "w1", "b1")) {
            require(
                    Arrays.equals(values(read, name), values(whole, name)),
                    "parameters must be the same after a resume of SameDiff");
        }
        System.out.println("SameDiff, " + updater.getClass().getSimpleName() + (heldOut ? ", with held-out data" : "") + ": lambda " + listener.lambda() + ", divisions "
                + listener.divisions().size());
    }

    private static AutoL2SameDiffListener sameDiffListener(boolean heldOut) {
        var builder = AutoL2SameDiffListener.builder(AutoL2Options.adaptive(ITERATIONS));
        return heldOut ? builder.validation(heldOut(), 10).build() : builder.build();
    }

    private static float[] values(SameDiff network, String name) {
        return network.getVariable(name).getArr().dup().data().asFloat();
    }

    private static void fit(SameDiff network, List<DataSet> batches, int from, int to) {
        for (int i = from; i < to; i++) {
            network.fit(batches.get(i % batches.size()));
        }
    }

    /** The network of the others. */
    private static SameDiff sameDiff(IUpdater updater) {
        SameDiff network = SameDiff.create();
        SDVariable input = network.placeHolder("in", DataType.FLOAT, -1, 2);
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 2);
        SDVariable hidden = network.nn.relu(
                input.mmul(network.var("w0", weights(2, 32))).add(network.var("b0", Nd4j.zeros(DataType.FLOAT, 32))), 0);
        SDVariable output =
                hidden.mmul(network.var("w1", weights(32, 2))).add(network.var("b1", Nd4j.zeros(DataType.FLOAT, 2)));
        network.loss.softmaxCrossEntropy("loss", labels, output, null);
        network.setLossVariables("loss");
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .dataSetFeatureMapping("in")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    private static INDArray weights(int inputs, int outputs) {
        Random random = new Random(inputs);
        float[][] weights = new float[inputs][outputs];
        for (float[] row : weights) {
            for (int i = 0; i < outputs; i++) {
                row[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
            }
        }
        return Nd4j.create(weights);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalStateException(rule);
        }
    }

    private static AutoL2Listener listener(boolean heldOut) {
        var builder = AutoL2Listener.builder(AutoL2Options.adaptive(ITERATIONS));
        return heldOut ? builder.validation(heldOut(), 10).build() : builder.build();
    }

    private static DataSetIterator heldOut() {
        return new Batches(circle(200, 2).batchBy(100));
    }

    private static void fit(Model model, List<DataSet> batches, int from, int to) {
        for (int i = from; i < to; i++) {
            DataSet batch = batches.get(i % batches.size());
            if (model instanceof MultiLayerNetwork network) {
                network.fit(batch);
            } else {
                ((ComputationGraph) model).fit(batch);
            }
        }
    }

    private static NeuralNetConfiguration.Builder base() {
        return new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.01));
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(networkConfiguration());
        network.init();
        return network;
    }

    private static MultiLayerConfiguration networkConfiguration() {
        return base().updater(new Sgd(0.3)).list().layer(hidden()).layer(output()).build();
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(graphConfiguration());
        graph.init();
        return graph;
    }

    private static ComputationGraphConfiguration graphConfiguration() {
        return base().graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(), "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .build();
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder().nIn(2).nOut(32).activation(Activation.RELU).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(32)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static DataSet circle(int points, long seed) {
        Random random = new Random(seed);
        float[][] features = new float[points][2];
        float[][] labels = new float[points][2];
        for (int i = 0; i < points; i++) {
            features[i] = new float[] {2 * random.nextFloat() - 1, 2 * random.nextFloat() - 1};
            labels[i][Math.hypot(features[i][0], features[i][1]) < 0.8 ? 1 : 0] = 1;
        }
        INDArray inputs = Nd4j.create(features);
        return new DataSet(inputs, Nd4j.create(labels));
    }

    /** Deeplearning4j's own iterators over lists change their package from version to version. */
    private static final class Batches implements DataSetIterator {
        private final List<DataSet> batches;
        private Iterator<DataSet> left;

        Batches(List<DataSet> batches) {
            this.batches = batches;
            reset();
        }

        @Override
        public void reset() {
            left = batches.iterator();
        }

        @Override
        public boolean hasNext() {
            return left.hasNext();
        }

        @Override
        public DataSet next() {
            return left.next();
        }

        @Override
        public DataSet next(int examples) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int inputColumns() {
            return 2;
        }

        @Override
        public int totalOutcomes() {
            return 2;
        }

        @Override
        public boolean resetSupported() {
            return true;
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }

        @Override
        public int batch() {
            return batches.get(0).numExamples();
        }

        @Override
        public void setPreProcessor(DataSetPreProcessor processor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataSetPreProcessor getPreProcessor() {
            return null;
        }

        @Override
        public List<String> getLabels() {
            return Collections.emptyList();
        }
    }
}
