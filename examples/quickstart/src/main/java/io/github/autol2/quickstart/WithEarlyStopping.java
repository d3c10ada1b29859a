package io.github.autol2.quickstart;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.StopAfterTimescales;
import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation.Metric;

/** Trains with an EarlyStoppingTrainer, which keeps the network of the best validation accuracy. */
public final class WithEarlyStopping {

    private WithEarlyStopping() {}

    public static void main(String... args) {
        MultiLayerNetwork network = Moons.network();
        int epochs = 100;
        long iterations = (long) epochs * Moons.BATCHES_PER_EPOCH;

        AutoL2Listener autoL2 = new AutoL2Listener(AutoL2Options.adaptive(iterations));
        network.setListeners(autoL2);
        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(
                        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                                // The accuracy. DataSetLossCalculator would add the penalty, which each division makes
                                // smaller.
                                .scoreCalculator(new ClassificationScoreCalculator(Metric.ACCURACY, Moons.validation()))
                                .epochTerminationConditions(
                                        new MaxEpochsTerminationCondition(epochs), new StopAfterTimescales(autoL2, 2))
                                .modelSaver(new InMemoryModelSaver<>())
                                .build(),
                        network,
                        Moons.training())
                .fit();

        System.out.printf(
                "stopped after epoch %d by %s; best epoch %d with validation accuracy %.3f%n",
                result.getTotalEpochs(),
                result.getTerminationDetails(),
                result.getBestModelEpoch(),
                result.getScoreVsEpoch().get(result.getBestModelEpoch()));
    }
}
