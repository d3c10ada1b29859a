package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class ValidationGuardTest {

    private static final DataSet BATCH = Networks.classes(30, 1);
    private static final DataSet HELD_OUT = Networks.classes(200, 2);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(ValidationGuard.class);

    private static HeldOutExamples examples() {
        return new HeldOutExamples(new ExistingDataSetIterator(HELD_OUT.batchBy(50)));
    }

    static Stream<Model> networks() {
        return Stream.of(
                Networks.classifier(Networks.base(new Sgd(0.1))),
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                Networks.classifier(Networks.base(new Adam(0.01))),
                Networks.classifier(Networks.base(new RmsProp(0.01))),
                Networks.graphClassifier(Networks.base(new Nesterovs(0.1, 0.9))),
                Networks.graphClassifier(Networks.base(new Adam(0.01))));
    }

    private static void train(Network network, int iterations) {
        for (int i = 0; i < iterations; i++) {
            network.fit(BATCH);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void restoresParametersAndUpdaterStateBitForBit(Model model) {
        Network network = Network.of(model);
        train(network, 10);
        NetworkCopy copy = NetworkCopy.of(network);
        INDArray parameters = model.params().dup();
        INDArray state = state(network) == null ? null : state(network).dup();
        train(network, 10);
        assertThat(model.params()).isNotEqualTo(parameters);

        copy.restore(network);

        assertThat(model.params().data().asFloat()).isEqualTo(parameters.data().asFloat());
        if (state != null) {
            assertThat(state(network).dup().data().asFloat())
                    .isEqualTo(state.data().asFloat());
        }
    }

    /** A restored network trains as the saved one would have, so nothing that matters is missing from the copy. */
    @ParameterizedTest
    @MethodSource("networks")
    void goesOnFromARestoredNetworkAsFromTheSavedOne(Model model) {
        Network network = Network.of(model);
        train(network, 10);
        NetworkCopy copy = NetworkCopy.of(network);
        Network saved = network.copy();
        network.fit(Networks.classes(30, 5));
        copy.restore(network);
        setIteration(network, saved.iteration());

        train(network, 3);
        train(saved, 3);

        assertThat(model.params().data().asFloat())
                .isEqualTo(saved.model().params().data().asFloat());
    }

    private static void setIteration(Network network, int iteration) {
        network.either(
                multiLayer -> {
                    multiLayer.setIterationCount(iteration);
                    return null;
                },
                graph -> {
                    graph.getConfiguration().setIterationCount(iteration);
                    return null;
                });
    }

    private static INDArray state(Network network) {
        return network.updater().getStateViewArray();
    }

    @Test
    void updatesACopyInItsOwnArrays() {
        Network network = Network.of(Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))));
        train(network, 2);
        NetworkCopy copy = NetworkCopy.of(network);
        train(network, 2);
        copy.update(network);
        INDArray parameters = network.model().params().dup();
        train(network, 2);

        copy.restore(network);

        assertThat(network.model().params()).isEqualTo(parameters);
    }

    /** It takes the least likely class for the most likely one, and lives. */
    private static void negateOutput(Network network) {
        List.of("1_W", "1_b").forEach(name -> network.model().getParam(name).muli(-1));
    }

    @Test
    void bringsTheBestNetworkBackAndGoesOnWithALargerLambda() {
        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        HeldOutExamples examples = examples();
        ValidationOptions options = ValidationOptions.forBudget(1000).withWindow(1);
        ValidationGuard guard = new ValidationGuard(options, examples, ValidationState.begin(0, 0.01, 0));
        train(network, 200);
        guard.evaluate(network, 200);
        assertThat(guard.state().best().orElseThrow().performance().accuracy().orElseThrow())
                .isGreaterThan(0.5);
        INDArray best = network.model().params().dup();
        negateOutput(network);

        assertThat(guard.evaluate(network, 210)).isEqualTo(0.01);
        double lambda = guard.evaluate(network, 220);

        assertThat(lambda).isGreaterThan(0.01);
        assertThat(guard.decisions()).singleElement().isInstanceOf(RestoreAndRaise.class);
        assertThat(network.model().params()).isEqualTo(best);
    }

    @Test
    void leavesTheNetworkAloneWhenItDivides() {
        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        ValidationGuard guard = new ValidationGuard(
                ValidationOptions.forBudget(100).withWindow(1).withRefractory(0.1),
                examples(),
                ValidationState.begin(0, 0.01, 0));
        train(network, 5);
        INDArray parameters = network.model().params().dup();

        guard.evaluate(network, 10);
        double lambda = guard.evaluate(network, 20);

        assertThat(guard.decisions()).containsExactly(new Divide(20, 0.01, lambda));
        assertThat(network.model().params()).isEqualTo(parameters);
    }

    @Test
    void judgesEachExampleByItsLossWithoutPenaltyAndItsClass() {
        Network network =
                Network.of(Networks.classifier(Networks.base(new Sgd(0.1)).l2(10)));
        train(network, 1);
        INDArray output = network.output(HELD_OUT);

        HeldOut heldOut = examples().judge(network).orElseThrow().heldOut();

        assertThat(heldOut.examples()).isEqualTo(200);
        for (int row = 0; row < 200; row += 7) {
            int label = HELD_OUT.getLabels().getRow(row).argMax().getInt(0);
            assertThat((double) heldOut.losses()[row]).isCloseTo(-Math.log(output.getDouble(row, label)), within(1e-4));
            assertThat(heldOut.hits()[row])
                    .isEqualTo(output.getRow(row).argMax().getInt(0) == label ? 1f : 0f);
        }
    }

    @Test
    void callsANetworkDeadWhoseOutputsDoNotDependOnItsInput() {
        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        assertThat(examples().judge(network).orElseThrow().alive()).isTrue();

        network.model().params().muli(1e-6);

        assertThat(examples().judge(network).orElseThrow().alive()).isFalse();
    }

    @Test
    void saysSoWhereThereAreTooFewExamplesToShowHarm() {
        for (int count : new int[] {10, 9}) {
            new ValidationGuard(
                    ValidationOptions.forBudget(1000),
                    new HeldOutExamples(new ExistingDataSetIterator(
                            Networks.classes(count, 2).batchBy(count))),
                    ValidationState.begin(0, 0.01, 0));
        }

        assertThat(log.of(Level.WARN))
                .containsExactly(
                        "There are only 9 held-out examples. With fewer than 10 a harmed network cannot be told from "
                                + "chance: it goes back to the best one at the end of the budget, or without finite numbers, only. "
                                + "Give more validation data.");
    }

    /** 190 of 200 are of the first class, which a network without weights always says. */
    @Test
    void aDeadNetworkThatIsOftenRightIsNotTheBestAndHarmsNoneThatLives() {
        DataSet unbalanced = HELD_OUT.copy();
        for (int row = 0; row < 190; row++) {
            unbalanced.getLabels().putRow(row, Nd4j.createFromArray(1f, 0f, 0f));
        }
        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        INDArray weights = network.model().params().dup();
        ValidationGuard guard = new ValidationGuard(
                ValidationOptions.forBudget(1000).withWindow(1),
                new HeldOutExamples(new ExistingDataSetIterator(unbalanced.batchBy(50))),
                ValidationState.begin(0, 0.01, 0));
        network.model().params().muli(0);
        guard.evaluate(network, 10);
        HeldOut dead = guard.state().best().orElseThrow().performance();
        network.model().setParams(weights);

        for (long iteration : new long[] {20, 30, 40}) {
            guard.evaluate(network, iteration);
        }

        HeldOut best = guard.state().best().orElseThrow().performance();
        assertThat(dead.accuracy().orElseThrow()).isGreaterThan(0.94);
        assertThat(dead.alive()).isFalse();
        assertThat(best.alive()).isTrue();
        assertThat(dead.standardErrorsBelow(best)).isLessThan(-2); // what would be harm
        assertThat(guard.decisions()).isEmpty();
        network.model().params().muli(0);
        guard.restoreBest(network);
        assertThat(network.model().params()).isEqualTo(weights);
    }

    @Test
    void judgesNothingWithoutFiniteNumbers() {
        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        network.model().params().putScalar(0, Float.NaN);

        assertThat(examples().judge(network)).isEqualTo(Optional.empty());
    }

    @Test
    void hasNoAccuracyForLabelsThatAreNotOneHot() {
        DataSet quantities =
                new DataSet(HELD_OUT.getFeatures(), HELD_OUT.getLabels().mul(0.7));

        HeldOutExamples examples = new HeldOutExamples(new ExistingDataSetIterator(List.of(quantities)));

        Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));
        assertThat(examples.classify(network)).isFalse();
        assertThat(examples.judge(network).orElseThrow().heldOut().accuracy()).isEmpty();
    }
}
