package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.LambdaSchedule.Step;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * The default rule leaves a classifier alone until it fits its training data, and raises lambda then, once: also in a run that stops and
 * goes on, and in one that is repeated.
 */
@Tag("slow")
class RaisedLambdaTest {

    private static final int ITERATIONS = 180;
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(ITERATIONS);
    private static final List<DataSet> BATCHES =
            Networks.separableClasses(5 * 16, 1).batchBy(16);

    @TempDir
    private Path folder;

    /** The network's own coefficient, 0 for none, and how many iterations after the raise the run stops. */
    static Stream<Arguments> stops() {
        return coefficients().flatMap(own -> IntStream.of(-20, 0, 1, 20).mapToObj(stop -> Arguments.of(own, stop)));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void aRestoredRunRaisesLambdaOnceAndWhereAnUnbrokenOneDoes(double own, int stop) throws IOException {
        // given
        MultiLayerNetwork unbroken = network(own, Penalty.L2);
        AutoL2Listener whole = follow(unbroken, Penalty.L2);
        List<Double> lambdas = train(unbroken, whole, 0, ITERATIONS);
        int raisedAt = assertRaisedOnceAndThenDivided(whole.changes());

        // when the same run stops before or after that, is saved, and goes on in fresh objects
        MultiLayerNetwork first = network(own, Penalty.L2);
        AutoL2Listener before = follow(first, Penalty.L2);
        List<Double> broken = train(first, before, 0, raisedAt + stop);
        Path file = folder.resolve("model.zip");
        before.save(first, file, true);
        SavedRun saved = SavedRun.readFrom(file);
        MultiLayerNetwork second = MultiLayerNetwork.load(file.toFile(), true);
        AutoL2Listener after = AutoL2Listener.resume(saved).build();
        second.addListeners(after);
        broken.addAll(train(second, after, raisedAt + stop, ITERATIONS));

        // then nothing differs
        assertThat(before.changes()).hasSize(stop > 0 ? 1 : 0);
        assertThat(saved).isEqualTo(before.savedRun());
        List<Decision.Change> divisions = new ArrayList<>(before.changes());
        divisions.addAll(after.changes());
        assertThat(divisions).isEqualTo(whole.changes());
        assertThat(broken).isEqualTo(lambdas);
        assertThat(second.params().toFloatVector()).isEqualTo(unbroken.params().toFloatVector());

        // and a coefficient of its own stays until then
        double quiet = divisions.get(0).oldLambda();
        if (own > 0) {
            assertThat(quiet).isEqualTo(own);
        }
        assertThat(broken.subList(0, raisedAt)).containsOnly(quiet);
        assertThat(broken.get(raisedAt)).isGreaterThan(3 * quiet);
    }

    /** Between two samples the penalty of the last one is taken off each score, also where the run has stopped in between. */
    @Test
    void theLossesOfARestoredRunBesideAnotherPenaltyAreThoseOfAnUnbrokenOne() throws IOException {
        MultiLayerNetwork unbroken =
                Networks.classifier(Networks.base(new Adam(0.006)).l1(0.001));
        AutoL2Listener whole = follow(unbroken, Penalty.L2);
        train(unbroken, whole, 0, 17);

        MultiLayerNetwork first =
                Networks.classifier(Networks.base(new Adam(0.006)).l1(0.001));
        AutoL2Listener before = follow(first, Penalty.L2);
        train(first, before, 0, 13);
        Path file = folder.resolve("model.zip");
        before.save(first, file, true);
        MultiLayerNetwork second = MultiLayerNetwork.load(file.toFile(), true);
        AutoL2Listener after = AutoL2Listener.resume(SavedRun.readFrom(file)).build();
        second.addListeners(after);
        train(second, after, 13, 17);

        assertThat(before.savedRun().state().sampledPenalty()).isPositive();
        assertThat(after.savedRun()).isEqualTo(whole.savedRun());
    }

    static Stream<Arguments> kinds() {
        return coefficients().flatMap(own -> Stream.of(Penalty.values()).map(penalty -> Arguments.of(own, penalty)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theScheduleOfARunHoldsTheRaiseAndRepeatsItBitForBit(double own, Penalty penalty) throws IOException {
        // given a run that is saved before the raise, and once more at its end
        MultiLayerNetwork recorded = network(own, penalty);
        String untrained = recorded.getLayerWiseConfigurations().toJson();
        double inForce = Networks.coefficient(recorded, penalty); // Deeplearning4j counts a weight decay twice
        AutoL2Listener before = follow(recorded, penalty);
        train(recorded, before, 0, 10);
        double quiet = before.lambda();
        Path file = folder.resolve("model.zip");
        before.save(recorded, file, true);
        recorded = MultiLayerNetwork.load(file.toFile(), true);
        AutoL2Listener listener = AutoL2Listener.resume(SavedRun.readFrom(file)).build();
        recorded.addListeners(listener);
        train(recorded, listener, 10, ITERATIONS);
        listener.save(recorded, file, true);
        int raisedAt = assertRaisedOnceAndThenDivided(listener.changes());

        // when
        LambdaSchedule schedule = SavedRun.readFrom(file).schedule();
        MultiLayerNetwork again = new MultiLayerNetwork(schedule.applyTo(MultiLayerConfiguration.fromJson(untrained)));
        again.init();
        fit(again, 0, ITERATIONS);

        // then
        assertThat(schedule).isEqualTo(listener.schedule());
        List<Step> steps = new ArrayList<>(List.of(new Step(0, quiet)));
        listener.changes().forEach(change -> steps.add(new Step(change.iteration(), change.newLambda())));
        assertThat(schedule.steps()).isEqualTo(steps);
        if (own > 0) {
            assertThat(quiet).isEqualTo(inForce);
        }
        assertThat(schedule.schedule().valueAt(raisedAt - 1, 0)).isEqualTo(quiet);
        assertThat(schedule.schedule().valueAt(raisedAt, 0)).isGreaterThan(3 * quiet);
        assertThat(again.params().toFloatVector()).isEqualTo(recorded.params().toFloatVector());
    }

    private static Stream<Double> coefficients() {
        return DoubleStream.of(0, 0.001).boxed();
    }

    /** The iteration of the raise. */
    private static int assertRaisedOnceAndThenDivided(List<Decision.Change> changes) {
        assertThat(changes).hasSizeGreaterThanOrEqualTo(2);
        assertThat(changes.get(0).cause()).isEqualTo(Decision.Cause.LEARNED);
        assertThat(changes.subList(1, changes.size()))
                .extracting(Decision.Change::cause)
                .containsOnly(Decision.Cause.PATIENCE);
        return (int) changes.get(0).iteration();
    }

    private static MultiLayerNetwork network(double own, Penalty penalty) {
        NeuralNetConfiguration.Builder base = Networks.base(new Adam(0.006));
        return Networks.classifier(
                penalty == Penalty.L2 ? base.l2(own) : base.regularization(List.of(new WeightDecay(own, true))));
    }

    private static AutoL2Listener follow(MultiLayerNetwork network, Penalty penalty) {
        double refractory = penalty == Penalty.L2 ? 0.04 : 0.001; // Adam amplifies an L2 only
        AutoL2Listener listener = AutoL2Listener.builder(OPTIONS.withRefractory(refractory))
                .penalty(penalty)
                .build();
        network.addListeners(listener);
        return listener;
    }

    /** The lambda after each iteration. */
    private static List<Double> train(MultiLayerNetwork network, AutoL2Listener listener, int from, int to) {
        List<Double> lambdas = new ArrayList<>();
        for (int i = from; i < to; i++) {
            fit(network, i, i + 1);
            lambdas.add(listener.lambda());
        }
        return lambdas;
    }

    private static void fit(MultiLayerNetwork network, int from, int to) {
        for (int i = from; i < to; i++) {
            network.fit(BATCHES.get(i % BATCHES.size()));
        }
    }
}
