package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Held-out data decide in a SameDiff training as in that of the same MultiLayerNetwork. */
@Tag("slow")
class SameDiffValidationTest {

    private static final int BUDGET = 200;
    private static final DataSet BATCH = Networks.classes(30, 1);
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03);

    @TempDir
    private Path folder;

    private static DataSetIterator heldOut(int examples) {
        return new ExistingDataSetIterator(Networks.classes(examples, 2).batchBy(200));
    }

    private static AutoL2SameDiffListenerBuilder builder(AutoL2Options options) {
        return AutoL2SameDiffListener.builder(options).validation(heldOut(600), 5);
    }

    static Stream<IUpdater> updaters() {
        return Stream.of(new Nesterovs(0.1, 0.9), new Adam(0.02), new Sgd(0.3));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void goesBackAndRaisesWhereTheSameMultiLayerNetworkDoes(IUpdater updater) {
        // given
        MultiLayerNetwork expected = Networks.classifier(Networks.base(updater));
        SameDiff network = SameDiffNetworks.of(expected, updater);
        AutoL2Listener theirs =
                AutoL2Listener.builder(OPTIONS).validation(heldOut(600), 5).build();
        List<ValidationDecision> told = new ArrayList<>();
        AutoL2SameDiffListener ours =
                builder(OPTIONS).observer(telling(told::add)).build();
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when both forget everything, twice
        for (int i = 0; i < 2; i++) {
            Networks.fit(expected, BATCH, 15);
            train(network, 15);
            forget(expected);
            forget(network);
        }
        Networks.fit(expected, BATCH, 30);
        train(network, 30);

        // then
        assertThat(told)
                .isEqualTo(ours.validationDecisions())
                .isEqualTo(theirs.validationDecisions())
                .element(0)
                .isInstanceOf(RestoreAndRaise.class);
        assertThat(ours.lambda()).isEqualTo(theirs.lambda());
        assertThat(network.getVariable("w0").getArr().distance2(expected.getParam("0_W")))
                .isLessThan(0.02 * expected.getParam("0_W").norm2Number().doubleValue());
        assertThat(ours.history()).hasSameSizeAs(theirs.history());
    }

    /** Neither begins with the whole first lambda. */
    @Test
    void raisesLambdaOnceHarmedToThatOfTheSameMultiLayerNetwork() {
        AutoL2Options options = AutoL2Options.adaptive(BUDGET);
        IUpdater updater = new Nesterovs(0.1, 0.9);
        MultiLayerNetwork expected = Networks.classifier(Networks.base(updater));
        SameDiff network = SameDiffNetworks.of(expected, updater);
        AutoL2Listener theirs =
                AutoL2Listener.builder(options).validation(heldOut(600), 5).build();
        AutoL2SameDiffListener ours = builder(options).build();
        expected.addListeners(theirs);
        network.addListeners(ours);

        Networks.fit(expected, BATCH, 15);
        train(network, 15);
        double quiet = ours.lambda();
        forget(expected);
        forget(network);
        Networks.fit(expected, BATCH, 18);
        train(network, 18);

        assertThat(ours.validationDecisions()).element(0).isInstanceOf(RestoreAndRaise.class);
        assertThat(ours.lambda()).isGreaterThan(30 * quiet).isCloseTo(theirs.lambda(), withPercentage(0.01));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void bringsWeightsAndUpdaterBackBitForBit(IUpdater updater) {
        // given
        SameDiff network = classifier(updater);
        List<List<INDArray>> restored = new ArrayList<>();
        AutoL2SameDiffListener listener = builder(OPTIONS)
                .observer(telling(decision -> restored.add(state(network))))
                .build();
        network.addListeners(listener);
        train(network, 15); // the end of the first window
        List<INDArray> best = state(network);

        // when
        forget(network);
        train(network, 18);

        // then
        assertThat(listener.validationDecisions().get(0))
                .isInstanceOfSatisfying(
                        RestoreAndRaise.class,
                        back -> assertThat(back.bestIteration()).isEqualTo(15));
        assertThat(restored.get(0)).isEqualTo(best);
        assertThat(network.getTrainingConfig().getIterationCount()).isEqualTo(33);

        // and once more, by the user's wish
        assertThat(listener.restoreBest(network)).isEqualTo(15);
        assertThat(state(network)).isEqualTo(best);
    }

    @Test
    void takesTheRaiseBackAfterASecondHarm() {
        SameDiff network = classifier(new Sgd(0.3));
        AutoL2SameDiffListener listener = builder(OPTIONS).build();
        network.addListeners(listener);

        for (int i = 0; i < 2; i++) {
            train(network, 15);
            forget(network);
        }
        assertThat(listener.lambda()).isGreaterThan(0.03);
        train(network, 15);

        assertThat(listener.validationDecisions())
                .hasExactlyElementsOfTypes(RestoreAndRaise.class, RestoreAndHold.class);
        assertThat(listener.lambda()).isEqualTo(0.03);
    }

    @Test
    void dividesWhenNothingGetsBetterWhereTheSameMultiLayerNetworkDoes() {
        // given a penalty that leaves nothing of the weights
        AutoL2Options options = AutoL2Options.adaptive(2 * BUDGET).withInitialLambda(30);
        MultiLayerNetwork expected = Networks.classifier(Networks.base(new Sgd(0.001)));
        SameDiff network = SameDiffNetworks.of(expected, new Sgd(0.001));
        AutoL2Listener theirs =
                AutoL2Listener.builder(options).validation(heldOut(600), 5).build();
        AutoL2SameDiffListener ours = builder(options).build();
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        Networks.fit(expected, BATCH, 2 * BUDGET);
        train(network, 2 * BUDGET);

        // then
        assertThat(ours.validationDecisions())
                .isEqualTo(theirs.validationDecisions())
                .hasAtLeastOneElementOfType(Divide.class);
        assertThat(ours.changes()).hasSameSizeAs(theirs.changes()).isNotEmpty();
        assertThat(ours.lambda()).isEqualTo(theirs.lambda());
    }

    @Test
    void goesByTheLossWhereThereAreNoClasses() {
        // given a regression
        DataSet batch = quantities(30, 1);
        IUpdater updater = new Nesterovs(0.02, 0.9);
        MultiLayerNetwork expected = new MultiLayerNetwork(Networks.base(updater)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(8)
                        .nOut(3)
                        .build())
                .build());
        expected.init();
        SameDiff network = SameDiffNetworks.regression(expected, updater);
        AutoL2Listener theirs = AutoL2Listener.builder(OPTIONS)
                .validation(new ExistingDataSetIterator(quantities(300, 2).batchBy(100)), 5)
                .build();
        AutoL2SameDiffListener ours = AutoL2SameDiffListener.builder(OPTIONS)
                .validation(new ExistingDataSetIterator(quantities(300, 2).batchBy(100)), 5)
                .build();
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        Networks.fit(expected, batch, 15);
        network.fit(new ExistingDataSetIterator(List.of(batch)), 15);
        forget(expected);
        forget(network);
        Networks.fit(expected, batch, 15);
        network.fit(new ExistingDataSetIterator(List.of(batch)), 15);

        // then
        assertThat(ours.validationDecisions())
                .isEqualTo(theirs.validationDecisions())
                .hasAtLeastOneElementOfType(RestoreAndRaise.class);
    }

    @Test
    void judgesEachExampleAsTheSameMultiLayerNetwork() {
        MultiLayerNetwork expected = Networks.classifier(Networks.base(new Sgd(0.1)));
        HeldOut theirs = judged(Network.of(expected));
        SameDiffLoss.Source own = new SameDiffLoss.Loss();

        assertSame(judged(SameDiffNetworks.of(expected, new Sgd(0.1)), own), theirs);
        assertSame(judged(byHand(expected), new SameDiffLoss.Named("softmax", "labels")), theirs);

        HeldOut withoutClasses = judged(SameDiffNetworks.of(expected, new Sgd(0.1)), new SameDiffLoss.None());
        assertThat(withoutClasses.classifies()).isFalse();
        assertThat(withoutClasses.losses()).containsExactly(theirs.losses(), within(1e-5f));

        SameDiff sparse = SameDiffNetworks.outputs(expected);
        sparse.loss
                .sparseSoftmaxCrossEntropy(
                        "losses",
                        sparse.getVariable("logits"),
                        sparse.argmax("numbers", sparse.getVariable("labels"), 1))
                .mean("loss");
        assertSame(judged(SameDiffNetworks.trainedBy(sparse, new Sgd(0.1)), own), theirs);
    }

    /** What is trained is not what stands inside of the root. */
    @Test
    void judgesByTheRootOfALossWhereThatIsTrained() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        SameDiff plain = SameDiffNetworks.outputs(network);
        plain.loss.meanSquaredError("loss", plain.getVariable("labels"), plain.getVariable("logits"), null);
        SameDiff rooted = SameDiffNetworks.outputs(network);
        rooted.math.sqrt(
                "loss",
                rooted.loss.meanSquaredError(
                        "inside", rooted.getVariable("labels"), rooted.getVariable("logits"), null));

        float[] squares = judged(SameDiffNetworks.trainedBy(plain, new Sgd(0.1)), new SameDiffLoss.None())
                .losses();
        float[] roots = judged(SameDiffNetworks.trainedBy(rooted, new Sgd(0.1)), new SameDiffLoss.None())
                .losses();

        for (int i = 0; i < squares.length; i++) {
            assertThat(roots[i]).isCloseTo((float) Math.sqrt(squares[i]), within(1e-5f));
        }
    }

    private static void assertSame(HeldOut ours, HeldOut theirs) {
        assertThat(ours.losses()).containsExactly(theirs.losses(), within(1e-5f));
        assertThat(ours.hits()).isEqualTo(theirs.hits());
    }

    private static HeldOut judged(SameDiff network, SameDiffLoss.Source source) {
        return judged(new JudgedSameDiff(network, new SameDiffLoss(network, source)));
    }

    private static HeldOut judged(JudgedNetwork network) {
        return new HeldOutExamples(heldOut(30)).judge(network).orElseThrow().heldOut();
    }

    private static SameDiff byHand(MultiLayerNetwork network) {
        SameDiff copy = SameDiffNetworks.outputs(network);
        copy.nn.softmax("softmax", copy.getVariable("logits"), 1);
        copy.math
                .log(copy.getVariable("softmax"))
                .mul(copy.getVariable("labels"))
                .sum(1)
                .mean()
                .neg("loss");
        return SameDiffNetworks.trainedBy(copy, new Sgd(0.1));
    }

    @Test
    void nobodyNoticesTheEvaluations() {
        // given a network that trains with random numbers and a listener of the user's
        int[] calls = new int[2];
        List<INDArray> trained = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
            SDVariable noise = network.random.normal(0, 1, DataType.FLOAT, 30, 3);
            network.loss.softmaxCrossEntropy(
                    "loss",
                    network.getVariable("labels"),
                    network.getVariable("logits").add(noise),
                    null);
            SameDiffNetworks.trainedBy(network, new Adam(0.02));
            int index = i;
            network.addListeners(new BaseListener() {
                @Override
                public boolean isActive(Operation operation) {
                    calls[index]++;
                    return true;
                }
            });
            AutoL2SameDiffListenerBuilder builder = AutoL2SameDiffListener.builder(
                    AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03).withMinimumLambda(0.03));
            if (i == 0) {
                builder.validation(
                        new ExistingDataSetIterator(Networks.classes(60, 2).batchBy(30)), 2);
            }
            AutoL2SameDiffListener listener = builder.build();
            network.addListeners(listener);
            Nd4j.getRandom().setSeed(3);

            train(network, 9);

            assertThat(listener.validationDecisions()).isEmpty();
            trained.add(network.getVariable("w0").getArr());
        }

        assertThat(trained.get(0)).isEqualTo(trained.get(1));
        assertThat(calls[0]).isEqualTo(calls[1]).isPositive();
    }

    @Test
    void aRunThatWasSavedGoesOnBitForBit() throws IOException {
        // given a training without a stop
        SameDiff whole = classifier(new Adam(0.02));
        AutoL2SameDiffListener listener = builder(OPTIONS).build();
        whole.addListeners(listener);
        train(whole, 20);
        forget(whole);
        train(whole, 40);

        // when
        SameDiff stopped = classifier(new Adam(0.02));
        AutoL2SameDiffListener first = builder(OPTIONS).build();
        stopped.addListeners(first);
        train(stopped, 20);
        Path model = folder.resolve("network.fb");
        Path state = folder.resolve("autol2.zip");
        stopped.save(model.toFile(), true);
        first.savedRun().write(state);
        SameDiff read = SameDiff.load(model.toFile(), true);
        AutoL2SameDiffListener second = AutoL2SameDiffListener.resume(SavedRun.read(state))
                .validation(heldOut(600), 5)
                .build();
        read.addListeners(second);
        forget(read);
        train(read, 40);

        // then
        assertThat(second.validationDecisions())
                .isEqualTo(listener.validationDecisions())
                .hasAtLeastOneElementOfType(RestoreAndRaise.class);
        assertThat(second.lambda()).isEqualTo(listener.lambda());
        assertThat(state(read)).isEqualTo(state(whole));
        assertThat(second.restoreBest(read)).isEqualTo(listener.restoreBest(whole));
        assertThat(state(read)).isEqualTo(state(whole));
    }

    @Test
    void aRunThatGoesOnAsksForTheSameExamples() {
        SameDiff network = classifier(new Sgd(0.1));
        AutoL2SameDiffListener listener = builder(OPTIONS).build();
        network.addListeners(listener);
        train(network, 5);
        SavedRun saved = listener.savedRun();

        assertThatThrownBy(() -> AutoL2SameDiffListener.resume(saved).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("held-out data decide in the run that goes on: give them again, with validation(..)");
        assertThatThrownBy(() -> AutoL2SameDiffListener.resume(saved)
                        .validation(heldOut(599), 5)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation must give the same 600 examples as before the run was saved, got 599");
    }

    @Test
    void endsWithTheBestNetwork() {
        SameDiff network = classifier(new Nesterovs(0.1, 0.9));
        AutoL2SameDiffListener listener =
                builder(AutoL2Options.adaptive(17).withInitialLambda(0.03)).build();
        network.addListeners(listener);
        train(network, 15);
        List<INDArray> best = state(network);
        train(network, 1);
        forget(network);

        train(network, 1);

        assertThat(listener.validationDecisions()).singleElement().isInstanceOf(RestoreAndHold.class);
        assertThat(state(network)).isEqualTo(best);
    }

    @Test
    void refusesDataThatDoNotServeBeforeTheFirstUpdate() {
        refuses(
                new ExistingDataSetIterator(List.of(new DataSet(Nd4j.rand(10, 5), Nd4j.zeros(10, 3)))),
                classifier(new Sgd(0.1)),
                "the network does not take the validation data, with features [10, 5] and labels [10, 3]: ");
        refuses(
                new ExistingDataSetIterator(List.of(new DataSet(Nd4j.rand(10, 4), Nd4j.zeros(10, 2)))),
                classifier(new Sgd(0.1)),
                "the network does not take the validation data, with features [10, 4] and labels [10, 2]: ");

        SameDiff two = classifier(new Sgd(0.1));
        two.placeHolder("more", DataType.FLOAT, -1, 3);
        two.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("in")
                .dataSetLabelMapping("labels", "more")
                .build());
        INDArray labels = BATCH.getLabels();
        two.addListeners(builder(OPTIONS).build());
        assertThatThrownBy(() -> two.fit(
                        new MultiDataSet(new INDArray[] {BATCH.getFeatures()}, new INDArray[] {labels, labels})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("validation data are a DataSetIterator, whose batches have one input and one output: "
                        + "a network with several of them cannot be judged by them. Train it without validation(..)");

        assertThatThrownBy(() -> AutoL2SameDiffListener.builder(OPTIONS)
                        .validation(null, 5)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an iterator that can be reset, got null");
        assertThatThrownBy(() -> builder(AutoL2Options.adaptive()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("validation needs options with a budget");
    }

    private static void refuses(DataSetIterator examples, SameDiff network, String message) {
        INDArray before = network.getVariable("w0").getArr().dup();
        network.addListeners(
                AutoL2SameDiffListener.builder(OPTIONS).validation(examples, 5).build());

        assertThatThrownBy(() -> train(network, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message);
        assertThat(network.getVariable("w0").getArr()).isEqualTo(before);
    }

    @Test
    void knowsTheBestNetworkOnlyOfThisTrainingAndInTime() {
        SameDiff network = classifier(new Adam(0.02));
        AutoL2SameDiffListener listener = builder(OPTIONS).build();
        network.addListeners(listener);
        train(network, 5);
        assertThatThrownBy(() -> listener.restoreBest(network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there were fewer than 3 evaluations: the best network is not known");
        train(network, 10);
        assertThatThrownBy(() -> listener.restoreBest(classifier(new Adam(0.02))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the best network has 67 parameters and an updater's state of 134, this one has 67 and 0:"
                        + " it was saved without its updater, or belongs to another training");

        AutoL2SameDiffListener without = new AutoL2SameDiffListener(OPTIONS);
        assertThat(without.validationDecisions()).isEmpty();
        assertThatThrownBy(() -> without.restoreBest(network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("only a listener with validation data");
    }

    private static AutoL2Observer telling(Consumer<ValidationDecision> told) {
        return new AutoL2Observer() {
            @Override
            public void decided(ValidationDecision decision) {
                told.accept(decision);
            }
        };
    }

    private static SameDiff classifier(IUpdater updater) {
        return SameDiffNetworks.of(Networks.classifier(Networks.base(new Sgd(0.1))), updater);
    }

    private static void train(SameDiff network, int iterations) {
        for (int i = 0; i < iterations; i++) {
            network.fit(BATCH);
        }
    }

    /** The weights, and what the updater remembers, which would carry Adam back. */
    private static void forget(SameDiff network) {
        forget(
                new JudgedSameDiff(network, null),
                network.getVariable("w1").getArr(),
                network.getVariable("b1").getArr());
    }

    private static void forget(MultiLayerNetwork network) {
        forget(Network.of(network), network.getParam("1_W"), network.getParam("1_b"));
    }

    /** It takes the least likely class for the most likely one, and lives. */
    private static void forget(JudgedNetwork network, INDArray... outputLayer) {
        Stream.of(outputLayer).forEach(array -> array.muli(-1));
        network.updaterState().forEach(array -> array.muli(0));
    }

    /** Copies of all that training changes. */
    private static List<INDArray> state(SameDiff network) {
        JudgedSameDiff judged = new JudgedSameDiff(network, null);
        return Stream.of(judged.parameters(), judged.updaterState())
                .flatMap(List::stream)
                .map(INDArray::dup)
                .toList();
    }

    private static DataSet quantities(int rows, long seed) {
        DataSet data = Networks.classes(rows, seed);
        return new DataSet(
                data.getFeatures(),
                data.getFeatures()
                        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3))
                        .dup());
    }
}
