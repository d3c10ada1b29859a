package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * etaEff of a network: with the coefficient lambda, the penalty alone shrinks the norm of all penalised weights by the factor
 * {@code 1 - etaEff lambda} an iteration. It is the mean of the {@link UpdaterGain} of all weights, each counted with its square, because
 * large weights make the norm. What the updaters remember of the gradients is read from their state. Of an updater that is not known here,
 * its updates are compared with its gradients. Parameters that the user alone penalises do not count: another lambda would not change
 * them. Neither do those that only pretraining moves.
 *
 * <p>A weight that has next to no gradients of its own (a dead
 * input) counts with at most ten times the gain of its neighbours. Not thread-safe; one object per network.
 */
final class EffectiveLearningRate {

    /** Deeplearning4j's updaters begin with a state of 0, or of their epsilon, which is at most this by default. */
    private static final double BEGINNING = 2e-6;

    private final List<PenalisedParameters> ours;
    private final Map<String, Double> measured = new HashMap<>(); // by parameter, of updaters that are not known
    private final Map<String, double[]> before = new HashMap<>(); // the gradients that an update will be compared with
    private Boolean strangers; // null until it is asked for
    private boolean remembers; // the updater, or it has no state at all

    /** One parameter array with its penalty. */
    private record Weights(String prefix, Trainable layer, String name, INDArray values, double coefficient) {

        String key() {
            return prefix + "_" + name;
        }

        IUpdater updater() {
            return layer.getConfig().getUpdaterByParam(name);
        }

        double ratio(double lambda) {
            return coefficient / lambda;
        }
    }

    /**
     * @param ours the parameters whose coefficients are set by lambda
     */
    EffectiveLearningRate(List<PenalisedParameters> ours) {
        this.ours = List.copyOf(ours);
    }

    /**
     * At this iteration, inside {@code onBackwardPass}.
     *
     * @param lambda the coefficient that the network holds, greater than 0
     * @return 0 if nothing is known yet, or nothing moves
     */
    double of(Network network, double lambda) {
        return remembersNothing(network) ? beforeTheFirstUpdate(network, lambda) : fromState(network, lambda);
    }

    /** An updater may be there already, also of a network that was loaded without its state and goes on to count. */
    private boolean remembersNothing(Network network) {
        if (network.updater() == null || network.iteration() == 0) {
            return true;
        }
        if (!remembers) {
            INDArray state = network.updater().getStateViewArray();
            remembers =
                    state == null || state.length() == 0 || state.amaxNumber().doubleValue() > BEGINNING;
        }
        return !remembers;
    }

    /** The gain of all penalised weights, where it is the same for all and needs no look at them. */
    private static OptionalDouble common(Network network, List<Weights> penalised, double lambda) {
        double gain = Double.NaN;
        for (Weights weights : penalised) {
            OptionalDouble own = UpdaterGain.carried(weights.updater(), network.iteration(), network.epoch());
            boolean differs = own.isPresent() && !Double.isNaN(gain) && own.getAsDouble() != gain;
            if (own.isEmpty() || differs || weights.coefficient() != lambda) {
                return OptionalDouble.empty();
            }
            gain = own.getAsDouble();
        }
        return Double.isNaN(gain) ? OptionalDouble.empty() : OptionalDouble.of(gain);
    }

