package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.numbers.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Sets and tells the L2 coefficient of a whole network, in the same places as {@link AutoL2Listener} does. */
public final class Lambda {

    private Lambda() {}

    /**
     * Sets the coefficient of {@code 1/2 lambda |theta|^2} on all weights; biases, frozen layers and other penalties stay. The
     * largest coefficient in the network becomes lambda and the ratios between layers are kept; a layer without one gets lambda.
     * Acts in the next update.
     *
     * @param network a MultiLayerNetwork or ComputationGraph, initialised
     * @param lambda  finite, at least 0
     */
    public static void set(Model network, double lambda) {
        Check.notNegative("lambda", lambda);
        of(Network.of(network)).set(lambda);
    }

    /**
     * {@return the lambda that a network holds: the largest L2 coefficient of its weights; 0 if they have none}
     *
     * @param network a MultiLayerNetwork or ComputationGraph, initialised
     */
    public static double get(Model network) {
        Network view = Network.of(network);
        return PenalisedParameters.of(view, Participants.WEIGHTS).stream()
                .mapToDouble(parameters -> parameters
                        .coefficient(Penalty.L2, view.iteration(), view.epoch())
                        .orElse(0))
                .max()
                .orElse(0);
    }

    /**
     * {@return the free rule, {@code 1/(etaEff iterations)}: the lambda whose decay timescale tau is as long as the training} A smaller one
     * plays no part in it. etaEff is that of the network as it stands, or the larger one that schedules of the learning rate, such as a warm-up,
     * still raise it to; with Adam, ask after some iterations. The network is not changed.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph, initialised
     * @param iterations of the training, at least 1, from the first update on
     * @throws IllegalStateException    if an updater has no learning rate
     * @throws IllegalArgumentException if the learning rate is 0 in the whole training
     */
    public static double freeRule(Model network, long iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be >= 1, got " + iterations);
        }
        Network view = Network.of(network);
        return keepingPenalties(
                PenalisedParameters.of(view, Participants.WEIGHTS),
                () -> 1 / (largestEtaEff(view, iterations) * iterations));
    }

    /**
     * {@return what a calculation on a network gives while no weight has an L2 penalty} A score, for example, is the loss then, beside other
     * penalties. The coefficients are as before afterwards, also after an exception.
     *
     * @param network     a MultiLayerNetwork or ComputationGraph, initialised
     * @param calculation on the calling thread, which may throw anything unchecked
     */
    public static double without(Model network, DoubleSupplier calculation) {
        List<PenalisedParameters> penalised = PenalisedParameters.of(Network.of(network), Participants.WEIGHTS);
        return keepingPenalties(penalised, () -> {
            penalised.forEach(parameters -> parameters.setCoefficient(Penalty.L2, 0));
            return calculation.getAsDouble();
        });
    }

    private static double keepingPenalties(List<PenalisedParameters> penalised, DoubleSupplier calculation) {
        List<List<Regularization>> before = new ArrayList<>(); // null for a layer without any
        penalised.forEach(parameters -> before.add(parameters.get().get()));
        try {
            return calculation.getAsDouble();
        } finally {
            for (int i = 0; i < before.size(); i++) {
                penalised.get(i).set().accept(before.get(i));
            }
        }
    }

    /**
     * What the learning rate amounts to now. Where the updater does not show it, it is that before the training.
     *
     * @param lambda that the network holds, or is to hold from now on, greater than 0
     * @throws IllegalStateException if an updater has no learning rate
     */
    static double etaEff(Network network, double lambda) {
        NetworkLambda held = of(network);
        held.set(lambda);
        double etaEff = held.etaEff(network);
        return etaEff > 0 ? etaEff : held.etaEffBeforeTraining(network.iteration(), network.epoch());
    }

    /**
     * What the learning rate amounts to now, or comes to later by a schedule that rises.
     *
     * @param iterations of the whole training
     * @throws IllegalStateException    if an updater has no learning rate
     * @throws IllegalArgumentException if it is 0 all along
     */
    private static double largestEtaEff(Network network, long iterations) {
        int done = Math.max(1, network.iteration());
        double now = etaEff(network, 1);
        NetworkLambda held = of(network);
        return now > 0
                ? now * held.rise(done, network.epoch(), iterations)
                : held.largestEtaEff(done, network.epoch(), iterations);
    }

    /** lambda of the weights that take part by default. */
    static NetworkLambda of(Network network) {
        return new NetworkLambda(network, PenalisedParameters.of(network, Participants.WEIGHTS), Penalty.L2);
    }
}
