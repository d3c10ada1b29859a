package io.github.autol2.quickstart;

import io.github.autol2.dl4j.kernel.Homogeneity;
import io.github.autol2.dl4j.kernel.Output;
import io.github.autol2.dl4j.kernel.TangentKernel;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.KernelModel;
import io.github.autol2.theory.Spectrum;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the theory of wide networks says about the loss of a network that has not been trained yet, and what training says. */
public final class TheoryOfANetwork {

    private TheoryOfANetwork() {}

    public static void main(String... args) {
        double eta = 0.05;
        double lambda = 0.02;
        int samples = 32;
        INDArray points = Moons.rows(samples, 1).getFeatures();
        INDArray labels = Moons.rows(samples, 1).getLabels().getColumns(0); // 1 for one moon, 0 for the other
        MultiLayerNetwork network = Moons.wideNetwork(eta, lambda); // plain SGD, full batches, no biases

        double k = Homogeneity.of(network, Output.ACTIVATIONS, points).k(); // 2 for two layers
        TangentKernel kernel = TangentKernel.of(network, Output.ACTIVATIONS);
        double[] outputs = network.output(points).toDoubleVector();
        // The theory's loss is half the sum of the squared errors, and Deeplearning4j's is their mean.
        double half = samples / 2.0; // so the theory's lambda is half * lambda, and its time updates * eta / half
        Spectrum theory = KernelModel.of(kernel.matrix(points))
                .initial(outputs)
                .labels(labels.toDoubleVector())
                .spectrum(new Flow(k, lambda * half));
        System.out.printf(
                "k = %.3f, loss lowest after %.0f updates%n",
                k, theory.minimum().time() * half / eta);
        for (int updates = 0; updates <= 200; updates += 50) {
            double measured = network.output(points).squaredDistance(labels) / samples;
            System.out.printf(
                    "%d updates: loss %.4f, theory %.4f%n",
                    updates, measured, theory.loss(updates * eta / half) / half);
            for (int i = 0; i < 50; i++) {
                network.fit(points, labels);
            }
        }
    }
}
