package io.github.autol2.dl4j.fence;

import io.github.autol2.dl4j.onednn.OneDnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Trains four networks in a JVM of its own and prints a hash of the parameters of each. Arguments: threads, steps, {@code dense} or
 * {@code convolution}; the latter with oneDNN helpers where the natives have oneDNN.
 */
final class SmallHeapTraining {

    private static final int NETWORKS = 4;

    private SmallHeapTraining() {}

    public static void main(String[] arguments) throws Exception {
        Fence.install();
        OneDnn.install();
        int steps = Integer.parseInt(arguments[1]);
        System.out.println("executioner " + Nd4j.getExecutioner().getClass().getSimpleName());
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[0]));
        List<Future<Integer>> hashes = new ArrayList<>();
        for (int seed = 1; seed <= NETWORKS; seed++) {
            int own = seed;
            hashes.add(threads.submit(
                    () -> train(own, arguments[2].equals("dense") ? dense(own) : convolution(own), steps)));
        }
        for (Future<Integer> hash : hashes) {
            System.out.println("hash " + hash.get());
        }
        threads.shutdown();
    }

    private static int train(int seed, MultiLayerNetwork network, int steps) {
        Nd4j.getRandom().setSeed(seed);
        INDArray features = Nd4j.rand(16, 64);
        INDArray labels = Nd4j.eye(4).repeat(0, 4);
        for (int step = 0; step < steps; step++) {
            network.fit(features, labels);
        }
        return Arrays.hashCode(network.params().toFloatVector());
    }

    private static MultiLayerNetwork dense(int seed) {
        return network(
                list(seed).layer(new DenseLayer.Builder().nOut(16).build()).setInputType(InputType.feedForward(64)));
    }

    private static MultiLayerNetwork convolution(int seed) {
        return network(list(seed)
                .setInputType(InputType.convolutionalFlat(8, 8, 1))
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(new BatchNormalization()));
    }

    private static ListBuilder list(int seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Nesterovs(0.05, 0.9))
                .activation(Activation.RELU)
                .dropOut(0.9)
                .l2(1e-3)
                .list();
    }

    private static MultiLayerNetwork network(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nOut(4)
                        .build())
                .build());
        network.init();
        System.out.println("helper of the first layer: " + network.getLayer(0).getHelper());
        return network;
    }
}
