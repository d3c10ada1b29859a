import io.github.autol2.dl4j.AutoL2SameDiffListener;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What the listener promises for SameDiff: a classifier whose bias is a row, and a regression whose last weight is a column. */
final class SameDiffVersions {

    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(Versions.ITERATIONS).fromTheStart();

    private SameDiffVersions() {}

    static void run(List<DataSet> circle) throws Exception {
        divides("SameDiff, Sgd", () -> classifier(new Sgd(0.3)), circle, OPTIONS, false);
        divides("SameDiff, Adam", () -> classifier(new Adam(0.01)), circle, OPTIONS, false);
        divides("SameDiff, Adam, with held-out data", () -> classifier(new Adam(0.01)), circle, OPTIONS, true);
        List<DataSet> radius = circle.stream().map(SameDiffVersions::radius).toList();
        divides("SameDiff, regression", () -> regression(new Sgd(0.1)), radius, OPTIONS.withInitialLambda(0.1), false);
    }

    private static void divides(String what, Supplier<SameDiff> network, List<DataSet> batches, AutoL2Options options, boolean heldOut)
            throws Exception {
        SameDiff whole = network.get();
        AutoL2SameDiffListener listener = listener(options, heldOut);
        whole.addListeners(listener);
        fit(whole, batches, 0, Versions.ITERATIONS);
        Versions.require(heldOut || !listener.changes().isEmpty(), "lambda must fall in SameDiff");

        SameDiff stopped = network.get();
        AutoL2SameDiffListener first = listener(options, heldOut);
        stopped.addListeners(first);
        fit(stopped, batches, 0, Versions.SAVED_AT);
        Path file = Files.createTempFile("versions", ".fb");
        Path state = Files.createTempFile("versions", ".json");
        stopped.save(file.toFile(), true);
        first.savedRun().write(state);
        if (!heldOut) { // or else it is a zip file
            Set<String> takePart = new TreeSet<>();
            new ObjectMapper().readTree(state.toFile()).path("ratios").fieldNames().forEachRemaining(takePart::add);
            Versions.require(takePart.equals(Set.of("w0", "w1")), "only weights must take part, got " + takePart);
        }
        SameDiff read = SameDiff.load(file.toFile(), true);
        var builder = AutoL2SameDiffListener.resume(SavedRun.read(state));
        AutoL2SameDiffListener second =
                heldOut ? builder.validation(Versions.heldOut(), 10).build() : builder.build();
        read.addListeners(second);
        fit(read, batches, Versions.SAVED_AT, Versions.ITERATIONS);
        Files.delete(file);
        Files.delete(state);
        Versions.require(
                second.lambda() == listener.lambda(), "lambda must be the same after a resume of SameDiff");
        for (String name : List.of("w0", "b0", "w1", "b1")) {
            Versions.require(
                    Arrays.equals(values(read, name), values(whole, name)),
                    "parameters must be the same after a resume of SameDiff");
        }
        Versions.tell(what, listener.lambda(), listener.changes().size());
    }

    private static AutoL2SameDiffListener listener(AutoL2Options options, boolean heldOut) {
        var builder = AutoL2SameDiffListener.builder(options);
        return heldOut ? builder.validation(Versions.heldOut(), 10).build() : builder.build();
    }

    private static float[] values(SameDiff network, String name) {
        return network.getVariable(name).getArr().dup().data().asFloat();
    }

    private static void fit(SameDiff network, List<DataSet> batches, int from, int to) {
        for (int i = from; i < to; i++) {
            network.fit(batches.get(i % batches.size()));
        }
    }

    /** The network of the others; the bias of its hidden layer is a row. */
    private static SameDiff classifier(IUpdater updater) {
        SameDiff network = SameDiff.create();
        SDVariable output = output(network, 2);
        network.loss.softmaxCrossEntropy("loss", network.getVariable("labels"), output, null);
        return configured(network, updater);
    }

    private static SameDiff regression(IUpdater updater) {
        SameDiff network = SameDiff.create();
        SDVariable output = output(network, 1);
        network.loss.meanSquaredError("loss", network.getVariable("labels"), output, null);
        return configured(network, updater);
    }

    private static SDVariable output(SameDiff network, int columns) {
        SDVariable input = network.placeHolder("in", DataType.FLOAT, -1, 2);
        network.placeHolder("labels", DataType.FLOAT, -1, columns);
        SDVariable hidden = network.nn.relu(
                input.mmul(network.var("w0", weights(2, 32))).add(network.var("b0", Nd4j.zeros(DataType.FLOAT, 1, 32))),
                0);
        return hidden.mmul(network.var("w1", weights(32, columns)))
                .add(network.var("b1", Nd4j.zeros(DataType.FLOAT, columns)));
    }

    private static SameDiff configured(SameDiff network, IUpdater updater) {
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

    /** The distance from the centre, in the place of the class. */
    private static DataSet radius(DataSet batch) {
        return new DataSet(batch.getFeatures(), batch.getFeatures().norm2(1).reshape(batch.numExamples(), 1));
    }
}
