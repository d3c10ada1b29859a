package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class TrainingFitTest {

    private static final long END = 100;

    private final Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));

    /** Rows that the network answers with its own classes, but for the first ones. */
    private DataSet rows(int rows, int wrong) {
        INDArray features = Networks.classes(rows, 1).getFeatures();
        int[] classes = network.output(features).argMax(1).toIntVector();
        INDArray labels = Nd4j.zeros(rows, 3);
        for (int row = 0; row < rows; row++) {
            labels.putScalar(row, row < wrong ? (classes[row] + 1) % 3 : classes[row], 1);
        }
        return new DataSet(features, labels);
    }

    private double fit(DataSet... batches) {
        TrainingFit fit = new TrainingFit(network, true, END);
        for (DataSet batch : batches) {
            fit.see(batch, END - 1);
        }
        return fit.value();
    }

    @Test
    void comparesWithTheMostFrequentClass() {
        DataSet rows = rows(200, 7);
        double others = 200 - rows.getLabels().sum(0).maxNumber().doubleValue();

        assertThat(fit(rows)).isCloseTo(1 - 7 / others, within(1e-9));
        assertThat(fit(rows(200, 0), rows(100, 0))).isEqualTo(1);
    }

    @Test
    void masksDoNotCount() {
        DataSet rows = rows(100, 10);
        INDArray mask = Nd4j.ones(100, 1);
        for (int row = 0; row < 10; row++) {
            mask.putScalar(row, 0, 0);
        }
        rows.setLabelsMaskArray(mask);

        assertThat(fit(rows)).isEqualTo(1);
    }

    @Test
    void nothingTellsWhereAllAreOfOneClassOrThereIsNoAccuracy() {
        INDArray features = Networks.classes(10, 1).getFeatures();
        INDArray labels = Nd4j.zeros(10, 3);
        labels.getColumn(1).assign(1);
        TrainingFit regression = new TrainingFit(network, false, END);
        regression.see(rows(10, 0), END - 1);

        assertThat(fit(new DataSet(features, labels))).isNaN();
        assertThat(fit()).isNaN();
        assertThat(regression.value()).isNaN();
    }

    /** In the last fourth, and a thousand examples; of a large batch the last one. */
    @ParameterizedTest
    @CsvSource({"40, 74, false", "40, 75, true", "100, 89, false", "100, 90, true", "2000, 98, false", "2000, 99, true"
    })
    void looksNearTheEndOnly(int rows, long iteration, boolean seen) {
        TrainingFit fit = new TrainingFit(network, true, END);

        fit.see(rows(rows, 0), iteration);

        assertThat(Double.isNaN(fit.value())).isEqualTo(!seen);
    }
}
