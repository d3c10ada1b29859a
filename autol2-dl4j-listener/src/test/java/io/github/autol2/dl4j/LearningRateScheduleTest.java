package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Measurement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Time in tau, and what a step of a schedule does, in Deeplearning4j's own training with its own schedules. */
@Tag("slow")
class LearningRateScheduleTest {

    private static final double LAMBDA = 0.05;
    private static final int ITERATIONS = 300;
    private static final int CYCLE_LENGTH = 300;
    private static final ISchedule STEPS = steps(0.2, 0.04);
    private static final ISchedule CYCLE =
            new CycleSchedule(ScheduleType.ITERATION, 0.05, 1, CYCLE_LENGTH, CYCLE_LENGTH / 10, 0.1);

    private static ISchedule steps(double first, double second) {
        return new MapSchedule(ScheduleType.ITERATION, Map.of(0, first, 150, second));
    }

    static Stream<Arguments> trainings() {
        return Stream.of(
                Arguments.of("constant", new Sgd(0.1), Penalty.L2, true),
                Arguments.of("piecewise", new Sgd(STEPS), Penalty.L2, true),
                Arguments.of(
                        "smooth",
                        new Sgd(new PolySchedule(ScheduleType.ITERATION, 0.2, 2, ITERATIONS + 1)),
                        Penalty.L2,
                        true),
                Arguments.of("warm-up", new Sgd(new RampSchedule(new FixedSchedule(0.1), 150)), Penalty.L2, true),
                Arguments.of("cyclic", new Sgd(CYCLE), Penalty.L2, true),
                Arguments.of("momentum", new Nesterovs(steps(0.02, 0.004), 0.9), Penalty.L2, true),
                Arguments.of("decay with eta, piecewise", new Adam(STEPS), Penalty.WEIGHT_DECAY, true),
                Arguments.of("decay with eta, momentum", new Nesterovs(STEPS, 0.9), Penalty.WEIGHT_DECAY, true),
                Arguments.of("decay without eta, piecewise", new Adam(STEPS), Penalty.WEIGHT_DECAY, false));
    }

    /** Weights that see nothing but zeros have no gradient of the loss: what shrinks them is the penalty alone, by e in a tau. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void timeInTauIsTheLogarithmOfWhatThePenaltyAloneShrinks(
            String name, IUpdater updater, Penalty penalty, boolean appliesLearningRate) {
        // given: lambda stays at its floor
        NeuralNetConfiguration.Builder base = Networks.base(updater);
        if (penalty == Penalty.WEIGHT_DECAY) {
            base.regularization(List.of(new WeightDecay(0.1, appliesLearningRate)));
        }
        MultiLayerNetwork network = Networks.classifier(base);
        double lambda = appliesLearningRate ? LAMBDA : 0.005;
        double[] shrunk = new double[1];
        double before = weights(network);
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive().withInitialLambda(lambda).withMinimumLambda(lambda))
                .penalty(penalty)
                .observer(new AutoL2Observer() {
                    @Override
                    public void measured(Measurement measurement, double lambda) {
                        shrunk[0] = Math.log(before / weights(network));
                    }
                })
                .build();
        network.addListeners(listener);
        DataSet zeros = Networks.classes(16, 1);
        zeros.getFeatures().assign(0);

        // when
        for (int i = 0; i < ITERATIONS; i++) {
            network.fit(zeros);
        }

        // then: within 10 %, with the iterations beside a step and those in which momentum builds up
        assertThat(shrunk[0]).isGreaterThan(0.3);
        assertThat(listener.timescales()).isCloseTo(shrunk[0], within(0.1 * shrunk[0]));
        assertThat(listener.timescalesSinceDivision()).isEqualTo(listener.timescales());
    }

    private static double weights(MultiLayerNetwork network) {
        return network.getParam("0_W").norm2Number().doubleValue();
    }

    /** A user's own, which goes on beyond the end that it was made for. */
    @Test
    void aLearningRateBelowZeroDoesNotEndTheTraining() {
        ISchedule linear = new ISchedule() {
            @Override
            public double valueAt(int iteration, int epoch) {
                return 0.1 * (1 - iteration / 10.0);
            }

            @Override
            public ISchedule clone() {
                return this;
            }
        };
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(linear)));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(200));
        network.addListeners(listener);

        Networks.fit(network, Networks.classes(16, 1), 30);

        assertThat(network.getIterationCount()).isEqualTo(30);
        assertThat(listener.lambda()).isEqualTo(InitialLambda.NOTHING);
    }

    @Test
    void timeGoesOnOverDivisions() {
        // given: tau = 100, then 300, and five times that after the step
        double lambda = LAMBDA;
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().withInitialLambda(lambda));
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(STEPS)));
        network.addListeners(listener);

        List<DataSet> batches = IntStream.range(0, 8)
                .mapToObj(seed -> Networks.classes(16, seed))
                .toList();

        // when
        double expected = 0;
        double sinceDivision = 0;
        double measured = 0;
        double measuredSinceDivision = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            network.fit(batches.get(i % 8));
            if (i == last(listener)) {
                measured = expected;
                measuredSinceDivision = listener.lambda() < lambda ? 0 : sinceDivision;
            }
            sinceDivision = listener.lambda() < lambda ? 0 : sinceDivision;
            lambda = listener.lambda();
            expected += STEPS.valueAt(i, 0) * lambda;
            sinceDivision += STEPS.valueAt(i, 0) * lambda;
        }

        // then
        assertThat(listener.changes()).isNotEmpty();
        assertThat(listener.timescales()).isCloseTo(measured, within(10 * 0.2 * LAMBDA));
        assertThat(listener.timescalesSinceDivision()).isCloseTo(measuredSinceDivision, within(10 * 0.2 * LAMBDA));
    }

    private static long last(AutoL2Listener listener) {
        List<HistoryPoint> history = listener.history();
        return history.isEmpty()
                ? -1
                : history.get(history.size() - 1).measurement().iteration();
    }
}
