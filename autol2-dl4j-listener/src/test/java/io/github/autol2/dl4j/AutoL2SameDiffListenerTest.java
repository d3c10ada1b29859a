package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;

/** SameDiff against the same network as MultiLayerNetwork, and what is its own. */
@Tag("slow")
class AutoL2SameDiffListenerTest {

    private static final int ITERATIONS = 240;
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(ITERATIONS).fromTheStart().withRefractory(0.1);
    private static final AutoL2Options FIXED = OPTIONS.withInitialLambda(0.3);

    @TempDir
    private Path folder;

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1),
                new Nesterovs(0.05, 0.9),
                new Adam(0.02),
                new AMSGrad(0.02),
                new Nadam(0.002),
                new AdaMax(0.02),
                new AdaGrad(0.1),
                new RmsProp(0.01),
                new AdaDelta());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void dividesAsWithTheSameMultiLayerNetwork(IUpdater updater) {
        // given
        MultiLayerNetwork expected = Networks.classifier(Networks.base(updater));
        SameDiff network = SameDiffNetworks.of(expected, updater);
        AutoL2Listener theirs = new AutoL2Listener(OPTIONS);
        AutoL2SameDiffListener ours = new AutoL2SameDiffListener(OPTIONS);
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        train(expected, 0, ITERATIONS);
        train(network, 0, ITERATIONS);

        // then
        assertThat(ours.changes()).isNotEmpty();
        assertSame(ours.changes(), theirs.changes(), 2e-3);
        assertThat(ours.lambda()).isCloseTo(theirs.lambda(), within(2e-3 * theirs.lambda()));
        assertThat(network.getVariable("w0").getArr().distance2(expected.getParam("0_W")))
                .isLessThan(0.02 * expected.getParam("0_W").norm2Number().doubleValue());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void dividesAsTheSameMultiLayerNetworkByThePublishedRuleAndByWeightDecay(IUpdater updater) {
        AutoL2Options paper =
                AutoL2Options.paper().withInitialLambda(0.05).withDecayFactor(2).withMeasureEvery(3);
        for (AutoL2Options options : List.of(paper, FIXED)) {
            MultiLayerNetwork expected = Networks.classifier(Networks.base(updater));
            SameDiff network = SameDiffNetworks.of(expected, updater);
            AutoL2Listener theirs = AutoL2Listener.builder(options)
                    .penalty(Penalty.WEIGHT_DECAY)
                    .build();
            AutoL2SameDiffListener ours = AutoL2SameDiffListener.builder(options)
                    .penalty(Penalty.WEIGHT_DECAY)
                    .build();
            expected.addListeners(theirs);
            network.addListeners(ours);

            train(expected, 0, 90);
            train(network, 0, 90);

            assertThat(ours.history()).isNotEmpty().hasSameSizeAs(theirs.history());
            assertSame(ours.changes(), theirs.changes(), 1e-9);
        }
    }

    @Test
    void dividesByThePenaltyWhereThereAreNoClasses() {
        // given a regression, whose rule compares penalty and loss
        IUpdater updater = new Nesterovs(0.05, 0.9);
        MultiLayerNetwork expected = regression(updater);
        SameDiff network = SameDiffNetworks.regression(expected, updater);
        AutoL2Listener theirs = new AutoL2Listener(FIXED);
        AutoL2SameDiffListener ours = new AutoL2SameDiffListener(FIXED);
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        train(expected, 0, ITERATIONS);
        train(network, 0, ITERATIONS);

        // then
        assertThat(ours.changes()).extracting(Decision.Change::cause).contains(Decision.Cause.PENALTY);
        assertSame(ours.changes(), theirs.changes(), 1e-9);
        assertThat(ours.history()).allMatch(point -> point.measurement().error().isEmpty());
    }

    private static MultiLayerNetwork regression(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(8)
                        .nOut(3)
                        .build())
                .build());
        network.init();
        return network;
    }

    @Test
    void beginsARegressionWithTheLambdaOfTheSameMultiLayerNetwork() {
        // given
        IUpdater updater = new Sgd(1e-3);
        MultiLayerNetwork expected = regression(updater);
        SameDiff network = SameDiffNetworks.regression(expected, updater);
        AutoL2Listener theirs = new AutoL2Listener(AutoL2Options.adaptive());
        AutoL2SameDiffListener ours = new AutoL2SameDiffListener(AutoL2Options.adaptive());
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        train(expected, 0, 1);
        train(network, 0, 1);

        // then
        assertThat(ours.lambda()).isCloseTo(theirs.lambda(), withinPercentage(1e-3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5})
    void beginsARegressionByTheLossBehindAMeanAndAFactor(double factor) {
        // given
        IUpdater updater = new Sgd(1e-3);
        MultiLayerNetwork expected = regression(updater);
        SameDiff network = SameDiffNetworks.outputs(expected);
        network.loss
                .meanSquaredError(
                        "each", network.getVariable("labels"), network.getVariable("logits"), null, LossReduce.NONE)
                .mean()
                .mul("loss", factor);
        SameDiffNetworks.trainedBy(network, updater);
        AutoL2Listener theirs = new AutoL2Listener(AutoL2Options.adaptive());
        AutoL2SameDiffListener ours = new AutoL2SameDiffListener(AutoL2Options.adaptive());
        expected.addListeners(theirs);
        network.addListeners(ours);

        // when
        train(expected, 0, 1);
        train(network, 0, 1);

        // then
        assertThat(ours.lambda()).isCloseTo(factor * theirs.lambda(), withinPercentage(1e-3));
    }

    private static void assertSame(List<Decision.Change> ours, List<Decision.Change> theirs, double relative) {
        assertThat(ours)
                .extracting(Decision.Change::iteration, Decision.Change::cause)
                .isEqualTo(tuples(theirs));
        for (int i = 0; i < ours.size(); i++) {
            double expected = theirs.get(i).newLambda();
            assertThat(ours.get(i).newLambda()).isCloseTo(expected, within(relative * expected));
            double loss = theirs.get(i).measurement().loss();
            assertThat(ours.get(i).measurement().loss()).isCloseTo(loss, within(0.02 * loss));
            double penalty = theirs.get(i).measurement().penalty();
            assertThat(ours.get(i).measurement().penalty()).isCloseTo(penalty, within(0.02 * penalty));
        }
    }

    private static List<Tuple> tuples(List<Decision.Change> divisions) {
        return divisions.stream()
                .map(division -> tuple(division.iteration(), division.cause()))
                .toList();
    }

    @Test
    void thePenaltyActsInTheFirstUpdateOnWeightsOnly() {
        // given
        SameDiff with = classifier(new Sgd(0.1));
        SameDiff without = classifier(new Sgd(0.1));
        INDArray start = with.getVariable("w0").getArr().dup();
        with.addListeners(new AutoL2SameDiffListener(FIXED));

        // when
        train(with, 0, 1);
        train(without, 0, 1);

        // then: eta lambda w of the weights, nothing of the biases
        INDArray difference =
                without.getVariable("w0").getArr().sub(with.getVariable("w0").getArr());
        assertThat(difference.distance2(start.mul(0.1 * 0.3))).isLessThan(1e-6);
        assertThat(with.getVariable("b0").getArr())
                .isEqualTo(without.getVariable("b0").getArr());
        assertThat(with.getVariable("b1").getArr())
                .isEqualTo(without.getVariable("b1").getArr());
    }

    @Test
    void theFurtherPassForTheFirstLambdaChangesNothing() {
        // given a network that trains with random numbers and a listener of the user's
        int[] calls = new int[2];
        List<INDArray> trained = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
            SDVariable noise = network.random.normal(0, 1, DataType.FLOAT, 16, 3);
            SDVariable logits = network.getVariable("logits").add(noise);
            network.loss.softmaxCrossEntropy("loss", network.getVariable("labels"), logits, null);
            SameDiffNetworks.trainedBy(network, new Adam(0.02));
            int index = i;
            network.addListeners(new BaseListener() {
                @Override
                public boolean isActive(Operation operation) {
                    return true;
                }

                @Override
                public void operationStart(SameDiff started, Operation operation) {
                    calls[index]++;
                }
            });
            AdaptiveOptions options = AutoL2Options.adaptive(ITERATIONS);
            network.addListeners(new AutoL2SameDiffListener(
                    i == 0
                            ? options.withInitialLambda(1e-30)
                            : options.withInitialLambda(new InitialLambda.FromLoss(1e-30))));
            Nd4j.getRandom().setSeed(3);
            train(network, 0, 5);
            trained.add(network.getVariable("w0").getArr());
        }

        assertThat(trained.get(0)).isEqualTo(trained.get(1));
        assertThat(calls[0]).isEqualTo(calls[1]).isEqualTo(5);
    }

    @Test
    void leavesTheTrainingConfigurationAsItWas() {
        SameDiff network = classifier(new Adam(0.02));
        List<Regularization> own = List.of(new L2Regularization(0.2), new L1Regularization(0.001));
        network.getTrainingConfig().setRegularization(own);
        network.addListeners(new AutoL2SameDiffListener(OPTIONS));

        train(network, 0, 30);

        assertThat(network.getTrainingConfig().getRegularization()).isSameAs(own);
        assertThat(network.getTrainingConfig().getTrainEvaluations()).isEmpty();
        assertThat(network.getTrainingConfig().toJson()).doesNotContain("autol2");
    }

    @Test
    void doesSoWhenAnObserverEndsTheTraining() {
        SameDiff network = classifier(new Sgd(0.1));
        List<Regularization> own = List.of(new L2Regularization(0.2));
        network.getTrainingConfig().setRegularization(own);
        network.addListeners(AutoL2SameDiffListener.builder(OPTIONS)
                .observer(new AutoL2Observer() {
                    @Override
                    public void measured(Measurement measurement, double lambda) {
                        throw new IllegalStateException("enough");
                    }
                })
                .build());

        assertThatThrownBy(() -> train(network, 0, 30))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");

        assertThat(network.getTrainingConfig().getRegularization()).isSameAs(own);
        assertThat(network.getTrainingConfig().getTrainEvaluations()).isEmpty();
        network.setListeners();
        train(network, 0, 1);
    }

    @Test
    void whatTheLossDoesNotDependOnTakesNoPart() {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        network.var("idle", Nd4j.ones(DataType.FLOAT, 4, 4));
        network.loss.softmaxCrossEntropy("loss", network.getVariable("labels"), network.getVariable("logits"), null);
        SameDiffNetworks.trainedBy(network, new Adam(0.02));
        AutoL2SameDiffListener listener = new AutoL2SameDiffListener(OPTIONS);
        network.addListeners(listener);

        train(network, 0, 5);

        assertThat(listener.savedRun().state().ratios()).containsOnlyKeys("w0", "w1");
        assertThat(network.getVariable("idle").getArr()).isEqualTo(Nd4j.ones(DataType.FLOAT, 4, 4));
    }

    @Test
    void replacesAnL2OfTheUsersOnWeightsAndKeepsItOnBiases() {
        // given an L2 for all, and biases that it can shrink
        SameDiff with = classifier(new Sgd(0.1));
        SameDiff without = classifier(new Sgd(0.1));
        for (SameDiff network : List.of(with, without)) {
            network.getVariable("b0").getArr().assign(1);
            network.getTrainingConfig().setRegularization(List.of(new L2Regularization(0.3)));
        }
        with.addListeners(new AutoL2SameDiffListener(FIXED)); // which has the very same lambda

        train(with, 0, 2);
        train(without, 0, 2);

        for (String variable : List.of("w0", "b0", "w1", "b1")) {
            assertThat(with.getVariable(variable).getArr())
                    .as(variable)
                    .isEqualTo(without.getVariable(variable).getArr());
        }
    }

    @Test
    void aNetworkWhoseVariablesAllTakePartKeepsThePenaltyInItsConfiguration() throws IOException {
        SameDiff network = classifier(new Sgd(0.1));
        AutoL2SameDiffListener listener =
                AutoL2SameDiffListener.builder(FIXED).biases(true).build();
        network.addListeners(listener);
        train(network, 0, 60);
        Path file = folder.resolve("network.fb");
        network.save(file.toFile(), true);

        SameDiff plain = SameDiff.load(file.toFile(), true);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(plain.getTrainingConfig().getRegularization())
                .containsExactly(new L2Regularization(listener.lambda()));
        assertThat(listener.savedRun().state().ratios()).containsOnlyKeys("w0", "b0", "w1", "b1");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void aResumedRunEqualsAnUnbrokenOneBitForBit(int stop) throws IOException {
        // given
        SameDiff unbroken = classifier(new Adam(0.02));
        AutoL2SameDiffListener whole = new AutoL2SameDiffListener(OPTIONS);
        unbroken.addListeners(whole);
        train(unbroken, 0, ITERATIONS);

        // when
        SameDiff first = classifier(new Adam(0.02));
        AutoL2SameDiffListener before = new AutoL2SameDiffListener(OPTIONS);
        first.addListeners(before);
        train(first, 0, stop);
        SameDiffNetworks.Resumed resumed = SameDiffNetworks.savedAndResumed(first, before, folder);
        SameDiff second = resumed.network();
        AutoL2SameDiffListener after = resumed.listener();
        train(second, stop, ITERATIONS);

        // then
        List<Decision.Change> divisions = new ArrayList<>(before.changes());
        divisions.addAll(after.changes());
        assertThat(divisions).isNotEmpty().isEqualTo(whole.changes());
        assertThat(second.getVariable("w0").getArr())
                .isEqualTo(unbroken.getVariable("w0").getArr());
        assertThat(after.savedRun().state().steps())
                .isEqualTo(whole.savedRun().state().steps());
    }

    static Stream<Integer> stops() {
        return Stream.of(1, 20, 101);
    }

    @Test
    void aSavedRunHasNoScheduleForNetworks() {
        SameDiff network = classifier(new Sgd(0.1));
        AutoL2SameDiffListener listener = new AutoL2SameDiffListener(FIXED);
        network.addListeners(listener);
        train(network, 0, 1);
        SavedRun saved = listener.savedRun();

        assertThatThrownBy(saved::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SameDiff has one list of penalties");
    }

    @Test
    void refusesAStateOfAnotherMomentOrNetwork() {
        SameDiff network = classifier(new Sgd(0.1));
        AutoL2SameDiffListener listener = new AutoL2SameDiffListener(FIXED);
        network.addListeners(listener);
        train(network, 0, 9);
        SavedRun saved = listener.savedRun();

        SameDiff fresh = classifier(new Sgd(0.1));
        fresh.addListeners(AutoL2SameDiffListener.resume(saved).build());
        assertThatThrownBy(() -> train(fresh, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("saved before iteration 9, but the network is at iteration 0");

        SameDiff other = classifier(new Sgd(0.1));
        other.renameVariable("w0", "kernel");
        other.addListeners(AutoL2SameDiffListener.resume(saved).build());
        assertThatThrownBy(() -> train(other, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a network with [w0, w1], but this one has");

        assertThatThrownBy(() -> AutoL2SameDiffListener.resume(saved).biases(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("biases(..) cannot be set for a run that goes on");
    }

    @Test
    void asksWhereTheTrainingErrorIsWhereTheLossDoesNotTell() {
        // given a loss written by hand
        SameDiff network = byHand();
        network.addListeners(new AutoL2SameDiffListener(FIXED));

        assertThatThrownBy(() -> train(network, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("classes(predictions, labels)");

        // when it is named, it is the same as that of SameDiff's own loss
        SameDiff named = byHand();
        AutoL2SameDiffListener listener = AutoL2SameDiffListener.builder(FIXED)
                .classes("softmax", "labels")
                .build();
        named.addListeners(listener);
        train(named, 0, 30);
        SameDiff own = classifier(new Sgd(0.1));
        AutoL2SameDiffListener expected = new AutoL2SameDiffListener(FIXED);
        own.addListeners(expected);
        train(own, 0, 30);
        assertThat(listener.history())
                .isNotEmpty()
                .extracting(point -> point.measurement().error())
                .isEqualTo(expected.history().stream()
                        .map(point -> point.measurement().error())
                        .toList());
    }

    @Test
    void refusesNamesThatDoNotServe() {
        SameDiff labels = byHand();
        labels.addListeners(
                AutoL2SameDiffListener.builder(FIXED).classes("softmax", "in").build());
        assertThatThrownBy(() -> train(labels, 0, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("label variables [labels], got in");

        SameDiff predictions = byHand();
        predictions.addListeners(AutoL2SameDiffListener.builder(FIXED)
                .classes("nothing", "labels")
                .build());
        assertThatThrownBy(() -> train(predictions, 0, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the predictions are not computed on the way to the loss");
    }

    private static SameDiff byHand() {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        network.nn.softmax("softmax", network.getVariable("logits"), 1);
        network.math
                .log(network.getVariable("softmax"))
                .mul(network.getVariable("labels"))
                .sum(1)
                .mean()
                .neg("loss");
        return SameDiffNetworks.trainedBy(network, new Sgd(0.1));
    }

    @Test
    void readsTheErrorOfSparseLabelsAndOfOneSigmoid() {
        // sparse labels: the numbers of the classes. Nothing is learned, because the gradient of SameDiff's loss is
        // that of a sum
        SameDiff sparse = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        sparse.loss
                .sparseSoftmaxCrossEntropy(
                        "losses",
                        sparse.getVariable("logits"),
                        sparse.argmax("numbers", sparse.getVariable("labels"), 1))
                .mean("loss");
        assertErrors(SameDiffNetworks.trainedBy(sparse, new Sgd(1e-9)), classifier(new Sgd(1e-9)));

        // one sigmoid for the first class against the others
        SameDiff sigmoid = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        SDVariable logit = sigmoid.getVariable("logits").mean("logit", true, 1);
        SDVariable first = sigmoid.getVariable("labels")
                .mul(sigmoid.constant(Nd4j.createFromArray(1f, 0f, 0f)))
                .sum("first", true, 1);
        sigmoid.loss.sigmoidCrossEntropy("loss", first, logit, null);
        SameDiffNetworks.trainedBy(sigmoid, new Sgd(1e-9));
        AutoL2SameDiffListener listener = new AutoL2SameDiffListener(FIXED);
        sigmoid.addListeners(listener);
        train(sigmoid, 0, 2);
        INDArray mean = sigmoid.outputSingle(Map.of("in", batch(1).getFeatures()), "logit");
        int wrong = 0;
        for (int row = 0; row < 16; row++) {
            boolean predicted = mean.getDouble(row, 0) > 0;
            wrong += predicted == (batch(1).getLabels().getDouble(row, 0) == 1) ? 0 : 1;
        }
        assertThat(listener.history().get(0).measurement().error()).hasValue(wrong / 16.0);
        assertThat(wrong).isBetween(1, 15);
    }

    private static void assertErrors(SameDiff one, SameDiff other) {
        AutoL2SameDiffListener ofOne = new AutoL2SameDiffListener(FIXED);
        AutoL2SameDiffListener ofOther = new AutoL2SameDiffListener(FIXED);
        one.addListeners(ofOne);
        other.addListeners(ofOther);
        train(one, 0, 30);
        train(other, 0, 30);
        assertThat(ofOne.history())
                .isNotEmpty()
                .extracting(point -> point.measurement().error())
                .isEqualTo(ofOther.history().stream()
                        .map(point -> point.measurement().error())
                        .toList());
    }

    @Test
    void refusesWhatItCannotFollow() {
        SameDiff maximised = classifier(new Sgd(0.1));
        maximised.getTrainingConfig().setMinimize(false);
        maximised.addListeners(new AutoL2SameDiffListener(FIXED));
        assertThatThrownBy(() -> train(maximised, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("minimize(false)");

        SameDiff two = classifier(new Sgd(0.1));
        two.addListeners(new AutoL2SameDiffListener(FIXED), new AutoL2SameDiffListener(FIXED));
        assertThatThrownBy(() -> train(two, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two AutoL2 listeners");

        SameDiff none = classifier(new Sgd(0.1));
        none.addListeners(
                AutoL2SameDiffListener.builder(FIXED).variables(name -> false).build());
        assertThatThrownBy(() -> train(none, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no variable of this network takes a penalty: those that train are [b0, b1, w0, w1]. "
                        + "Biases and gains do so with biases(true)");

        SameDiff strange = classifier(new StrangeUpdater(new FixedSchedule(0.1)));
        strange.addListeners(new AutoL2SameDiffListener(FIXED));
        assertThatThrownBy(() -> train(strange, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("what StrangeUpdater makes of a penalty is not known here");

        AutoL2SameDiffListener used = new AutoL2SameDiffListener(FIXED);
        SameDiff first = classifier(new Sgd(0.1));
        first.addListeners(used);
        train(first, 0, 1);
        SameDiff second = classifier(new Sgd(0.1));
        second.addListeners(used);
        assertThatThrownBy(() -> train(second, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use a new listener for each training run");
    }

    private static SameDiff classifier(IUpdater updater) {
        return SameDiffNetworks.of(Networks.classifier(Networks.base(new Sgd(0.1))), updater);
    }

    private static void train(MultiLayerNetwork network, int from, int to) {
        for (int i = from; i < to; i++) {
            network.fit(batch(i));
        }
    }

    private static void train(SameDiff network, int from, int to) {
        for (int i = from; i < to; i++) {
            network.fit(batch(i));
        }
    }

    private static DataSet batch(int iteration) {
        return Networks.classes(16, iteration % 5);
    }
}
