package io.github.autol2.arbiter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.RegressionScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;

class TrainingWatchTest {

    private final ScoreBoard board =
            new ScoreBoard(Pruning.asha(27), new EvaluationScoreFunction(Evaluation.Metric.ACCURACY));

    private TrainingWatch watch(int candidate, double score) {
        return watch(candidate, score, board);
    }

    private static TrainingWatch watch(int candidate, double score, ScoreBoard board) {
        return new TrainingWatch(
                new StatusListeners(List.of()),
                new Candidate<>("value", candidate, new double[0], null, null),
                0,
                board,
                network -> score);
    }

    private static Model network(BackpropType type) {
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(2).build())
                .layer(new RnnOutputLayer.Builder()
                        .nIn(2)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .backpropType(type)
                .build());
    }

    private static void iterate(TrainingWatch watch, Model network, int iterations) {
        for (int i = 0; i < iterations; i++) {
            watch.iterationDone(network, i, 0);
        }
    }

    @Test
    void reportsWhenTheRuleAsksForItAndCountsAllIterations() {
        TrainingWatch watch = watch(0, 0.5);

        iterate(watch, network(BackpropType.Standard), 27);

        assertThat(watch.reports().all()).containsExactly(new Report(0, 3, 0.5), new Report(0, 9, 0.5));
        assertThat(watch.iterations()).isEqualTo(27);
    }

    @Test
    void endsTheTrainingOfACandidateThatIsGivenUp() {
        iterate(watch(0, 0.5), network(BackpropType.Standard), 27);
        TrainingWatch second = watch(1, 0.4);

        assertThatThrownBy(() -> iterate(second, network(BackpropType.Standard), 27))
                .isInstanceOf(PrunedException.class)
                .hasMessageContaining("at iteration 3 its score 0.4000 was not among the best 1 of 2");
        assertThat(second.iterations()).isEqualTo(3);
        assertThat(second.reports().all()).containsExactly(new Report(1, 3, 0.4));
    }

    @Test
    void whatAnEarlierRunHasReportedCounts() {
        board.restore(List.of(new Report(0, 3, 0.5)));

        assertThatThrownBy(() -> iterate(watch(1, 0.4), network(BackpropType.Standard), 3))
                .isInstanceOf(PrunedException.class);
    }

    @Test
    void theCalibrationIsTheFirstRungAndReportsOnce() {
        TrainingWatch first = watch(0, 0.5);
        first.reports().calibrated(0.6);
        first.reports().calibrated(0.9);

        assertThat(first.reports().all()).containsExactly(new Report(0, 0, 0.6));
        assertThatThrownBy(() -> watch(1, 0.5).reports().calibrated(0.5))
                .isInstanceOf(PrunedException.class)
                .hasMessage("in its calibration its score 0.5000 was not among the best 1 of 2 (ASHA, eta 3)");
    }

    @Test
    void withoutPruningNoCalibrationIsReported() {
        TrainingWatch watch =
                watch(0, 0.5, new ScoreBoard(Pruning.none(), new EvaluationScoreFunction(Evaluation.Metric.ACCURACY)));

        watch.reports().calibrated(0.6);

        assertThat(watch.reports().all()).isEmpty();
    }

    @Test
    void theCalibrationIsARungOnlyWhereItShowsTheScoreOfTheSearch() {
        assertThat(reportsCalibration(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY)))
                .isTrue();
        assertThat(reportsCalibration(new RegressionScoreFunction(RegressionEvaluation.Metric.MSE)))
                .isTrue();

        assertThat(reportsCalibration(new EvaluationScoreFunction(Evaluation.Metric.F1)))
                .isFalse();
        assertThat(reportsCalibration(new RegressionScoreFunction(RegressionEvaluation.Metric.MAE)))
                .isFalse();
        assertThat(reportsCalibration(new TestSetLossScoreFunction())).isFalse();
    }

    private static boolean reportsCalibration(ScoreFunction score) {
        TrainingWatch watch = watch(0, 0.5, new ScoreBoard(Pruning.asha(27), score));
        watch.reports().calibrated(0.6);
        boolean reports = !watch.reports().all().isEmpty();
        iterate(watch, network(BackpropType.Standard), 27);
        assertThat(watch.reports().all()).hasSize(reports ? 3 : 2);
        return reports;
    }

    @Test
    void aNetworkWithTruncatedBackpropagationReportsAtTheEndOfAnEpoch() {
        TrainingWatch watch = watch(0, 0.5);
        Model network = network(BackpropType.TruncatedBPTT);

        iterate(watch, network, 10);
        assertThat(watch.reports().all()).isEmpty();
        watch.onEpochEnd(network);

        assertThat(watch.reports().all()).containsExactly(new Report(0, 3, 0.5), new Report(0, 9, 0.5));
    }
}
