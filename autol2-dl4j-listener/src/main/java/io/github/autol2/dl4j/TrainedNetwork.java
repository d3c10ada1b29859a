package io.github.autol2.dl4j;

import io.github.autol2.prediction.Level;
import io.github.autol2.validation.ValidationDecision;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;

/**
 * What a training with held-out data has come to.
 *
 * @param best               the network as it was when its held-out performance, smoothed over a few evaluations, was best
 * @param last               the network after the last iteration, with its updater's state; the best one where the rule has gone back to
 *                           that at the end
 * @param level              what the race of short runs has shown; where no short run had a living network, its lambda is the free rule
 * @param decisions          what AutoL2 did afterwards, oldest first
 * @param lambda             of the last iteration
 * @param bestIteration      parameter updates behind the best network
 * @param validationLoss     of the best network, the mean of those evaluations, without any penalty; NaN where it gives no finite numbers
 * @param validationAccuracy the same; empty for regression, and where the best network gives no finite numbers
 * @param alive              whether the best network's outputs depend on its input, and are finite. If not, look at the learning rate,
 *                           the initial weights and the data
 * @param iterationsSpent    by all heats of the race and the training, in which the winner's heat counts once
 */
public record TrainedNetwork(
        Model best,
        Model last,
        Level level,
        List<ValidationDecision> decisions,
        double lambda,
        long bestIteration,
        double validationLoss,
        OptionalDouble validationAccuracy,
        boolean alive,
        long iterationsSpent) {

    public TrainedNetwork {
        decisions = List.copyOf(decisions);
    }
}
