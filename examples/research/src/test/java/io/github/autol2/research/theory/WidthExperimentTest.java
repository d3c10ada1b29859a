package io.github.autol2.research.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.kernel.Homogeneity;
import io.github.autol2.dl4j.kernel.Output;
import io.github.autol2.dl4j.kernel.TangentKernel;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.research.theory.WidthExperiment.Result;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

@Tag("slow")
class WidthExperimentTest {

    private static final int SAMPLES = 8;
    private static final double ETA = 0.05;
    private static final double LAMBDA = 0.01;

    private final DataSet digits =
            new SyntheticDigits().load(new SplitSizes(SAMPLES, 1, 1), 1).training();
    private final RegressionTask task = RegressionTask.of(digits);

    @Test
    void turnsClassesIntoSigns() {
        for (int i = 0; i < SAMPLES; i++) {
            int digit = digits.getLabels().getRow(i).argMax().getInt(0);
            assertThat(task.labels().getDouble(i, 0)).isEqualTo(digit % 2 == 0 ? 1 : -1);
        }
        assertThat(task.features()
                        .getRow(3)
                        .mul(28)
                        .castTo(digits.getFeatures().dataType())
                        .equalsWithEps(digits.getFeatures().getRow(3), 1e-6))
                .isTrue();
    }

    @Test
    void keepsAllProductsOfSamplesWhenItRotatesThem() {
        RegressionTask rotated = task.rotated();

        assertThat(rotated.inputs()).isEqualTo(SAMPLES);
        INDArray before = task.features().mmul(task.features().transpose());
        assertThat(rotated.features().mmul(rotated.features().transpose()).equalsWithEps(before, 1e-12))
                .isTrue();
    }

    /** By hand: f, its kernel and one step, from the weights that Deeplearning4j has drawn. */
    @Test
    void buildsTheNetworkOfThePaper() {
        // given
        int width = 5;
        MultiLayerNetwork network = new TwoLayerNetwork(width, Activation.RELU, ETA, LAMBDA).build(task.inputs(), 3);
        double[][] w = network.getLayer(0).getParam("W").transpose().toDoubleMatrix();
        double[] v = network.getLayer(1).getParam("W").reshape(width).toDoubleVector();
        double[][] x = task.features().toDoubleMatrix();
        double[][] hidden = new double[SAMPLES][width];
        double[] f = new double[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            for (int i = 0; i < width; i++) {
                hidden[s][i] = Math.max(0, dot(w[i], x[s]));
                f[s] += v[i] * hidden[s][i] / Math.sqrt(width);
            }
        }
        double kernel = 0;
        double gradient = 0;
        for (int i = 0; i < width; i++) {
            double open = hidden[0][i] > 0 && hidden[1][i] > 0 ? 1 : 0;
            kernel += (hidden[0][i] * hidden[1][i] + open * v[i] * v[i] * dot(x[0], x[1])) / width;
        }
        for (int s = 0; s < SAMPLES; s++) {
            gradient += (f[s] - task.labels().getDouble(s, 0)) * hidden[s][2] / Math.sqrt(width);
        }

        // then
        TangentKernel tangent = TangentKernel.of(network, Output.ACTIVATIONS);
        assertThat(network.output(task.features()).reshape(SAMPLES).toDoubleVector())
                .containsExactly(f, offset(1e-12));
        assertThat(tangent.matrix(task.features())[0][1]).isCloseTo(kernel, within(1e-12));
        assertThat(Homogeneity.of(network, Output.ACTIVATIONS, task.features()).k())
                .isCloseTo(2, within(1e-12));
        network.fit(task.features(), task.labels());
        assertThat(network.getLayer(1).getParam("W").getDouble(2))
                .isCloseTo(v[2] * (1 - ETA * LAMBDA) - ETA * gradient, within(1e-12));
    }

    @Test
    void drawsTheSameWeightsFromTheSameSeed() {
        TwoLayerNetwork recipe = new TwoLayerNetwork(5, Activation.RELU, ETA, LAMBDA);

        assertThat(recipe.build(3, 7).params())
                .isEqualTo(recipe.build(3, 7).params())
                .isNotEqualTo(recipe.build(3, 8).params());
    }

    @Test
    void savesItsActivationWithTheNetwork() {
        MultiLayerNetwork network = new TwoLayerNetwork(5, Activation.RELU, ETA, LAMBDA).build(3, 3);
        String json = network.getLayerWiseConfigurations().toJson();

        assertThat(MultiLayerConfiguration.fromJson(json)).isEqualTo(network.getLayerWiseConfigurations());
    }

    /** The recursion of the linear network against Deeplearning4j's training of the same weights. */
    @Test
    void recursesOnTheLinearNetworkExactly() {
        // given
        int width = 7;
        RegressionTask rotated = task.rotated();
        MultiLayerNetwork network =
                new TwoLayerNetwork(width, Activation.IDENTITY, ETA, LAMBDA).build(rotated.inputs(), 3);
        RealMatrix w = MatrixUtils.createRealMatrix(
                network.getLayer(0).getParam("W").transpose().toDoubleMatrix());
        ArrayRealVector v = new ArrayRealVector(
                network.getLayer(1).getParam("W").reshape(width).toDoubleVector());
        LinearNetwork linear =
                new LinearNetwork(rotated, w.transposeMultiply(w), w.preMultiply(v), v.dotProduct(v), width);
        double[][] kernel = TangentKernel.of(network, Output.ACTIVATIONS).matrix(rotated.features());

        // then
        for (int row = 0; row < SAMPLES; row++) {
            assertThat(linear.kernel()[row]).containsExactly(kernel[row], offset(1e-10));
        }
        LossCurve trained = LossCurve.train(network, rotated, ETA, 300, 100, done -> {});
        for (int record = 0; record < 4; record++) {
            assertThat(linear.loss()).as("record " + record).isCloseTo(trained.losses()[record], within(1e-9));
            for (int step = 0; step < 100; step++) {
                linear.step(ETA, LAMBDA);
            }
        }
    }

    /** Four times the width, a quarter of the deviation. */
    @Test
    void convergesLikeOneOverWidthForTheLinearNetwork() {
        WidthExperiment experiment =
                new WidthExperiment(ETA / 20, LAMBDA, 40, 400); // small steps: the theory is about the flow
        Result wide = experiment.linear(digits, 5_000, 1);
        Result wider = experiment.linear(digits, 20_000, 1);

        assertThat(wide.deepDeviation()).isLessThan(0.3);
        assertThat(wide.deepDeviation() / wider.deepDeviation()).isBetween(2.0, 8.0);
        assertThat(wider.linearDeviation()).isGreaterThan(2 * wider.deepDeviation());
    }

    @Test
    void trainsAReluNetworkBesideItsOwnTheory() {
        Result result = new WidthExperiment(ETA, LAMBDA, 5, 20).relu(digits, 2000, 1, done -> {});

        assertThat(result.times()).startsWith(0, 1).endsWith(5);
        assertThat(result.trained()[0])
                .isCloseTo(result.deep()[0], within(1e-9))
                .isCloseTo(result.linear()[0], within(1e-9));
        assertThat(result.trained()[5]).isLessThan(0.7 * result.trained()[0]);
        assertThat(result.deepDeviation()).isLessThan(0.1);
    }

    private static double dot(double[] a, double[] b) {
        return new ArrayRealVector(a, false).dotProduct(new ArrayRealVector(b, false));
    }
}
