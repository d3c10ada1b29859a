package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** The default rule with SameDiff: a lambda of next to nothing until the network fits its training data, and raised then, once. */
@Tag("slow")
class SameDiffRaisedLambdaTest {

    private static final int ITERATIONS = 150;

    /** With SameDiff the shares of the classes are those of the first batch. */
    private static final double OF_SHARES = 2;

    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(ITERATIONS).withRefractory(0.03);
    private static final List<DataSet> BATCHES =
            Networks.separableClasses(5 * 16, 1).batchBy(16);

    @TempDir
    private Path folder;

    static Stream<IUpdater> updaters() {
        return Stream.of(new Sgd(0.1), new Nesterovs(0.02, 0.9), new Adam(0.02));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void raisesLambdaAsWithTheSameMultiLayerNetwork(IUpdater updater) {
        Pair pair = new Pair(updater);

        assertThat(pair.ours.history().get(0).lambda())
                .isCloseTo(pair.theirs.history().get(0).lambda(), withinPercentage(0.2));
        assertThat(causes(pair.ours.changes()))
                .isEqualTo(causes(pair.theirs.changes()))
                .containsSequence(Decision.Cause.LEARNED, Decision.Cause.PATIENCE)
                .containsOnlyOnce(Decision.Cause.LEARNED);
        Decision.Change raise = pair.ours.changes().get(0);
        Decision.Change expected = pair.theirs.changes().get(0);
        assertThat(raise.iteration()).isEqualTo(expected.iteration());
        assertThat(raise.oldLambda()).isCloseTo(expected.oldLambda(), withinPercentage(0.2));
        assertThat(raise.newLambda())
                .isCloseTo(expected.newLambda(), withinPercentage(OF_SHARES))
                .isGreaterThan(3 * raise.oldLambda());
    }

    /** A network that comes to a tenth of what there was to learn long after it errs on a tenth. */
    @Test
    void knowsTheClassesShares() {
        Pair pair = new Pair(new Sgd(0.02));

        Decision.Change raise = pair.ours.changes().get(0);
        Decision.Change expected = pair.theirs.changes().get(0);
        assertThat(raise.cause()).isEqualTo(Decision.Cause.LEARNED);
        assertThat(raise.iteration()).isEqualTo(expected.iteration());
        assertThat(raise.newLambda()).isCloseTo(expected.newLambda(), withinPercentage(OF_SHARES));
        assertThat(raise.measurement().loss()).isLessThan(0.13 * Math.log(3));
    }

    /** The listener adds the penalty's gradient, of the same size, which rounds otherwise. */
    @Test
    void anL2OfTheUsersStaysAsItWasUntilLambdaIsRaised() {
        SameDiff with = classifier();
        SameDiff plain = classifier();
        for (SameDiff network : List.of(with, plain)) {
            network.getTrainingConfig().setRegularization(List.of(new L2Regularization(0.05)));
        }
        AutoL2SameDiffListener listener = follow(with);

        fit(with::fit, 0, 30);
        fit(plain::fit, 0, 30);

        assertThat(listener.lambda()).isEqualTo(0.05);
        for (String name : List.of("w0", "b0")) {
            INDArray expected = plain.getVariable(name).getArr();
            assertThat(with.getVariable(name).getArr().distance2(expected))
                    .isLessThan(1e-4 * expected.norm2Number().doubleValue());
        }
    }

    /** @param stop iterations after the raise */
    @ParameterizedTest
    @ValueSource(ints = {-20, 0, 1, 20})
    void aResumedRunRaisesLambdaOnceAndWhereAnUnbrokenOneDoes(int stop) throws IOException {
        // given
        SameDiff unbroken = classifier();
        AutoL2SameDiffListener whole = follow(unbroken);
        fit(unbroken::fit, 0, ITERATIONS);
        int stopped = (int) whole.changes().get(0).iteration() + stop;

        // when
        SameDiff first = classifier();
        AutoL2SameDiffListener before = follow(first);
        fit(first::fit, 0, stopped);
        SameDiffNetworks.Resumed resumed = SameDiffNetworks.savedAndResumed(first, before, folder);
        SameDiff second = resumed.network();
        AutoL2SameDiffListener after = resumed.listener();
        fit(second::fit, stopped, ITERATIONS);

        // then
        assertThat(before.changes()).hasSize(stop > 0 ? 1 : 0);
        List<Decision.Change> divisions = new ArrayList<>(before.changes());
        divisions.addAll(after.changes());
        assertThat(divisions).isEqualTo(whole.changes());
        assertThat(causes(divisions))
                .startsWith(Decision.Cause.LEARNED, Decision.Cause.PATIENCE)
                .containsOnlyOnce(Decision.Cause.LEARNED);
        assertThat(second.getVariable("w0").getArr())
                .isEqualTo(unbroken.getVariable("w0").getArr());
        assertThat(after.savedRun().state().steps())
                .isEqualTo(whole.savedRun().state().steps());
    }

    /** The same network twice, trained. */
    private static final class Pair {
        private final AutoL2Listener theirs = new AutoL2Listener(OPTIONS);
        private final AutoL2SameDiffListener ours;

        Pair(IUpdater updater) {
            MultiLayerNetwork network = Networks.classifier(Networks.base(updater));
            SameDiff same = SameDiffNetworks.of(network, updater);
            ours = follow(same);
            network.addListeners(theirs);
            fit(network::fit, 0, ITERATIONS);
            fit(same::fit, 0, ITERATIONS);
        }
    }

    private static List<Decision.Cause> causes(List<Decision.Change> divisions) {
        return divisions.stream().map(Decision.Change::cause).toList();
    }

    private static SameDiff classifier() {
        IUpdater updater = new Adam(0.006);
        return SameDiffNetworks.of(Networks.classifier(Networks.base(updater)), updater);
    }

    private static AutoL2SameDiffListener follow(SameDiff network) {
        AutoL2SameDiffListener listener = new AutoL2SameDiffListener(OPTIONS);
        network.addListeners(listener);
        return listener;
    }

    private static void fit(Consumer<DataSet> network, int from, int to) {
        for (int i = from; i < to; i++) {
            network.accept(BATCHES.get(i % BATCHES.size()));
        }
    }
}
