package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * What Adam divides gradients by. A penalty's gradient goes through Adam with the others, so that it shrinks a weight by
 * {@code eta lambda / (sqrt(v) + epsilon)} an iteration, v being the mean square of that weight's gradient. As one number for the network
 * stands the root of the mean of v over all parameters.
 */
final class AdamScale {

    private AdamScale() {}

    /** The divisor at this iteration; infinite before the first update, when it is not known. */
    static double of(Network network) {
        BaseMultiLayerUpdater<?> updater = network.updater();
        if (updater == null) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        double count = 0;
        double epsilon = 0;
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            if (block.getGradientUpdater() instanceof AdamUpdater adam && adam.getV() != null) {
                Adam config = adam.getConfig();
                double unbiased = 1 - Math.pow(config.getBeta2(), network.iteration());
                sum += unbiased > 0 ? adam.getV().sumNumber().doubleValue() / unbiased : 0;
                count += adam.getV().length();
                epsilon = config.getEpsilon();
            }
        }
        return sum > 0 ? Math.sqrt(sum / count) + epsilon : Double.POSITIVE_INFINITY;
    }
}
