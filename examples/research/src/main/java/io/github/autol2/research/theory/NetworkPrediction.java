package io.github.autol2.research.theory;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.kernel.Homogeneity;
import io.github.autol2.dl4j.kernel.Output;
import io.github.autol2.dl4j.kernel.TangentKernel;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.FunctionSpaceFlow;
import io.github.autol2.theory.SampleLoss;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A classifier trained by full-batch SGD, beside what Theorem 1 (arXiv:2006.08643v2) says about it from its own initial kernel: with the
 * network's degree k, and with k = 1, the linearised model.
 *
 * @param homogeneity   of the logits
 * @param steps         numbers of updates, from 0
 * @param trained       mean cross-entropy over the samples without penalty, by the network
 * @param predicted     the same by Theorem 1 with the network's k
 * @param linearised    the same with k = 1
 */
public record NetworkPrediction(
        Homogeneity homogeneity, int[] steps, double[] trained, double[] predicted, double[] linearised) {

    /**
     * Trains the network.
     *
     * @param network a classifier (softmax and cross-entropy, averaged over the batch), with plain SGD
     * @param data    the batch, with one-hot labels
     * @param eta     the network's learning rate
     * @param lambda  coefficient of the penalty, put on the network
     * @param count   updates
     * @param every   updates from one record to the next
     */
    public static NetworkPrediction of(
            MultiLayerNetwork network, DataSet data, double eta, double lambda, int count, int every) {
        Homogeneity homogeneity = Homogeneity.of(network, Output.LOGITS, data.getFeatures());
        TangentKernel tangent = TangentKernel.of(network, Output.LOGITS);
        double[][] initial = tangent.outputs(data.getFeatures());
        double[][] labels = data.getLabels().toDoubleMatrix();
        // The mean over the samples: a kernel divided by their number.
        double[][] kernel = Arrays.stream(tangent.matrix(data.getFeatures()))
                .map(row ->
                        Arrays.stream(row).map(entry -> entry / labels.length).toArray())
                .toArray(double[][]::new);

        int[] steps = new int[count / every + 1];
        Arrays.setAll(steps, i -> i * every);
        double[] times = Arrays.stream(steps).mapToDouble(step -> eta * step).toArray();
        DoubleFunction<double[]> theory = k -> losses(
                new FunctionSpaceFlow(new Flow(k, lambda), kernel, labels, SampleLoss.SOFTMAX_CROSS_ENTROPY),
                initial,
                times);
        double[] predicted = theory.apply(homogeneity.k());
        double[] linearised = theory.apply(1);

        Lambda.set(network, lambda);
        double[] trained = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            trained[i] = network.score(data) - network.calcRegularizationScore(true);
            for (int step = 0; step < every && i + 1 < steps.length; step++) {
                network.fit(data);
            }
        }
        return new NetworkPrediction(homogeneity, steps, trained, predicted, linearised);
    }

    /** Mean over the samples. */
    private static double[] losses(FunctionSpaceFlow flow, double[][] initial, double[] times) {
        return Arrays.stream(flow.outputs(initial, times))
                .mapToDouble(outputs -> flow.loss(outputs) / initial.length)
                .toArray();
    }
}
