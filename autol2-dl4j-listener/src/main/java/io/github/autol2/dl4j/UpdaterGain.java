package io.github.autol2.dl4j;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AMSGradUpdater;
import org.nd4j.linalg.learning.AdaDeltaUpdater;
import org.nd4j.linalg.learning.AdaGradUpdater;
import org.nd4j.linalg.learning.AdaMaxUpdater;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NadamUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * An updater's gain: how far a small constant gradient of 1 moves a weight in one iteration in the long run. A penalty's gradient is such
 * a one: it changes slowly. Sgd's gain is its learning rate, momentum divides that by (1 - momentum); an adaptive updater divides it by
 * what it remembers of each weight's gradients.
 */
interface UpdaterGain {

    /** A share of a step that does not count any more. */
    double FORGOTTEN = 1e-4;

    /** The gain of one parameter, counted from the beginning of the updater's block. */
    double at(long index);

    /** The gain of updaters that have the same one for all parameters; empty for the others. */
    static OptionalDouble constant(IUpdater updater, int iteration, int epoch) {
        if (updater instanceof Sgd) {
            return OptionalDouble.of(updater.getLearningRate(iteration, epoch));
        }
        if (updater instanceof Nesterovs nesterovs) {
            return OptionalDouble.of(
                    nesterovs.getLearningRate(iteration, epoch) / (1 - nesterovs.currentMomentum(iteration, epoch)));
        }
        if (updater instanceof NoOp) {
            return OptionalDouble.of(1); // its update is the gradient itself
        }
        return OptionalDouble.empty();
    }

    /**
     * The constant gain as it is now: momentum still carries the learning rates of some iterations before, and has not built up yet at the
     * first ones. Schedules by epoch count with the present epoch.
     */
    static OptionalDouble carried(IUpdater updater, int iteration, int epoch) {
        if (!(updater instanceof Nesterovs nesterovs)) {
            return constant(updater, iteration, epoch);
        }
        double sum = 0;
        double share = 1;
        for (int i = iteration; i >= 0 && share > FORGOTTEN; i--) {
            sum += share * nesterovs.getLearningRate(i, epoch);
            share *= nesterovs.currentMomentum(i, epoch);
        }
        return OptionalDouble.of(sum);
    }

    /** From what an adaptive updater remembers; null for updaters that are not known here. */
    static UpdaterGain adaptive(GradientUpdater<?> updater, int iteration, int epoch) {
        IUpdater config = updater.getConfig();
        double eta = config.hasLearningRate() ? config.getLearningRate(iteration, epoch) : 1;
        if (updater instanceof AdamUpdater adam && config instanceof Adam c) {
            return dividedByRoot(adam.getV(), eta * unbiased(c.getBeta2(), iteration), c.getEpsilon());
        }
        if (updater instanceof AMSGradUpdater ams && config instanceof AMSGrad c) {
            return dividedByRoot(ams.getVHat(), eta * unbiased(c.getBeta2(), iteration), c.getEpsilon());
        }
        if (updater instanceof NadamUpdater nadam && config instanceof Nadam c) {
            return dividedByRoot(nadam.getV(), eta, c.getEpsilon()); // Deeplearning4j's does not correct the bias of v
        }
        if (updater instanceof AdaGradUpdater ada && config instanceof AdaGrad c) {
            return dividedByRoot(ada.getHistoricalGradient(), eta, c.getEpsilon());
        }
        if (updater instanceof RmsPropUpdater rms && config instanceof RmsProp c) {
            return index -> eta / Math.sqrt(rms.getLastGradient().data().getDouble(index) + c.getEpsilon());
        }
        if (updater instanceof AdaMaxUpdater max && config instanceof AdaMax c) {
            return index -> eta / (max.getU().data().getDouble(index) + c.getEpsilon());
        }
        if (updater instanceof AdaDeltaUpdater delta && config instanceof AdaDelta c) {
            return index -> Math.sqrt((delta.getMsdx().data().getDouble(index) + c.getEpsilon())
                    / (delta.getMsg().data().getDouble(index) + c.getEpsilon()));
        }
        return null;
    }

    /**
     * What can be said of an adaptive updater before its first update, from the size of the first gradients.
     *
     * @param rms root of the mean square of the parameters' gradients
     * @return empty for updaters that are not known here
     */
    static OptionalDouble expected(IUpdater updater, double rms, int iteration, int epoch) {
        double epsilon;
        if (updater instanceof Adam adam) {
            epsilon = adam.getEpsilon();
        } else if (updater instanceof AMSGrad ams) {
            epsilon = ams.getEpsilon();
        } else if (updater instanceof Nadam nadam) {
            epsilon = nadam.getEpsilon();
        } else if (updater instanceof AdaMax max) {
            epsilon = max.getEpsilon();
        } else if (updater instanceof AdaGrad ada) {
            epsilon = ada.getEpsilon();
        } else if (updater instanceof RmsProp prop) {
            epsilon = Math.sqrt(prop.getEpsilon());
        } else if (updater instanceof AdaDelta delta) {
            return OptionalDouble.of(
                    Math.sqrt(delta.getEpsilon() / ((1 - delta.getRho()) * rms * rms + delta.getEpsilon())));
        } else {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(updater.getLearningRate(iteration, epoch) / (rms + epsilon));
    }

    private static UpdaterGain dividedByRoot(INDArray squares, double eta, double epsilon) {
        DataBuffer buffer = squares.data();
        return index -> eta / (Math.sqrt(buffer.getDouble(index)) + epsilon);
    }

    /** Root of what the mean of the squares lacks after so few updates. */
    private static double unbiased(double beta2, int iteration) {
        return Math.sqrt(1 - Math.pow(beta2, Math.max(1, iteration)));
    }
}
