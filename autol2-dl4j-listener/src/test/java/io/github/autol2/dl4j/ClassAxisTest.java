package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.validation.HeldOut;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Taggers of sequences in both formats of Deeplearning4j, which hold the same numbers. */
class ClassAxisTest {

    private static final int ROWS = 12;
    private static final int STEPS = 5;

    /** Its output tells the largest of three inputs. */
    private static Network tagger(RNNFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(format)
                        .nIn(3)
                        .nOut(3)
                        .build())
                .build());
        network.init();
        network.setParam("0_W", Nd4j.eye(3));
        return Network.of(network);
    }

    /** {@code [rows, 3, steps]}; in all rows but the first the label is the largest input. */
    private static DataSet timeLast() {
        Random random = new Random(1);
        INDArray features = Nd4j.zeros(DataType.FLOAT, ROWS, 3, STEPS);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, ROWS, 3, STEPS);
        for (int row = 0; row < ROWS; row++) {
            for (int step = 0; step < STEPS; step++) {
                int largest = random.nextInt(3);
                features.putScalar(row, largest, step, 1 + random.nextDouble());
                labels.putScalar(row, row == 0 ? (largest + 1) % 3 : largest, step, 1);
            }
        }
        return new DataSet(features, labels);
    }

    private static DataSet classesLast() {
        DataSet data = timeLast();
        return new DataSet(
                data.getFeatures().permute(0, 2, 1).dup('c'),
                data.getLabels().permute(0, 2, 1).dup('c'));
    }

    private static ExistingDataSetIterator iterator(DataSet data) {
        return new ExistingDataSetIterator(List.of(data));
    }

    @Test
    void theCalibratorFindsClassesInEitherFormat() {
        for (RNNFormat format : RNNFormat.values()) {
            LabelledExamples examples =
                    new LabelledExamples("validation", iterator(format == RNNFormat.NWC ? classesLast() : timeLast()));

            examples.look(tagger(format));

            assertThat(examples.classify()).isTrue();
            assertThat(examples.count()).isEqualTo(ROWS * STEPS);
            assertThat(examples.performance(tagger(format))).isCloseTo((ROWS - 1.0) / ROWS, within(1e-9));
        }
    }

    @Test
    void heldOutExamplesAreJudgedAlikeInEitherFormat() {
        HeldOutExamples usual = new HeldOutExamples(iterator(timeLast()));
        HeldOutExamples other = new HeldOutExamples(iterator(classesLast()));

        HeldOut expected = usual.judge(tagger(RNNFormat.NCW)).orElseThrow().heldOut();
        HeldOut heldOut = other.judge(tagger(RNNFormat.NWC)).orElseThrow().heldOut();

        assertThat(usual.classify(tagger(RNNFormat.NCW))).isTrue();
        assertThat(other.classify(tagger(RNNFormat.NWC))).isTrue();
        assertThat(expected.accuracy()).hasValue((ROWS - 1.0) / ROWS);
        assertThat(heldOut.accuracy()).isEqualTo(expected.accuracy());
        assertThat(heldOut.loss()).isCloseTo(expected.loss(), within(1e-5));
    }

    @Test
    void aSingleClassIsRefusedInEitherFormat() {
        DataSet one = classesLast();
        one.getLabels().assign(0);
        for (int row = 0; row < ROWS; row++) {
            one.getLabels().slice(row).getColumn(1).assign(1);
        }
        HeldOutExamples examples = new HeldOutExamples(iterator(one));

        assertThatThrownBy(() -> examples.judge(tagger(RNNFormat.NWC)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must hold examples of at least 2 classes, got 1: "
                        + "shuffle the data before a part is held out");
    }

    @Test
    void imagesHaveTheirChannelsSecondOrLast() {
        INDArray images = Nd4j.rand(DataType.FLOAT, 2, 3, 4, 5);
        ClassAxis last = ClassAxis.of(new CnnLossLayer.Builder(LossFunction.MCXENT)
                .format(CNN2DFormat.NHWC)
                .build());

        assertThat(last).isEqualTo(ClassAxis.LAST);
        assertThat(last.toLast(images)).isEqualTo(images);
        assertThat(last.toSecond(images).shape()).containsExactly(2, 5, 3, 4);
        assertThat(last.toSecond(images).getDouble(1, 4, 2, 3)).isEqualTo(images.getDouble(1, 2, 3, 4));
        assertThat(ClassAxis.SECOND.toSecond(images)).isEqualTo(images);
        assertThat(ClassAxis.SECOND.toLast(images).shape()).containsExactly(2, 4, 5, 3);
    }
}
