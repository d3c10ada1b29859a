package io.github.autol2.research.harm;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * An LSTM whose last output is classified.
 *
 * @param width units of the LSTM
 */
record HarmRecurrence(int width) implements HarmNetwork {

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs) {
        return builder.weightInit(WeightInit.XAVIER)
                .list()
                .layer(new LastTimeStep(new LSTM.Builder()
                        .nOut(width)
                        .activation(Activation.TANH)
                        .build()))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(outputs)
                        .build())
                .setInputType(InputType.recurrent(inputs))
                .build();
    }
}
