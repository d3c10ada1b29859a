package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LabelsTest {

    private static Labels of(float[][] rows) {
        Labels labels = new Labels(ClassAxis.SECOND);
        labels.add(new DataSet(Nd4j.zeros(rows.length, 1), Nd4j.createFromArray(rows)));
        return labels;
    }

    @Test
    void areClassesInOneHotRowsAndInAColumnOfZerosAndOnes() {
        Labels rows = of(new float[][] {{1, 0}, {0, 1}, {0, 1}});
        Labels column = of(new float[][] {{0}, {1}, {1}, {1}});

        assertThat(rows.areClasses(false)).isTrue();
        assertThat(rows.count()).isEqualTo(3);
        assertThat(rows.chance()).isEqualTo(2.0 / 3);
        assertThat(column.areClasses(false)).isTrue();
        assertThat(column.chance()).isEqualTo(0.75);
    }

    @Test
    void areAQuantityWhereARowHasSeveralOrNoneOrIsNoWholeOne() {
        assertThat(of(new float[][] {{1, 1}, {1, 0}}).areClasses(true)).isFalse();
        assertThat(of(new float[][] {{0, 0}, {1, 0}}).areClasses(true)).isFalse();
        assertThat(of(new float[][] {{2, -1}, {1, 0}}).areClasses(true)).isFalse();
        assertThat(of(new float[][] {{0.0001f}, {0.0009f}}).areClasses(false)).isFalse();
    }

    @Test
    void probabilitiesAreClassesOnlyForANetworkThatTakesThem() {
        Labels shares = of(new float[][] {{0.7f, 0.3f}, {0.4f, 0.6f}});

        assertThat(shares.areClasses(true)).isTrue();
        assertThat(shares.areClasses(false)).isFalse();
    }

    /** Zeros that fill a sequence up look like the first class. */
    @Test
    void maskedPlacesHaveNoClass() {
        Labels labels = new Labels(ClassAxis.SECOND);
        INDArray steps = Nd4j.createFromArray(new float[][][] {{{0, 0, 0}, {1, 1, 0}}, {{0, 0, 0}, {1, 1, 1}}});
        INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0}, {1, 1, 1}});
        labels.add(new DataSet(steps, steps, mask, mask));

        assertThat(labels.areClasses(false)).isTrue();
        assertThat(labels.count()).isEqualTo(5);
        assertThatThrownBy(() -> labels.requireTwoClasses("validation", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must hold examples of at least 2 classes, got 1: "
                        + "shuffle the data before a part is held out");
    }

    /** One of four is on the wrong side. */
    @Test
    void aSigmoidIsCalibratedAndRacedByTheSameAccuracy() {
        MultiLayerNetwork sigmoid = new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .nIn(1)
                        .nOut(1)
                        .build())
                .build());
        sigmoid.init();
        sigmoid.setParam("0_W", Nd4j.eye(1));
        Network network = Network.of(sigmoid);
        DataSet data = new DataSet(
                Nd4j.createFromArray(new float[][] {{-2}, {-1}, {1}, {2}}),
                Nd4j.createFromArray(new float[][] {{0}, {1}, {1}, {1}}));
        LabelledExamples calibrated = new LabelledExamples("validation", new ExistingDataSetIterator(List.of(data)));
        HeldOutExamples raced = new HeldOutExamples(new ExistingDataSetIterator(List.of(data)));

        calibrated.look(network);

        assertThat(calibrated.performance(network)).isCloseTo(0.75, within(1e-12));
        assertThat(raced.judge(network).orElseThrow().heldOut().accuracy()).hasValue(0.75);
    }
}
