import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What the listener promises for every version of Deeplearning4j, on the version that is on the class path: a network and a graph divide
 * lambda, go on from a file bit for bit, with training signals and with held-out data; what a run exports as plain schedules gives the same
 * parameters again; a SameDiff network divides lambda and goes on from a file; a calibration predicts lambda. Any failure is an exception.
 */
public final class Versions {

    static final int ITERATIONS = 400;
    static final int SAVED_AT = 100;

    public static void main(String[] args) throws Exception {
        List<DataSet> batches = circle(400, 1).batchBy(50);
        for (boolean graph : new boolean[] {false, true}) {
            for (boolean heldOut : new boolean[] {false, true}) {
                Model whole = graph ? graph() : network();
                AutoL2Listener listener = listener(heldOut);
                whole.addListeners(listener);
                fit(whole, batches, 0, ITERATIONS);
                require(heldOut || !listener.changes().isEmpty(), "lambda must fall");
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
                tell(
                        (graph ? "graph" : "network") + (heldOut ? " with held-out data" : ""),
                        listener.lambda(),
                        listener.changes().size());
            }
        }
        SameDiffVersions.run(batches);
        Calibration calibration = new LambdaCalibrator(CalibrationOptions.forBudget(ITERATIONS))
                .calibrate(network(), new Batches(batches), heldOut());
        double lambda = calibration.predict(ITERATIONS).lambda();
        MultiLayerNetwork network = network();
        Lambda.set(network, lambda);
        require(network.calcRegularizationScore(true) > 0, "the predicted lambda must act");
        tell("calibration", String.format(Locale.ROOT, "%.3g", lambda));
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
        tell(
                "schedule of the " + (whole instanceof MultiLayerNetwork ? "network" : "graph"),
                listener.schedule().steps().size() + " steps");
    }

    /** For the table that {@code .ci/versions} prints. */
    static void tell(String what, double lambda, int divisions) {
        tell(what, String.format(Locale.ROOT, "%.3g (%d)", lambda, divisions));
    }

    private static void tell(String what, String value) {
        System.out.println("result|" + what + "|" + value);
    }

    static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalStateException(rule);
        }
    }

    private static AutoL2Listener listener(boolean heldOut) {
        var builder = AutoL2Listener.builder(AutoL2Options.adaptive(ITERATIONS).fromTheStart());
        return heldOut ? builder.validation(heldOut(), 10).build() : builder.build();
    }

    static DataSetIterator heldOut() {
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
}
