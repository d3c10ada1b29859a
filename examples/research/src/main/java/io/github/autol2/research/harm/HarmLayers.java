package io.github.autol2.research.harm;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A fully connected network.
 *
 * @param widths      of its hidden layers
 * @param activation  of its hidden layers
 * @param normalised  whether batch normalisation follows each
 * @param head        its outputs and their loss
 */
record HarmLayers(List<Integer> widths, Activation activation, boolean normalised, Head head) implements HarmNetwork {

    /** What a network ends in. */
    enum Head {
        /** Classes that exclude each other. */
        SOFTMAX(LossFunction.MCXENT, Activation.SOFTMAX),
        /** Labels that do not. */
        SIGMOIDS(LossFunction.XENT, Activation.SIGMOID),
        /** Quantities. */
        LINEAR(LossFunction.MSE, Activation.IDENTITY);

        private final LossFunction loss;
        private final Activation activation;

        Head(LossFunction loss, Activation activation) {
            this.loss = loss;
            this.activation = activation;
        }
    }

    HarmLayers {
        widths = List.copyOf(widths);
    }

    static HarmLayers classifier(Integer... widths) {
        return new HarmLayers(List.of(widths), Activation.RELU, false, Head.SOFTMAX);
    }

    static HarmLayers regression(Integer... widths) {
        return new HarmLayers(List.of(widths), Activation.TANH, false, Head.LINEAR);
    }

    static HarmLayers severalLabels(Integer... widths) {
        return new HarmLayers(List.of(widths), Activation.RELU, false, Head.SIGMOIDS);
    }

    @Override
    public boolean classifies() {
        return head == Head.SOFTMAX;
    }

    HarmLayers withBatchNormalisation() {
        return new HarmLayers(widths, activation, true, head);
    }

    @Override
    public MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs) {
        ListBuilder list = builder.activation(activation)
                .weightInit(activation == Activation.RELU ? WeightInit.RELU : WeightInit.XAVIER)
                .list();
        int from = inputs;
        for (int width : widths) {
            list.layer(new DenseLayer.Builder().nIn(from).nOut(width).build());
            if (normalised) {
                list.layer(
                        new BatchNormalization.Builder().nIn(width).nOut(width).build());
            }
            from = width;
        }
        return list.layer(new OutputLayer.Builder(head.loss)
                        .activation(head.activation)
                        .weightInit(WeightInit.XAVIER)
                        .nIn(from)
                        .nOut(outputs)
                        .build())
                .build();
    }
}
