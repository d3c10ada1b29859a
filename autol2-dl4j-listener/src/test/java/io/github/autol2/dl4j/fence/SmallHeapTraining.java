package io.github.autol2.dl4j.fence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Trains four networks in a JVM of its own and prints a hash of the parameters of each. Arguments: threads, steps. */
final class SmallHeapTraining {

    private static final int NETWORKS = 4;

    private SmallHeapTraining() {}

    public static void main(String[] arguments) throws Exception {
        Fence.install();
        int steps = Integer.parseInt(arguments[1]);
        System.out.println("executioner " + Nd4j.getExecutioner().getClass().getSimpleName());
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[0]));
        List<Future<Integer>> hashes = new ArrayList<>();
        for (int seed = 1; seed <= NETWORKS; seed++) {
            int own = seed;
            hashes.add(threads.submit(() -> train(own, steps)));
        }
        for (Future<Integer> hash : hashes) {
            System.out.println("hash " + hash.get());
        }
        threads.shutdown();
    }

    private static int train(int seed, int steps) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Nesterovs(0.05, 0.9))
                .activation(Activation.RELU)
                .dropOut(0.9)
                .l2(1e-3)
                .list()
                .layer(new DenseLayer.Builder().nIn(8).nOut(16).build())
                .layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nIn(16)
                        .nOut(4)
                        .build())
                .build());
        network.init();
        Nd4j.getRandom().setSeed(seed);
        INDArray features = Nd4j.rand(16, 8);
        INDArray labels = Nd4j.eye(4).repeat(0, 4);
        for (int step = 0; step < steps; step++) {
            network.fit(features, labels);
        }
        return Arrays.hashCode(network.params().toFloatVector());
    }
}
