package io.github.autol2.dl4j.onednn;

import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small images of random pixels in three classes, and networks for them. */
final class Images {

    static final int CHANNELS = 3;
    static final int SIDE = 9;
    static final int CLASSES = 3;

    private Images() {}

    static DataSet batch(DataType type, int size) {
        Nd4j.getRandom().setSeed(7);
        INDArray features =
                Nd4j.rand(DataType.FLOAT, size, CHANNELS, SIDE, SIDE).castTo(type);
        INDArray labels = Nd4j.zeros(type, size, CLASSES);
        for (int row = 0; row < size; row++) {
            labels.putScalar(row, row % CLASSES, 1);
        }
        return new DataSet(features, labels);
    }

    /** Layers between image and softmax, with a small penalty. */
    static MultiLayerNetwork network(DataType type, Consumer<ListBuilder> between) {
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .updater(new Nesterovs(0.01, 0.9))
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .l2(1e-3)
                .list()
                .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS));
        between.accept(layers);
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(CLASSES)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }
}
