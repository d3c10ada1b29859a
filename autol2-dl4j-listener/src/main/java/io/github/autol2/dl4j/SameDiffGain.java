package io.github.autol2.dl4j;

import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.TrainingStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What the updater of a SameDiff network makes of a penalty on some of its variables: etaEff. With updaters that divide by the size of the
 * gradients it is known before the first update only from a pass over the batch. Not thread-safe.
 */
final class SameDiffGain {

    private final SameDiff network;
    private final Penalty penalty;
    private final List<String> variables;
    private final List<Regularization> users;
    private final boolean fresh; // the updater remembers nothing yet
    private final Map<String, Double> firstNorms = new HashMap<>(); // of the loss's gradients

    /**
     * @param variables that take part
     * @param users     penalties that ours replaces
     */
    SameDiffGain(SameDiff network, Penalty penalty, List<String> variables, List<Regularization> users) {
        this.network = network;
        this.penalty = penalty;
        this.variables = variables;
        this.users = users;
        this.fresh = !network.isInitializedTraining();
    }

    /**
     * Remembers how large the loss's gradients are for this batch, by a pass of its own: in a training step they are not all known before
     * the first update. Nobody else notices it: not the network's listeners, not ND4J's random numbers.
     */
    void measureGradients(MultiDataSet batch) {
        SameDiff gradients = network.getFunction("grad");
        Runnable cacheAsItIs = SameDiffPass.cacheAsItIs(gradients);
        Map<String, INDArray> found;
        try {
            found = SameDiffPass.quietly(
                    network, () -> network.calculateGradients(SameDiffPass.placeholders(network, batch), variables));
        } finally {
            cacheAsItIs.run();
        }
        found.forEach(
                (name, values) -> firstNorms.put(name, values.norm2Number().doubleValue()));
    }

    /** Whether etaEff can be told without the sizes of the first gradients. */
    boolean knowsEtaEff(At at) {
        return penalty == Penalty.WEIGHT_DECAY
                || !fresh
                || UpdaterGain.constant(network.getTrainingConfig().getUpdater(), at.iteration(), at.epoch())
                        .isPresent();
    }

    /**
     * Refuses an updater whose etaEff cannot be told.
     *
     * @throws IllegalStateException if it is not known here
     */
    void requireKnownUpdater(At at) {
        IUpdater updater = network.getTrainingConfig().getUpdater();
        boolean known = penalty == Penalty.WEIGHT_DECAY
                || UpdaterGain.constant(updater, at.iteration(), at.epoch()).isPresent()
                || UpdaterGain.expected(updater, 1, at.iteration(), at.epoch()).isPresent();
        if (!known) {
            throw new IllegalStateException("what " + updater.getClass().getSimpleName()
                    + " makes of a penalty is not known here: use Penalty.WEIGHT_DECAY, or AutoL2Options.paper()");
        }
    }

    /**
     * What is known when training begins, before the first update.
     *
     * @param classifies   whether there is a training error
     * @param penaltyAtOne the penalty that lambda = 1 would have
     * @see TrainingStart
     */
    TrainingStart start(double loss, OptionalDouble baseline, boolean classifies, double penaltyAtOne, At at) {
        double etaEff = penalty == Penalty.WEIGHT_DECAY || !fresh ? etaEff(at) : firstEtaEff(at);
        return new TrainingStart(loss, penaltyAtOne, etaEff, baseline, classifies, true, own(at));
    }

    /** From the sizes of the first gradients. */
    private double firstEtaEff(At at) {
        FirstGain first = new FirstGain();
        variables.forEach(name -> first.add(
                network.getVariable(name).getArr(),
                1.0,
                network.getTrainingConfig().getUpdater(),
                firstNorms.getOrDefault(name, Double.NaN),
                at.iteration(),
                at.epoch()));
        return first.value();
    }

    /** The coefficient of the user's, which all variables have. */
    private double own(At at) {
        double sum = users.stream()
                .mapToDouble(element ->
                        penalty.coefficient(element, at.iteration(), at.epoch()).orElse(0))
                .sum();
        return sum <= InitialLambda.NOTHING ? 0 : sum; // what a listener left there is none of the user's
    }

    /** See {@link EffectiveLearningRate}. */
    double etaEff(At at) {
        IUpdater updater = network.getTrainingConfig().getUpdater();
        if (penalty == Penalty.WEIGHT_DECAY) {
            return penalty.etaEff(updater, users, at.iteration(), at.epoch());
        }
        OptionalDouble constant = UpdaterGain.carried(updater, at.iteration(), at.epoch());
        if (constant.isPresent()) {
            return constant.getAsDouble();
        }
        MeanGain mean = new MeanGain();
        variables.forEach(name -> {
            INDArray values = network.getVariable(name).getArr();
            UpdaterGain gain = UpdaterGain.adaptive(network.getUpdaterMap().get(name), at.iteration(), at.epoch());
            mean.add(values, 1.0, MeanGain.bounded(gain, values));
        });
        return mean.value();
    }
}
