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
 * @param classifies  a softmax with cross-entropy; otherwise linear outputs with the squared error
 */
record HarmLayers(List<Integer> widths, Activation activation, boolean normalised, boolean classifies)
        implements HarmNetwork {

    HarmLayers {
        widths = List.copyOf(widths);
    }

    static HarmLayers classifier(Integer... widths) {
        return new HarmLayers(List.of(widths), Activation.RELU, false, true);
    }

    static HarmLayers regression(Integer... widths) {
        return new HarmLayers(List.of(widths), Activation.TANH, false, false);
    }

    HarmLayers withBatchNormalisation() {
        return new HarmLayers(widths, activation, true, classifies);
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
        return list.layer(new OutputLayer.Builder(classifies ? LossFunction.MCXENT : LossFunction.MSE)
                        .activation(classifies ? Activation.SOFTMAX : Activation.IDENTITY)
                        .weightInit(WeightInit.XAVIER)
                        .nIn(from)
                        .nOut(outputs)
                        .build())
                .build();
    }
}