    private double fromState(Network network, double lambda) {
        List<Weights> all = penalised(network);
        OptionalDouble common = common(network, all, lambda);
        if (common.isPresent()) {
            return common.getAsDouble();
        }
        MeanGain mean = new MeanGain();
        Map<String, Weights> penalised = new HashMap<>();
        for (Weights weights : all) {
            penalised.put(weights.layer().getConfig().getLayerName() + "/" + weights.name(), weights);
        }
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            for (ParamState state : block.getLayersAndVariablesInBlock()) {
                Weights weights =
                        penalised.get(state.getLayer().getConfig().getLayerName() + "/" + state.getParamName());
                if (weights != null) {
                    add(mean, lambda, network, block, state, weights);
                }
            }
        }
        return mean.value();
    }

    private void add(
            MeanGain mean, double lambda, Network network, UpdaterBlock block, ParamState state, Weights weights) {
        double ratio = weights.ratio(lambda);
        OptionalDouble constant = UpdaterGain.carried(weights.updater(), network.iteration(), network.epoch());
        UpdaterGain adaptive = constant.isPresent()
                ? null
                : UpdaterGain.adaptive(block.getGradientUpdater(), network.iteration(), network.epoch());
        if (constant.isPresent()) {
            mean.add(weights.values(), ratio, index -> constant.getAsDouble());
        } else if (adaptive != null) {
            long offset = (long) state.getParamOffsetStart() - block.getParamOffsetStart();
            mean.add(weights.values(), ratio, MeanGain.bounded(index -> adaptive.at(offset + index), weights.values()));
        } else {
            Double gain = measured.get(weights.key());
            if (gain != null) {
                mean.add(weights.values(), ratio, index -> gain);
            }
        }
    }

    private double beforeTheFirstUpdate(Network network, double lambda) {
        FirstGain first = new FirstGain();
        Gradient gradient = network.model().gradient();
        for (Weights weights : penalised(network)) {
            INDArray array = gradient == null ? null : gradient.getGradientFor(weights.key());
            first.add(
                    weights.values(),
                    weights.ratio(lambda),
                    weights.updater(),
                    array == null
                            ? Double.NaN
                            : norm(array, weights, normalisation(weights, gradient, network), network),
                    network.iteration(),
                    network.epoch());
        }
        return first.value();
    }

    /** Of an array of gradients, as the updater sees it. */
    private static double norm(INDArray array, Weights weights, GradientNormalisation normalisation, Network network) {
        if (Double.isInfinite(normalisation.limit())) {
            return normalisation.factor() * array.norm2Number().doubleValue() / examples(network);
        }
        double[] values = read(array, weights);
        double square = 0;
        for (double value : values) {
            square += Math.pow(normalisation.of(value / examples(network)), 2);
        }
        return Math.sqrt(square / values.length * array.length());
    }

    private static GradientNormalisation normalisation(Weights weights, Gradient gradient, Network network) {
        return GradientNormalisation.of(weights.layer(), gradient, weights.prefix(), weights.name(), examples(network));
    }

    /** What an update is to a gradient, by parameter, for updaters that are not known. */
    Map<String, Double> measured() {
        return Map.copyOf(measured);
    }

    /** Goes on with what was measured before. */
    void remember(Map<String, Double> earlier) {
        measured.putAll(earlier);
    }

    /** Remembers the gradients of this iteration, in {@code onGradientCalculation}, if an updater is not known otherwise. */
    void watchGradients(Network network) {
        if (strangers == null) {
            strangers = penalised(network).stream().anyMatch(weights -> isStranger(weights, network));
        }
        before.clear();
        Gradient gradient = strangers ? network.model().gradient() : null;
        if (gradient == null) {
            return;
        }
        for (Weights weights : penalised(network)) {
            INDArray array = gradient.getGradientFor(weights.key());
            if (array != null && isStranger(weights, network)) {
                double[] values = read(array, weights);
                double[] theta = read(weights.values(), weights);
                double examples = examples(network);
                GradientNormalisation normalisation = normalisation(weights, gradient, network);
                for (int i = 0; i < values.length; i++) {
                    values[i] = normalisation.of(values[i] / examples) + weights.coefficient() * theta[i];
                }
                before.put(weights.key(), values);
            }
        }
    }

    /** Compares the updates, which Deeplearning4j has put into the gradients' place, in {@code iterationDone}. */
    void compareUpdates(Network network) {
        Gradient gradient = network.model().gradient();
        if (before.isEmpty() || gradient == null) {
            return;
        }
        for (Weights weights : penalised(network)) {
            double[] gradients = before.get(weights.key());
            INDArray array = gradient.getGradientFor(weights.key());
            if (gradients != null && array != null) {
                double[] updates = read(array, weights);
                double product = 0;
                double square = 0;
                for (int i = 0; i < updates.length; i++) {
                    product += Math.abs(updates[i] * gradients[i]);
                    square += gradients[i] * gradients[i];
                }
                if (square > 0 && Double.isFinite(product)) {
                    measured.put(weights.key(), product / square);
                }
            }
        }
        before.clear();
    }

    private static boolean isStranger(Weights weights, Network network) {
        return UpdaterGain.constant(weights.updater(), network.iteration(), network.epoch())
                        .isEmpty()
                && UpdaterGain.expected(weights.updater(), 1, network.iteration(), network.epoch())
                        .isEmpty();
    }

    private static double[] read(INDArray array, Weights weights) {
        DataBuffer buffer = array.data();
        long stride = MeanGain.stride(weights.values());
        double[] values = new double[(int) ((array.length() + stride - 1) / stride)];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getDouble(i * stride);
        }
        return values;
    }

    /** Deeplearning4j divides the sum of the gradients by the batch before the updater sees it. */
    private static double examples(Network network) {
        return network.dividesByBatch() ? network.model().batchSize() : 1;
    }

    private List<Weights> penalised(Network network) {
        List<Weights> found = new ArrayList<>();
        network.trainables().forEach((prefix, layer) -> {
            if (layer.numParams() == 0 || layer.getConfig() == null) {
                return;
            }
            layer.paramTable(true).forEach((name, values) -> {
                List<Regularization> elements = layer.getConfig().getRegularizationByParam(name);
                double coefficient = coefficient(elements);
                if (coefficient > 0 && ours.stream().anyMatch(parameters -> parameters.share(elements))) {
                    found.add(new Weights(prefix, layer, name, values, coefficient));
                }
            });
        });
        return found;
    }

    private static double coefficient(List<Regularization> elements) {
        double sum = 0;
        if (elements != null) {
            for (Regularization element : elements) {
                sum += Penalty.L2.coefficient(element, 0, 0).orElse(0);
            }
        }
        return sum;
    }
}
