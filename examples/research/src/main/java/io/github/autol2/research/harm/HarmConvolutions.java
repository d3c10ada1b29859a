package io.github.autol2.research.harm;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A small network of LeNet's kind for square grey images: two convolutions of 5 x 5, the first with stride 2, a maximum over 2 x 2, and a
 * dense layer.
 *
 * @param normalised whether batch normalisation follows each convolution
 */
record HarmConvolutions(boolean normalised) implements HarmNetwork {

    private static final int FIRST_CHANNELS = 6;
    private static final int SECOND_CHANNELS = 12;
    private static final int DENSE = 64;

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs) {
        int side = (int) Math.sqrt(inputs);
        ListBuilder list =
                builder.activation(Activation.RELU).weightInit(WeightInit.RELU).list();
        convolution(list, FIRST_CHANNELS, 2);
        convolution(list, SECOND_CHANNELS, 1);
        return list.layer(new SubsamplingLayer.Builder(PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder().nOut(DENSE).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.XAVIER)
                        .nOut(outputs)
                        .build())
                .setInputType(InputType.convolutionalFlat(side, side, 1))
                .build();
    }

    private void convolution(ListBuilder list, int channels, int stride) {
        list.layer(new ConvolutionLayer.Builder(5, 5)
                .nOut(channels)
                .stride(stride, stride)
                .build());
        if (normalised) {
            list.layer(new BatchNormalization.Builder().build());
        }
    }
}
