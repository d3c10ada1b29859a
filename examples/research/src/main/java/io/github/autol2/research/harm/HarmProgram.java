package io.github.autol2.research.harm;

import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
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

    /** Whether it is judged by its accuracy; otherwise by the mean squared error. */
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
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.add(builder, (int) examples.train().getFeatures().size(1), (int)
                        examples.train().getLabels().size(1)));
        network.init();
        treatment.addTo(network, iterations);
        fit(network, examples.train(), seed, iterations, done);
        return judge(network, examples.test());
    }

    private void fit(MultiLayerNetwork network, DataSet train, long seed, int iterations, LongConsumer done) {
        Random order = new Random(seed);
        List<DataSet> batches = List.of();
        int next = 0;
        for (int i = 0; i < iterations; i++) {
            if (next == batches.size()) {
                DataSet shuffled = train.copy();
                shuffled.shuffle(order.nextLong());
                batches = shuffled.batchBy(batch);
                next = 0;
            }
            network.fit(batches.get(next++));
            if (i % 100 == 99) {
                done.accept(i + 1L);
            }
        }
    }

    private double judge(MultiLayerNetwork network, DataSet test) {
        INDArray output = network.output(test.getFeatures());
        if (classifies()) {
            Evaluation evaluation = new Evaluation();
            evaluation.eval(test.getLabels(), output);
            return 100 * evaluation.accuracy();
        }
        RegressionEvaluation evaluation = new RegressionEvaluation();
        evaluation.eval(test.getLabels(), output);
        double variance = Nd4j.var(test.getLabels()).getDouble(0);
        return 100 * (1 - evaluation.averageMeanSquaredError() / variance);
    }
}
