package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SameDiffMistakesTest {

    private static final int ROWS = 16;
    private static final int COUNTED = 5;
    private static final DataSet BATCH = Networks.classes(ROWS, 1);

    /** The first rows count, with different weights. */
    private static final INDArray WEIGHTS = Nd4j.concat(
            0, Nd4j.linspace(DataType.FLOAT, 0.5, 0.5, COUNTED), Nd4j.zeros(DataType.FLOAT, ROWS - COUNTED));

    @Test
    void examplesOfWeightZeroAreNoMistakesOfASoftmax() {
        SameDiff network = softmax(WEIGHTS);
        INDArray logits = network.outputSingle(Map.of("in", BATCH.getFeatures()), "logits");
        int wrong = 0;
        for (int row = 0; row < COUNTED; row++) {
            wrong += logits.getRow(row).argMax().getInt(0)
                            == BATCH.getLabels().getRow(row).argMax().getInt(0)
                    ? 0
                    : 1;
        }

        assertThat(error(network)).hasValue((double) wrong / COUNTED);
        assertThat(error(softmax(Nd4j.scalar(2f)))).isPresent().isNotEqualTo(error(network));
    }

    @Test
    void examplesOfWeightZeroAreNoMistakesOfASigmoid() {
        SameDiff network = sigmoid(WEIGHTS.reshape(ROWS, 1));
        INDArray logit = network.outputSingle(Map.of("in", BATCH.getFeatures()), "logit");
        int wrong = 0;
        for (int row = 0; row < COUNTED; row++) {
            wrong += logit.getDouble(row, 0) > 0 == (BATCH.getLabels().getDouble(row, 0) == 1) ? 0 : 1;
        }

        assertThat(error(network)).hasValue((double) wrong / COUNTED);
        assertThat(error(sigmoid(Nd4j.scalar(2f)))).isPresent().isNotEqualTo(error(network));
    }

    @Test
    void thereIsNoErrorWhereEveryExampleHasTheWeightZero() {
        assertThat(error(softmax(Nd4j.zeros(DataType.FLOAT, ROWS)))).isEmpty();
        assertThat(error(sigmoid(Nd4j.zeros(DataType.FLOAT, ROWS, 1)))).isEmpty();
    }

    @Test
    void weightsAreAMaskWhereThereIsOneForEachPlace() {
        INDArray sequences = Nd4j.zeros(DataType.FLOAT, 2, 4, 3); // 2 of 4 steps

        assertThat(SameDiffMistakes.mask(Nd4j.ones(2, 4), sequences)).hasSize(8);
        assertThat(SameDiffMistakes.mask(Nd4j.ones(1, 4), sequences)).isEmpty();
        assertThat(SameDiffMistakes.mask(Nd4j.scalar(1.0), sequences)).isEmpty();
    }

    private static OptionalDouble error(SameDiff network) {
        AutoL2SameDiffListener listener =
                new AutoL2SameDiffListener(AutoL2Options.adaptive(100).withInitialLambda(1e-9));
        network.setListeners(listener);
        network.fit(BATCH);
        network.fit(BATCH);
        return listener.history().get(0).measurement().error();
    }

    private static SameDiff softmax(INDArray weights) {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        network.loss.softmaxCrossEntropy(
                "loss",
                network.getVariable("labels"),
                network.getVariable("logits"),
                network.constant("weights", weights));
        return SameDiffNetworks.trainedBy(network, new Sgd(1e-9));
    }

    /** The first class against the others. */
    private static SameDiff sigmoid(INDArray weights) {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        SDVariable logit = network.getVariable("logits").mean("logit", true, 1);
        SDVariable first = network.getVariable("labels")
                .mul(network.constant(Nd4j.createFromArray(1f, 0f, 0f)))
                .sum("first", true, 1);
        network.loss.sigmoidCrossEntropy("loss", first, logit, network.constant("weights", weights));
        return SameDiffNetworks.trainedBy(network, new Sgd(1e-9));
    }
}
