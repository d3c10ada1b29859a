package io.github.autol2.quickstart;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Transfer learning: freezes the first layer of a trained network and trains the rest, with a new output layer. */
public final class TransferredNetwork {

    private TransferredNetwork() {}

    public static void main(String... args) {
        MultiLayerNetwork trained = Moons.network();
        trained.fit(Moons.training(), 20);

        MultiLayerNetwork network = new TransferLearning.Builder(trained)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Nesterovs(0.02, 0.9))
                        .build())
                .setFeatureExtractor(0) // layer 0 stays as it is
                .removeOutputLayer()
                .addLayer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(32)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        int epochs = 50;
        long iterations = (long) epochs * Moons.BATCHES_PER_EPOCH;

        // The new network has no listeners, whatever the old one had.
        AutoL2Listener autoL2 = new AutoL2Listener(AutoL2Options.adaptive(iterations));
        network.setListeners(autoL2);
        network.fit(Moons.training(), epochs);

        boolean frozen =
                network.getLayer(0).getParam("W").equals(trained.getLayer(0).getParam("W"));
        System.out.printf("first layer as before: %s, lambda at the end: %.3g%n", frozen, autoL2.lambda());
        System.out.printf(
                "validation accuracy: %.3f%n",
                network.evaluate(Moons.validation()).accuracy());
    }
}
