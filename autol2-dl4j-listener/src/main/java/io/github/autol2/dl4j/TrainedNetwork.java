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
 * @param level              what the race of short runs has shown
 * @param decisions          what AutoL2 did afterwards, oldest first
 * @param lambda             of the last iteration
 * @param bestIteration      parameter updates behind the best network
 * @param validationLoss     of the best network, the mean of those evaluations, without any penalty
 * @param validationAccuracy the same; empty for regression
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
        long iterationsSpent) {

    public TrainedNetwork {
        decisions = List.copyOf(decisions);
    }
}
