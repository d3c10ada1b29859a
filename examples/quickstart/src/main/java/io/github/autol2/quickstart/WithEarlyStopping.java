package io.github.autol2.quickstart;

import io.github.autol2.dl4j.AutoL2EarlyStopping;
import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation.Metric;

/** Trains with an EarlyStoppingTrainer, which keeps the network of the best validation accuracy. */
public final class WithEarlyStopping {

    private WithEarlyStopping() {}

    public static void main(String... args) {
        int epochs = 300;
        long iterations = (long) epochs * Moons.BATCHES_PER_EPOCH;
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .scoreCalculator(new ClassificationScoreCalculator(Metric.ACCURACY, Moons.validation()))
                // AutoL2 counts these epochs anew with each division of lambda.
                .epochTerminationConditions(
                        new MaxEpochsTerminationCondition(epochs), new ScoreImprovementEpochTerminationCondition(30))
                .modelSaver(new InMemoryModelSaver<>())
                .build();

        EarlyStoppingResult<MultiLayerNetwork> result = AutoL2EarlyStopping.trainer(
                        earlyStopping, Moons.network(), Moons.training(), AutoL2Options.adaptive(iterations))
                .fit();

        System.out.printf(
                "stopped after epoch %d of %d by %s; best epoch %d with validation accuracy %.3f%n",
                result.getTotalEpochs(),
                epochs,
                result.getTerminationDetails(),
                result.getBestModelEpoch(),
                result.getScoreVsEpoch().get(result.getBestModelEpoch()));
    }
}
