package io.github.autol2.dl4j.kernel;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** A copy of a network that is its function and nothing else: double precision, no dropout, no noise, no penalty, no updater. */
final class PlainCopy {

    private PlainCopy() {}

    static MultiLayerNetwork of(MultiLayerNetwork network, Output output) {
        MultiLayerNetwork copy = network.convertDataType(DataType.DOUBLE);
        MultiLayerConfiguration configuration =
                copy.getLayerWiseConfigurations().clone();
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            layer.getLayer().setIDropout(null);
            if (layer.getLayer() instanceof BaseLayer base) {
                base.setWeightNoise(null);
                base.setIUpdater(new NoOp());
                base.setBiasUpdater(null);
            }
        }
        select(configuration.getConf(configuration.getConfs().size() - 1).getLayer(), output);
        MultiLayerNetwork plain = new MultiLayerNetwork(configuration);
        plain.init(copy.params(), true);
        return plain;
    }

    private static void select(Layer last, Output output) {
        if (last instanceof BaseOutputLayer dense) {
            dense.setLossFn(new SelectedOutputLoss());
            if (output == Output.LOGITS) {
                dense.setActivationFn(new ActivationIdentity());
            }
        } else if (last instanceof LossLayer loss) {
            loss.setLossFn(new SelectedOutputLoss());
            if (output == Output.LOGITS) {
                loss.setActivationFn(new ActivationIdentity());
            }
        } else {
            throw new IllegalArgumentException("the network must end in an output or loss layer, got "
                    + last.getClass().getSimpleName());
        }
    }

    static void refuseBatchNormalization(MultiLayerNetwork network) {
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof BatchNormalization) {
                throw new IllegalArgumentException(
                        "the network must not normalise batches: its output at a sample then "
                                + "depends on the others, got "
                                + layer.conf().getLayer().getLayerName());
            }
        }
    }
}
