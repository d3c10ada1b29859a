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
 * <p>Of each array up to about {@value #MOST} weights are read, evenly spread. A weight that has next to no gradients of its own (a dead
 * input) counts with at most ten times the gain of its neighbours. Not thread-safe; one object per network.
 */
final class EffectiveLearningRate {

    /** Weights read of each array: enough for a few percent, few enough to cost nothing. */
    private static final int MOST = 1024;

    private static final double LARGEST_GAIN = 10;

    private final List<PenalisedParameters> ours;
    private final Map<String, Double> measured = new HashMap<>(); // by parameter, of updaters that are not known
    private final Map<String, double[]> before = new HashMap<>(); // the gradients that an update will be compared with
    private Boolean strangers; // null until it is asked for

    /** One parameter array with its penalty. */
    private record Weights(String key, Trainable layer, String name, INDArray values, double coefficient) {

        IUpdater updater() {
            return layer.getConfig().getUpdaterByParam(name);
        }

        long stride() {
            return values.length() <= MOST ? 1 : values.length() / MOST | 1; // odd, so as not to walk along a column
        }
    }

    /** The gain that an array will have. */
    private record Expected(Weights weights, double gain) {}

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
        return network.updater() == null ? beforeTheFirstUpdate(network, lambda) : fromState(network, lambda);
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
        Mean mean = new Mean(lambda);
        Map<String, Weights> penalised = new HashMap<>();
        for (Weights weights : all) {
            penalised.put(weights.layer().getConfig().getLayerName() + "/" + weights.name(), weights);
        }
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            for (ParamState state : block.getLayersAndVariablesInBlock()) {
                Weights weights =
                        penalised.get(state.getLayer().getConfig().getLayerName() + "/" + state.getParamName());
                if (weights != null) {
                    add(mean, network, block, state, weights);
                }
            }
        }
        return mean.value();
    }

    private void add(Mean mean, Network network, UpdaterBlock block, ParamState state, Weights weights) {
        OptionalDouble constant = UpdaterGain.carried(weights.updater(), network.iteration(), network.epoch());
        UpdaterGain adaptive = constant.isPresent()
                ? null
                : UpdaterGain.adaptive(block.getGradientUpdater(), network.iteration(), network.epoch());
        if (constant.isPresent()) {
            mean.add(weights, index -> constant.getAsDouble());
        } else if (adaptive != null) {
            long offset = (long) state.getParamOffsetStart() - block.getParamOffsetStart();
            mean.add(weights, bounded(index -> adaptive.at(offset + index), weights));
        } else {
            Double gain = measured.get(weights.key());
            if (gain != null) {
                mean.add(weights, index -> gain);
            }
        }
    }

    /** No gain is more than ten times the harmonic mean of all: that of the mean gradient. */
    private static UpdaterGain bounded(UpdaterGain gain, Weights weights) {
        double inverses = 0;
        int count = 0;
        for (long i = 0; i < weights.values().length(); i += weights.stride()) {
            inverses += 1 / gain.at(i);
            count++;
        }
        double bound = LARGEST_GAIN * count / inverses;
        return index -> Math.min(bound, gain.at(index));
    }

    /**
     * Arrays whose first gradients are all 0 (behind weights that begin at 0) say nothing yet and count with the gain of the others' mean
     * gradient. Of the others, none has more than ten times that gain.
     */
    private double beforeTheFirstUpdate(Network network, double lambda) {
        Mean mean = new Mean(lambda);
        Gradient gradient = network.model().gradient();
        List<Expected> adaptive = new ArrayList<>();
        List<Weights> silent = new ArrayList<>();
        for (Weights weights : penalised(network)) {
            OptionalDouble constant = UpdaterGain.constant(weights.updater(), network.iteration(), network.epoch());
            constant.ifPresent(gain -> mean.add(weights, index -> gain));
            INDArray array = gradient == null ? null : gradient.getGradientFor(weights.key());
            if (constant.isEmpty() && array != null) {
                double norm = array.norm2Number().doubleValue() / examples(network);
                double rms = norm / Math.sqrt((double) array.length());
                if (norm > 0) {
                    UpdaterGain.expected(weights.updater(), rms, network.iteration(), network.epoch())
                            .ifPresent(gain -> adaptive.add(new Expected(weights, gain)));
                } else {
                    silent.add(weights);
                }
            }
        }
        double count = 0;
        double inverses = 0;
        for (Expected expected : adaptive) {
            count += expected.weights().values().length();
            inverses += expected.weights().values().length() / expected.gain();
        }
        double ofMeanGradient = count / inverses;
        double bound = LARGEST_GAIN * ofMeanGradient;
        silent.forEach(weights -> mean.add(weights, index -> ofMeanGradient));
        adaptive.forEach(expected -> mean.add(expected.weights(), index -> Math.min(bound, expected.gain())));
        return mean.value();
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
                for (int i = 0; i < values.length; i++) {
                    values[i] = values[i] / examples + weights.coefficient() * theta[i];
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
        long stride = weights.stride();
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
                    found.add(new Weights(prefix + "_" + name, layer, name, values, coefficient));
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

    /** sum of ratio^2 w^2 gain, over that of ratio w^2. */
    private static final class Mean {
        private final double lambda;
        private double shrunk;
        private double squares;

        Mean(double lambda) {
            this.lambda = lambda;
        }

        void add(Weights weights, UpdaterGain gain) {
            double ratio = weights.coefficient() / lambda;
            DataBuffer buffer = weights.values().data();
            long stride = weights.stride();
            for (long i = 0; i < weights.values().length(); i += stride) {
                double w = buffer.getDouble(i);
                double square = ratio * w * w * stride;
                squares += square;
                shrunk += square * ratio * gain.at(i);
            }
        }

        double value() {
            double value = shrunk / squares;
            return Double.isFinite(value) ? value : 0;
        }
    }
}
