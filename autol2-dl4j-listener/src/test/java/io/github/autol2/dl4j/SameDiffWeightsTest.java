package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class SameDiffWeightsTest {

    private static final double LAMBDA = 0.3;
    private static final double OTHER_L2 = 0.7;
    private static final double L1 = 0.2;
    private static final At START = At.defaultAt();

    /** HALF is FLOAT16, which has no BLAS. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF"})
    void addsUpThePenaltiesOfSameDiffsListAndTheOnesBeside(DataType type) {
        SameDiff network = network(type);
        network.getTrainingConfig()
                .setRegularization(List.of(new L2Regularization(OTHER_L2), new L1Regularization(L1)));
        SameDiffWeights weights = weights(network, Penalty.L2);
        weights.begin(); // the list is without the user's L2, which stays on the bias
        weights.set(LAMBDA);

        double penalty = weights.penalty(START);

        double expected = LAMBDA / 2 * squares(network, "w")
                + OTHER_L2 / 2 * squares(network, "b")
                + L1 * (sizes(network, "w") + sizes(network, "b"));
        assertThat(penalty).isCloseTo(expected, within((type == DataType.FLOAT16 ? 2e-3 : 1e-6) * expected));
    }

    @Test
    void looksAtTheGradientsThatAPenaltyIsAddedToOnly() {
        SameDiff network = network(DataType.FLOAT);
        assertThat(gradientsLookedAt(network, Penalty.L2)).containsExactly("w-grad");
        assertThat(gradientsLookedAt(network, Penalty.WEIGHT_DECAY)).isEmpty();

        network.getTrainingConfig().setRegularization(List.of(new L2Regularization(OTHER_L2)));
        assertThat(gradientsLookedAt(network, Penalty.L2)).containsExactlyInAnyOrder("w-grad", "b-grad");
    }

    private static List<String> gradientsLookedAt(SameDiff network, Penalty penalty) {
        SameDiffWeights weights = weights(network, penalty);
        return network.getFunction("grad").getOps().values().stream()
                .filter(weights::takesGradientOf)
                .map(SameDiffOp::getOutputsOfOp)
                .flatMap(List::stream)
                .filter(name -> name.equals("w-grad") || name.equals("b-grad"))
                .toList();
    }

    private static SameDiffWeights weights(SameDiff network, Penalty penalty) {
        return new SameDiffWeights(network, penalty, name -> true, false, List.of());
    }

    /** A linear network whose gradients are known. */
    private static SameDiff network(DataType type) {
        SameDiff network = SameDiff.create();
        SDVariable values = network.placeHolder("in", type, -1, 4);
        SDVariable labels = network.placeHolder("labels", type, -1, 3);
        SDVariable w = network.var(
                "w", Nd4j.linspace(DataType.FLOAT, -1, 0.2, 12).reshape(4, 3).castTo(type));
        SDVariable b = network.var("b", Nd4j.createFromArray(0.5f, -1.5f, 0.25f).castTo(type));
        network.loss.meanSquaredError("loss", labels, values.mmul(w).add(b), null);
        SameDiffNetworks.trainedBy(network, new Sgd(0.1));
        network.createGradFunction();
        return network;
    }

    private static double squares(SameDiff network, String name) {
        double sum = 0;
        for (double value : values(network, name)) {
            sum += value * value;
        }
        return sum;
    }

    private static double sizes(SameDiff network, String name) {
        double sum = 0;
        for (double value : values(network, name)) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static double[] values(SameDiff network, String name) {
        INDArray array = network.getVariable(name).getArr();
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}
