package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with helpers against stock ones, by kind of layer. Floats have 24 bits, one unit of which is 6e-8 of a number. */
@Tag("slow")
class AgreementTest {

    private static final double FLOAT_ROUNDING = 2e-5; // of the largest number; a sum of some hundred terms
    private static final int STEPS = 10;

    @BeforeEach
    void needOneDnn() {
        assumeTrue(Natives.obstacle().isEmpty(), "natives without oneDNN");
    }

    @AfterEach
    void uninstall() {
        OneDnn.uninstall();
    }

    @ParameterizedTest
    @EnumSource
    void agreesUpToTheRoundingOfFloats(LayerKind kind) {
        MultiLayerNetwork stock = stock(DataType.FLOAT, kind);
        MultiLayerNetwork fast = fast(DataType.FLOAT, kind);

        assertThat(stock.getLayer(0).getHelper()).isNull();
        assertThat(fast.getLayer(0).getHelper()).isInstanceOf(MKLDNNConvHelper.class);
        train(stock, 1);
        train(fast, 1);
        assertThat(distance(fast.getFlattenedGradients(), stock.getFlattenedGradients()))
                .isLessThan(FLOAT_ROUNDING);
        train(stock, STEPS);
        train(fast, STEPS);
        assertThat(distance(fast.params(), stock.params())).isLessThan(FLOAT_ROUNDING);
        INDArray features = Images.batch(DataType.FLOAT, 5).getFeatures();
        assertThat(distance(fast.output(features), stock.output(features))).isLessThan(FLOAT_ROUNDING);
    }

    @ParameterizedTest
    @EnumSource
    void leavesDoublesAsTheyAre(LayerKind kind) {
        MultiLayerNetwork stock = stock(DataType.DOUBLE, kind);
        MultiLayerNetwork fast = fast(DataType.DOUBLE, kind);

        train(stock, STEPS);
        train(fast, STEPS);

        assertThat(fast.params()).isEqualTo(stock.params());
    }

    static MultiLayerNetwork stock(DataType type, LayerKind kind) {
        OneDnn.uninstall();
        return Images.network(type, kind::addTo);
    }

    static MultiLayerNetwork fast(DataType type, LayerKind kind) {
        assertThat(OneDnn.install()).isTrue();
        return Images.network(type, kind::addTo);
    }

    private static void train(MultiLayerNetwork network, int steps) {
        DataSet batch = Images.batch(network.getLayerWiseConfigurations().getDataType(), 6);
        Nd4j.getRandom().setSeed(1); // of dropout
        for (int step = 0; step < steps; step++) {
            network.fit(batch);
        }
    }

    /** The largest difference, as a part of the largest number. */
    private static double distance(INDArray numbers, INDArray others) {
        assertThat(others.amaxNumber().doubleValue()).isPositive();
        return numbers.sub(others).amaxNumber().doubleValue()
                / others.amaxNumber().doubleValue();
    }
}
