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
    void weightsAreAMaskWhereverTheyBroadcastOverTheSequences() {
        INDArray steps = Nd4j.createFromArray(1f, 0f, 2f, 0f).reshape(1, 4);
        INDArray examples = Nd4j.createFromArray(1f, 0f).reshape(2, 1);

        assertThat(SameDiffMistakes.mask(Nd4j.ones(2, 4), 2, 4)).containsOnly(1).hasSize(8);
        assertThat(SameDiffMistakes.mask(steps, 2, 4)).containsExactly(1, 0, 2, 0, 1, 0, 2, 0);
        assertThat(SameDiffMistakes.mask(steps.reshape(4), 2, 4)).containsExactly(1, 0, 2, 0, 1, 0, 2, 0);
        assertThat(SameDiffMistakes.mask(examples, 2, 4)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(SameDiffMistakes.mask(Nd4j.scalar(1.0), 2, 4)).isEmpty();
    }

    /** The rows as two sequences of eight steps, of which the loss takes the first only. */
    @Test
    void sequencesOfWeightZeroAreNoMistakes() {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        network.loss.softmaxCrossEntropy(
                "loss",
                network.getVariable("labels").reshape(2, ROWS / 2, 3),
                network.getVariable("logits").reshape(2, ROWS / 2, 3),
                network.constant("weights", Nd4j.createFromArray(1f, 0f).reshape(2, 1)));
        SameDiff first = softmax(
                Nd4j.concat(0, Nd4j.ones(DataType.FLOAT, ROWS / 2), Nd4j.zeros(DataType.FLOAT, ROWS - ROWS / 2)));
        SameDiff all = softmax(Nd4j.scalar(1f));

        OptionalDouble error = error(SameDiffNetworks.trainedBy(network, new Sgd(1e-9)));

        assertThat(error).isPresent().isEqualTo(error(first)).isNotEqualTo(error(all));
    }

    @Test
    void aSigmoidOfOneNumberForEachExampleIsAClassifier() {
        assertThat(error(sigmoid(WEIGHTS, false)))
                .isPresent()
                .isEqualTo(error(sigmoid(WEIGHTS.reshape(ROWS, 1), true)));
        assertThat(error(sigmoid(Nd4j.scalar(2f), false))).isPresent().isEqualTo(error(sigmoid(Nd4j.scalar(2f), true)));
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

    private static SameDiff sigmoid(INDArray weights) {
        return sigmoid(weights, true);
    }

    /**
     * The first class against the others.
     *
     * @param column whether there is a column of logits, or one number for each example
     */
    private static SameDiff sigmoid(INDArray weights, boolean column) {
        SameDiff network = SameDiffNetworks.outputs(Networks.classifier(Networks.base(new Sgd(0.1))));
        SDVariable logit = network.getVariable("logits").mean("logit", column, 1);
        SDVariable first = network.getVariable("labels")
                .mul(network.constant(Nd4j.createFromArray(1f, 0f, 0f)))
                .sum("first", column, 1);
        network.loss.sigmoidCrossEntropy("loss", first, logit, network.constant("weights", weights));
        return SameDiffNetworks.trainedBy(network, new Sgd(1e-9));
    }
}
