package io.github.autol2.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Trains plain SGD, or SGD with little momentum, with momentum {@value #MOMENTUM} instead. Over many iterations that is the same
 * training with a learning rate 1/(1 - momentum) times as large, but stable where such a learning rate would not be.
 */
final class HighMomentum {

    static final double MOMENTUM = 0.9;

    private HighMomentum() {}

    /** Whether all layers are of a kind that {@link #setOn} knows, and have less momentum. */
    static boolean suits(List<Layer> layers) {
        return layers.stream().allMatch(HighMomentum::suits);
    }

    private static boolean suits(Layer layer) {
        if (layer instanceof Bidirectional both) {
            return suits(both.getFwd()) && suits(both.getBwd());
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            return suits(wrapper.getUnderlying());
        }
        if (layer instanceof BaseLayer base) {
            return hasLittle(base.getIUpdater()) && (base.getBiasUpdater() == null || hasLittle(base.getBiasUpdater()));
        }
        return !(layer instanceof AbstractSameDiffLayer);
    }

    private static boolean hasLittle(IUpdater updater) {
        return updater instanceof Sgd
                || (updater instanceof Nesterovs nesterovs
                        && nesterovs.getMomentumISchedule() == null
                        && nesterovs.getMomentum() < MOMENTUM);
    }

    static void setOn(Layer layer) {
        if (layer instanceof Bidirectional both) {
            setOn(both.getFwd());
            setOn(both.getBwd());
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            setOn(wrapper.getUnderlying());
        } else if (layer instanceof BaseLayer base) {
            base.setIUpdater(withHighMomentum(base.getIUpdater()));
            base.setBiasUpdater(base.getBiasUpdater() == null ? null : withHighMomentum(base.getBiasUpdater()));
        }
    }

    private static IUpdater withHighMomentum(IUpdater updater) {
        Nesterovs faster = new Nesterovs(updater.getLearningRate(0, 0), MOMENTUM);
        if (updater instanceof Sgd sgd && sgd.getLearningRateSchedule() != null) {
            faster.setLrAndSchedule(Double.NaN, sgd.getLearningRateSchedule());
        } else if (updater instanceof Nesterovs nesterovs && nesterovs.getLearningRateSchedule() != null) {
            faster.setLrAndSchedule(Double.NaN, nesterovs.getLearningRateSchedule());
        }
        return faster;
    }
}
