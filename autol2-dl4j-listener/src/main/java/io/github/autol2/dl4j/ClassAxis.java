package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which dimension of labels and outputs holds the classes, or the columns of targets. In {@code [minibatch, classes]} both are the same. */
enum ClassAxis {
    /** Deeplearning4j's own formats: {@code [minibatch, classes, time]} and {@code [minibatch, classes, height, width]}. */
    SECOND,
    /** NWC and NHWC, which imported networks have. */
    LAST;

    /** Of a layer with a loss. */
    static ClassAxis of(Layer output) {
        boolean last = (output instanceof RnnOutputLayer rnn && rnn.getRnnDataFormat() == RNNFormat.NWC)
                || (output instanceof RnnLossLayer rnnLoss && rnnLoss.getRnnDataFormat() == RNNFormat.NWC)
                || (output instanceof CnnLossLayer cnnLoss && cnnLoss.getFormat() == CNN2DFormat.NHWC);
        return last ? LAST : SECOND;
    }

    /** Of a network's first output. */
    static ClassAxis of(JudgedNetwork network) {
        return network instanceof Network layers
                ? of(layers.outputLayers().get(0).conf().getLayer())
                : SECOND;
    }

    /** An array with its classes in the second dimension. */
    INDArray toSecond(INDArray array) {
        return this == SECOND
                ? array
                : switch (array.rank()) {
                    case 3 -> array.permute(0, 2, 1);
                    case 4 -> array.permute(0, 3, 1, 2);
                    case 5 -> array.permute(0, 4, 1, 2, 3);
                    default -> array;
                };
    }

    /** An array with its classes in the last dimension. */
    INDArray toLast(INDArray array) {
        return this == LAST
                ? array
                : switch (array.rank()) {
                    case 3 -> array.permute(0, 2, 1);
                    case 4 -> array.permute(0, 2, 3, 1);
                    case 5 -> array.permute(0, 2, 3, 4, 1);
                    default -> array;
                };
    }
}
