package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.schedule.AutoL2Options;
import java.util.function.IntToDoubleFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class StopAfterTimescalesTest {

    private static final double LAMBDA = 0.1;
    private static final double ETA = 0.2;
    /** tau = 50 iterations, then 60, 72 ...; windows of 20 iterations. */
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive().withInitialLambda(LAMBDA).withDecayFactor(1.2);

    private static final int EPOCH = 5;

    private final DataSet data = Networks.classes(32, 1);
    private final MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(ETA)));

    private AutoL2Listener listenTo(AutoL2Options options) {
        AutoL2Listener listener = new AutoL2Listener(options);
        network.addListeners(listener);
        return listener;
    }

    /** Trains in epochs until the condition ends it, or 400 iterations; the score may depend on the divisions so far. */
    private void train(
            StopAfterTimescales condition, AutoL2Listener listener, IntToDoubleFunction score, boolean minimize) {
        condition.initialize();
        for (int epoch = 0; epoch < 80; epoch++) {
            for (int i = 0; i < EPOCH; i++) {
                network.fit(data);
            }
            if (condition.terminate(
                    epoch, score.applyAsDouble(listener.changes().size()), minimize)) {
                return;
            }
        }
    }

    @Test
    void stopsTheGivenTimeAfterTheStartIfLambdaIsNeverDivided() {
        AutoL2Listener listener = listenTo(OPTIONS.withMinimumLambda(LAMBDA));

        train(new StopAfterTimescales(listener, 3), listener, divisions -> 0.5, false);

        // at the end of the window of 20 iterations in which it is over
        assertThat(listener.changes()).isEmpty();
        assertThat(network.getIterationCount()).isBetween(150, 175);
    }

    @Test
    void divisionsThatDoNotImproveTheScoreDoNotDelayTheEnd() {
        AutoL2Listener listener = listenTo(OPTIONS);

        train(new StopAfterTimescales(listener, 2.5), listener, divisions -> 0.5, false);

        assertThat(listener.changes()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(listener.timescales()).isBetween(2.5, 3.0);
    }

    @Test
    void aDivisionThatImprovesTheScoreDoes() {
        // given a score that the first two divisions improve, both ways
        for (boolean minimize : new boolean[] {true, false}) {
            network.setListeners();
            AutoL2Listener listener = listenTo(OPTIONS);
            double[] atSecond = {0};

            // when
            train(
                    new StopAfterTimescales(listener, 1.5),
                    listener,
                    divisions -> {
                        if (divisions == 2 && atSecond[0] == 0) {
                            atSecond[0] = listener.timescales() - listener.timescalesSinceDivision();
                        }
                        return (minimize ? -1 : 1) * Math.min(divisions, 2);
                    },
                    minimize);

            // then it ends 1.5 tau after the second
            assertThat(atSecond[0]).isPositive();
            assertThat(listener.changes()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(listener.timescales() - atSecond[0]).isBetween(1.5, 2.0);
        }
    }

    @Test
    void aScoreThatIsNoNumberImprovesNothing() {
        AutoL2Listener listener = listenTo(OPTIONS);

        train(new StopAfterTimescales(listener, 2.5), listener, divisions -> Double.NaN, true);

        assertThat(listener.timescales()).isBetween(2.5, 3.0);
    }

    @Test
    void endsATrainersRun() {
        // given
        AutoL2Listener listener = listenTo(OPTIONS.withMinimumLambda(LAMBDA));
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new StopAfterTimescales(listener, 2), new MaxEpochsTerminationCondition(60))
                .scoreCalculator(new ClassificationScoreCalculator(
                        Evaluation.Metric.ACCURACY, new ListDataSetIterator<>(data.asList(), 32)))
                .modelSaver(new InMemoryModelSaver<>())
                .build();

        // when
        EarlyStoppingResult<MultiLayerNetwork> result =
                new EarlyStoppingTrainer(configuration, network, new ListDataSetIterator<>(data.asList(), 8)).fit();

        // then
        assertThat(result.getTerminationReason())
                .isEqualTo(EarlyStoppingResult.TerminationReason.EpochTerminationCondition);
        assertThat(result.getTerminationDetails()).isEqualTo("StopAfterTimescales(2.0)");
        assertThat(result.getTotalEpochs()).isBetween(25, 31);
    }

    @Test
    void refusesToStopAfterNoTime() {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive());

        assertThatThrownBy(() -> new StopAfterTimescales(listener, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timescales must be finite and > 0, got 0.0");
    }

    @Test
    void refusesAListenerWhoseTimeNeverPasses() {
        AutoL2Listener published = new AutoL2Listener(AutoL2Options.paper());
        AutoL2Listener validated = AutoL2Listener.builder(AutoL2Options.adaptive(1_000))
                .validation(new ListDataSetIterator<>(data.asList(), 32), 20)
                .build();

        for (AutoL2Listener listener : new AutoL2Listener[] {published, validated}) {
            assertThatThrownBy(() -> new StopAfterTimescales(listener, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not. Use NoImprovementSinceDivision");
        }
    }
}
