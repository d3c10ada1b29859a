package io.github.autol2.research.harm;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program of the kind that people write: data, a network, an updater, a number of iterations.
 *
 * @param name    unlike all others, fit for a file's name
 * @param updater by the number of iterations, which schedules depend on
 * @param data    by seed
 * @param batch   examples in a batch
 */
record HarmProgram(String name, HarmUpdater updater, HarmNetwork layers, LongFunction<HarmData> data, int batch) {

    /** Whether it is judged by its accuracy; otherwise by the mean squared error of its outputs. */
    boolean classifies() {
        return layers.classifies();
    }

    /**
     * Trains and judges it.
     *
     * @param seed of the data, the network and the batches
     * @param done is told the finished iterations
     * @return accuracy on the test examples in percent; or the share of the targets' variance that is explained, in percent
     */
    double run(long seed, int iterations, Treatment treatment, LongConsumer done) {
        HarmData examples = data.apply(seed);
        NeuralNetConfiguration.Builder builder =
                new NeuralNetConfiguration.Builder().seed(seed).updater(updater.over(iterations));
        treatment.configure(builder);
        MultiLayerNetwork network = layers.network(
                builder,
                (int) examples.train().getFeatures().size(1),
                (int) examples.train().getLabels().size(1),
                seed);
        treatment.addTo(network, iterations);
        new HarmBatches(examples.train(), batch, seed).fit(network, iterations, done);
        return judge(network, examples.test());
    }

    private double judge(MultiLayerNetwork network, DataSet test) {
        DataSetIterator whole = new ExistingDataSetIterator(List.of(test)); // which brings its mask
        if (classifies()) {
            return 100 * network.doEvaluation(whole, new Evaluation())[0].accuracy();
        }
        RegressionEvaluation evaluation = network.doEvaluation(whole, new RegressionEvaluation())[0];
        double variance = Nd4j.var(test.getLabels(), 0).meanNumber().doubleValue();
        return 100 * (1 - evaluation.averageMeanSquaredError() / variance);
    }
}
