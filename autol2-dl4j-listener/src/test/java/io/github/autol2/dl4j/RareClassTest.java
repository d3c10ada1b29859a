package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One example of a hundred is of the second class, and easily told: answering with the shares has a loss of 0.056 and errs on 1 %. */
@Tag("slow")
class RareClassTest {

    private static final int ITERATIONS = 800;
    private static final double ENTROPY = -0.01 * Math.log(0.01) - 0.99 * Math.log(0.99);

    /** In most batches of 4 the second class is missing. */
    @ParameterizedTest
    @CsvSource({"XENT, SIGMOID, 1, 128", "SPARSE_MCXENT, SOFTMAX, 2, 128", "XENT, SIGMOID, 1, 4"})
    void isNotForgottenForAPenaltyThatCostsMoreThanAnsweringWithTheShares(
            LossFunction loss, Activation activation, int outputs, int batch) {
        MultiLayerNetwork network = network(loss, activation, outputs);
        List<DataSet> batches = batches(batch);

        Decision.Change raise = raised(network, batches);

        assertThat(raise.newLambda() / raise.oldLambda() * raise.measurement().penalty())
                .isLessThan(0.3 * ENTROPY);
        assertThat(raise.measurement().loss()).isLessThan(0.3 * ENTROPY);
        assertThat(found(network, batches)).isEqualTo(1);
    }

    /** The first batches have none of the second class, of which there is one example in 320. */
    @Test
    void aNetworkThatKnowsTheSharesOnlyDoesNotPassForFitted() {
        MultiLayerNetwork network = network(LossFunction.XENT, Activation.SIGMOID, 1);
        List<DataSet> batches = batches(32).subList(0, 10);
        for (DataSet batch : batches) {
            batch.getLabels().assign(0);
        }
        batches.get(9).getLabels().putScalar(31, 0, 1);
        batches.get(9).getFeatures().assign(0); // cannot be told by its inputs

        AutoL2Listener listener = trained(network, batches);

        double share = 1.0 / 320;
        double entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
        assertThat(batches.stream().mapToDouble(network::score).average().orElseThrow())
                .isGreaterThan(0.2 * entropy);
        assertThat(listener.lambda()).isEqualTo(InitialLambda.NOTHING);
    }

    /** A mask of the examples, so that the shares are not known. */
    @Test
    void leavesAClassifierAloneWhoseSharesAreNotKnown() {
        MultiLayerNetwork network = network(LossFunction.XENT, Activation.SIGMOID, 1);
        DataSet batch = batches(128).get(0);
        batch.setLabelsMaskArray(Nd4j.ones(DataType.FLOAT, 128, 1));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(ITERATIONS));
        network.addListeners(listener);
        for (int i = 0; i < 200; i++) {
            network.fit(batch);
        }

        assertThat(network.score(batch)).isLessThan(0.02);
        assertThat(listener.lambda()).isEqualTo(InitialLambda.NOTHING);
    }

    private static Decision.Change raised(MultiLayerNetwork network, List<DataSet> batches) {
        Decision.Change raise = trained(network, batches).changes().get(0);
        assertThat(raise.cause()).isEqualTo(Decision.Cause.LEARNED);
        return raise;
    }

    /** With the default rule. */
    private static AutoL2Listener trained(MultiLayerNetwork network, List<DataSet> batches) {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(ITERATIONS));
        network.addListeners(listener);
        for (int i = 0; i < ITERATIONS; i++) {
            network.fit(batches.get(i % batches.size()));
        }
        return listener;
    }

    /** The share of the rare examples that a network finds. */
    private static double found(MultiLayerNetwork network, List<DataSet> batches) {
        int found = 0;
        int all = 0;
        for (DataSet batch : batches) {
            INDArray output = network.output(batch.getFeatures());
            for (int row = 0; row < batch.numExamples(); row++) {
                if (batch.getLabels().getDouble(row, 0) == 1) {
                    all++;
                    found += output.getDouble(row, output.columns() - 1) > 0.5 ? 1 : 0;
                }
            }
        }
        return (double) found / all;
    }

    private static MultiLayerNetwork network(LossFunction loss, Activation activation, int outputs) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.05, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(16).build())
                .layer(new OutputLayer.Builder(loss)
                        .activation(activation)
                        .nIn(16)
                        .nOut(outputs)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Of this size, with 1 % of the second class in all and a column of 0 and 1. */
    private static List<DataSet> batches(int size) {
        int rows = 20 * 128;
        Random random = new Random(1);
        INDArray features = Nd4j.create(DataType.FLOAT, rows, 2);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, 1);
        for (int row = 0; row < rows; row++) {
            boolean rare = random.nextInt(100) == 0;
            labels.putScalar(row, 0, rare ? 1 : 0);
            for (int column = 0; column < 2; column++) {
                double center = rare ? 2 : -1;
                features.putScalar(row, column, 0.3 * (center + 0.3 * random.nextGaussian()));
            }
        }
        return new DataSet(features, labels).batchBy(size);
    }
}
