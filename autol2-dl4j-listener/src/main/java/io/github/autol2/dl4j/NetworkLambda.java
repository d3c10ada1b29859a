package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.InitialLambda;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.layers.samediff.SameDiffOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * One network's lambda: reads it, sets it, and keeps the ratios between the layers.
 *
 * <p>lambda is the largest coefficient in the network. A layer that the user gave half of it keeps half of it; a layer without
 * one gets all of it, but see {@link Coefficients#own}. Not thread-safe; one object per network.
 */
final class NetworkLambda {

    /** So often a schedule is looked at between now and the end of the training. */
    private static final int LOOKS = 10;

    private final List<PenalisedParameters> penalised;
    private final Penalty penalty;
    private Coefficients coefficients;
    private final List<String> withoutOwn;
    private final EffectiveLearningRate effective;
    private double lambda = Double.NaN;
    private final boolean countsAll; // Deeplearning4j, of the penalties
    private final double users; // the largest coefficient of the user's; 0: none, or not known after a resume
    private LeftLambda left; // null where nobody else needs to know whose lambda it is

    /** Of a network whose own coefficients only count as ratios. */
    NetworkLambda(Network network, List<PenalisedParameters> penalised, Penalty penalty) {
        this(network, penalised, penalty, false, Coefficients.NOT_READ);
    }

    /**
     * @param keepsOwn whether the network keeps its own coefficients if lambda begins with the largest of them; of what is read off it
     * @param saved    from a saved run or a replica, they name the penalised that take part; without ratios they are read off the network
     */
    NetworkLambda(
            Network network,
            List<PenalisedParameters> penalised,
            Penalty penalty,
            boolean keepsOwn,
            Coefficients saved) {
        Map<String, Double> savedRatios = saved.ratios();
        if (penalised.isEmpty()) {
            throw new IllegalStateException(
                    "no layer of this network takes a penalty: all are frozen, excluded or without weights");
        }
        this.penalty = penalty;
        this.penalised = savedRatios.isEmpty()
                ? penalised
                : penalised.stream()
                        .filter(parameters -> savedRatios.containsKey(parameters.name()))
                        .toList();
        if (this.penalised.size() < savedRatios.size()) {
            throw new IllegalStateException(
                    "the AutoL2 state is that of a network with " + savedRatios.keySet() + ", but this one has "
                            + penalised.stream().map(PenalisedParameters::name).toList());
        }
        Coefficients known = savedRatios.isEmpty() ? read(network) : saved;
        this.users = known.largestOwn();
        this.withoutOwn = savedRatios.isEmpty() ? known.withoutOwn() : List.of();
        this.coefficients = keepsOwn || !savedRatios.isEmpty() ? known : known.withoutOwnOnes();
        this.countsAll = network.trainables().values().stream()
                .noneMatch(layer -> layer instanceof SameDiffLayer
                        || layer instanceof SameDiffOutputLayer
                        || layer instanceof SameDiffGraphVertex);
        this.effective = new EffectiveLearningRate(this.penalised);
    }

    Coefficients coefficients() {
        return coefficients;
    }

    /** The names of the parameters that the user gave no coefficient; empty after a resume, which does not know. */
    List<String> withoutOwn() {
        return withoutOwn;
    }

    /** The largest coefficient that the network had before; 0 if it had none; a resume knows it only where it is kept. */
    double users() {
        return users;
    }

    /** From now on coefficients are noted as a listener's. The network holds its user's. */
    void noteFor(Model network) {
        left = new LeftLambda(network, penalised);
    }

    /** The run begins with this lambda: coefficients of the network's own count only if it is the largest of them. */
    void begin(double first) {
        if (first != coefficients.largestOwn()) {
            coefficients = coefficients.withoutOwnOnes();
        }
    }

    /**
     * Whether the penalty in the network's score tells what lambda is to the network. Not where parameters are left out at this lambda,
     * where lambda is nothing beside other penalties, and where Deeplearning4j does not count all. Needs the network to hold lambda.
     */
    boolean isInScore() {
        return lambda > InitialLambda.NOTHING && !coefficients.leaveSomeOut(lambda) && countsAll;
    }

    /** The penalty of ours if no parameter were left out at this lambda. Needs the network to hold lambda. */
    double penaltyOfAll(Network network) {
        return lambda * ofParameters(network, this::ratio);
    }

    /** Read off the parameters: Deeplearning4j counts no penalty of its SameDiff layers. Each has a list of penalties of its own. */
    private double ofParameters(Network network, ToDoubleFunction<PenalisedParameters> coefficient) {
        double sum = 0;
        for (Trainable layer : network.trainables().values()) {
            if (layer.numParams() == 0 || layer.getConfig() == null) {
                continue;
            }
            for (Map.Entry<String, INDArray> parameter : layer.paramTable(true).entrySet()) {
                List<Regularization> list = layer.getConfig().getRegularizationByParam(parameter.getKey());
                for (PenalisedParameters parameters : penalised) {
                    if (parameters.share(list)) {
                        sum += penalty.of(parameter.getValue(), coefficient.applyAsDouble(parameters));
                    }
                }
            }
        }
        return sum;
    }

    /** Whether a lambda has been set. */
    boolean isSet() {
        return !Double.isNaN(lambda);
    }

    /** Does nothing if this lambda was the last one set. */
    void set(double newLambda) {
        if (newLambda == lambda) {
            return;
        }
        for (PenalisedParameters parameters : penalised) {
            parameters.setCoefficient(penalty, coefficients.of(parameters.name(), newLambda));
            if (left != null) {
                left.note(parameters);
            }
        }
        lambda = newLambda;
    }

    /** From now on lambda follows a schedule, whoever trains the network. */
    void set(LambdaSchedule schedule) {
        for (PenalisedParameters parameters : penalised) {
            parameters.setCoefficient(penalty, schedule.coefficient(parameters.name()));
        }
        lambda = Double.NaN;
    }

    /**
     * The penalty that lambda = 1 would have at the current weights, over those whose size matters: batch normalisation after a layer
     * makes the network's output independent of the size of its weights. In a network that was trained before, all weights count: what it
     * has learned holds only for their present size, because a large lambda raises the learning rate that normalised weights see, and
     * shrinks the others at once. Call it before lambda is set; the coefficients are 0 afterwards.
     *
     * @return 0 if those that count are the smaller part
     */
    double penaltyAtOne(Network network) {
        penalised.forEach(parameters -> parameters.setCoefficient(penalty, 0));
        boolean trained = network.hasTrained();
        double counted =
                ofParameters(network, parameters -> trained || !parameters.normalised() ? ratio(parameters) : 0);
        double all = ofParameters(network, this::ratio);
        return counted > all / 2 && Double.isFinite(counted) ? counted : 0;
    }

    /**
     * etaEff: the penalty alone shrinks the weights by the factor e in 1/(etaEff lambda) iterations. Needs the network to hold lambda.
     * 0 if it is not known (yet) or nothing moves.
     */
    double etaEff(Network network) {
        if (penalty == Penalty.L2) {
            return effective.of(network, lambda);
        }
        return penalised.stream()
                .mapToDouble(parameters -> parameters.etaEff(penalty, network.iteration(), network.epoch()))
                .max()
                .orElse(0);
    }

    /**
     * The largest learning rate divided by (1 - momentum), with an adaptive updater the plain learning rate: of a network that has not
     * trained, what such an updater divides by is not known.
     *
     * @param iteration that schedules are asked for
     * @param epoch     that schedules are asked for
     * @throws IllegalStateException if an updater has no learning rate
     */
    double etaEffBeforeTraining(int iteration, int epoch) {
        double largest = 0;
        for (PenalisedParameters parameters : penalised) {
            if (!parameters.updater().hasLearningRate()) {
                throw new IllegalStateException(
                        parameters.name() + " is trained by "
                                + parameters.updater().getClass().getSimpleName()
                                + ", which has no learning rate: the calibration cannot tell the decay timescale 1/(eta lambda)");
            }
            largest = Math.max(largest, parameters.etaEff(penalty, iteration, epoch));
        }
        return largest;
    }

    /**
     * By what factor schedules raise {@link #etaEffBeforeTraining} until the end of the training, at least 1; 1 for updaters without a
     * learning rate. Passes over the data are taken to go on as fast as they have.
     *
     * @param iteration so far, at least 1
     * @param epoch     so far
     * @param end       iterations of the whole training
     */
    double rise(int iteration, int epoch, long end) {
        if (penalised.stream().anyMatch(parameters -> !parameters.updater().hasLearningRate())) {
            return 1;
        }
        double now = etaEffBeforeTraining(iteration, epoch);
        return now > 0 ? Math.max(1, largestAfter(iteration, iteration, epoch, end) / now) : 1;
    }

    /**
     * The largest {@link #etaEffBeforeTraining} that schedules come to in a whole training, for where it is 0 now.
     *
     * @param iteration so far, at least 1
     * @param epoch     so far
     * @param end       iterations of the whole training
     * @throws IllegalArgumentException if it is 0 all along
     */
    double largestEtaEff(int iteration, int epoch, long end) {
        double largest = Math.max(etaEffBeforeTraining(0, 0), largestAfter(0, iteration, epoch, end));
        if (!(largest > 0)) {
            throw new IllegalArgumentException("the learning rate must be greater than 0 somewhere in a training of "
                    + end + " iterations, got 0 all along: look at its schedule");
        }
        return largest;
    }

    /** After an iteration; 0 if the training ends there. */
    private double largestAfter(long begin, int iteration, int epoch, long end) {
        return IntStream.rangeClosed(1, LOOKS)
                .mapToLong(look -> begin + (end - 1 - begin) * look / LOOKS)
                .filter(one -> one > begin)
                .mapToDouble(one -> Math.max(
                        etaEffBeforeTraining((int) one, (int) (one * epoch / iteration)),
                        etaEffBeforeTraining((int) one, (int) Math.max(0, one * (epoch + 1) / iteration - 1))))
                .max()
                .orElse(0);
    }

    /** What {@link EffectiveLearningRate} wants to see of each training step. */
    EffectiveLearningRate effective() {
        return effective;
    }

    private double ratio(PenalisedParameters parameters) {
        return coefficients.ratios().get(parameters.name());
    }

    private Coefficients read(Network network) {
        Map<String, Double> own = new LinkedHashMap<>();
        for (PenalisedParameters parameters : penalised) {
            parameters
                    .coefficient(penalty, network.iteration(), network.epoch())
                    .ifPresent(coefficient -> own.put(parameters.name(), coefficient));
        }
        double largest = Coefficients.largest(own);
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (PenalisedParameters parameters : penalised) {
            Double coefficient = own.get(parameters.name());
            ratios.put(parameters.name(), coefficient == null ? 1 : coefficient / largest);
        }
        return new Coefficients(ratios, own);
    }
}
