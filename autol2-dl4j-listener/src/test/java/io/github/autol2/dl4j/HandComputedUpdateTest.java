package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.AutoL2Options;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A softmax regression trained by Deeplearning4j under AutoL2 against the same updates written out in plain Java. */
class HandComputedUpdateTest {

    private static final int INPUTS = 3;
    private static final int CLASSES = 2;
    private static final int ROWS = 5;
    private static final double ETA = 0.3;
    private static final double MU = 0.8;
    private static final int ITERATIONS = 12;

    private static final double[][] X = {
        {1, 0.5, -1}, {-0.3, 2, 0.1}, {0.7, -1.2, 0.4}, {-1.5, 0.2, 0.9}, {0.1, 0.3, -0.6}
    };
    private static final int[] LABEL = {0, 1, 1, 0, 1};

    static Stream<Arguments> cases() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of("sgd", "nesterovs", "adam")
                        .flatMap(updater ->
                                Stream.of(Arguments.of(type, updater, false), Arguments.of(type, updater, true))));
    }

    @ParameterizedTest(name = "{0} {1} graph={2}")
    @MethodSource("cases")
    void parametersAfterDivisionsEqualTheHandComputedOnes(DataType type, String updater, boolean asGraph) {
        // given a network whose loss rises at once under a large lambda
        Model network = network(type, updater, asGraph);
        double[] byHand = network.params().toDoubleVector();
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.paper()
                .withInitialLambda(0.9)
                .withDecayFactor(4)
                .withRefractory(0)
                .withMeasureEvery(1));
        network.addListeners(listener);
        DataSet data = data(type);
        HandComputed hand = new HandComputed(updater);

        // when both train, the hand-computed one with the lambda that the listener reports for each iteration
        for (int i = 0; i < ITERATIONS; i++) {
            fit(network, data);
            hand.update(byHand, listener.lambda());
        }

        // then lambda was divided on the way, and the parameters agree
        assertThat(listener.changes()).isNotEmpty();
        assertThat(listener.changes().get(0).iteration()).isLessThan(ITERATIONS - 2);
        double[] trained = network.params().toDoubleVector();
        double relative = type == DataType.DOUBLE ? 1e-12 : 1e-5;
        for (int i = 0; i < byHand.length; i++) {
            assertThat(trained[i])
                    .as("parameter %d", i)
                    .isCloseTo(byHand[i], within(relative * Math.max(1, Math.abs(byHand[i]))));
        }
    }

    private static Model network(DataType type, String updater, boolean asGraph) {
        IUpdater config = switch (updater) {
            case "sgd" -> new Sgd(ETA);
            case "nesterovs" -> new Nesterovs(ETA, MU);
            default -> new Adam(ETA);
        };
        NeuralNetConfiguration.Builder base =
                Networks.base(config).dataType(type).l2(0.123);
        OutputLayer out = new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(INPUTS)
                .nOut(CLASSES)
                .build();
        if (asGraph) {
            ComputationGraph graph = new ComputationGraph(base.graphBuilder()
                    .addInputs("in")
                    .addLayer("out", out, "in")
                    .setOutputs("out")
                    .build());
            graph.init();
            return graph;
        }
        MultiLayerNetwork network = new MultiLayerNetwork(base.list().layer(out).build());
        network.init();
        return network;
    }

    private static DataSet data(DataType type) {
        DataSet data = new DataSet(Nd4j.create(X).castTo(type), Nd4j.zeros(type, ROWS, CLASSES));
        for (int row = 0; row < ROWS; row++) {
            data.getLabels().putScalar(row, LABEL[row], 1);
        }
        return data;
    }

    private static void fit(Model network, DataSet data) {
        if (network instanceof MultiLayerNetwork multiLayer) {
            multiLayer.fit(data);
        } else {
            ((ComputationGraph) network).fit(data);
        }
    }

    /** Softmax cross-entropy, 1/2 lambda |W|^2 and the three updaters. Parameters: W column by column, then the biases. */
    private static final class HandComputed {
        private final String updater;
        private final double[] first = new double[INPUTS * CLASSES + CLASSES];
        private final double[] second = new double[first.length];
        private int t;

        HandComputed(String updater) {
            this.updater = updater;
        }

        void update(double[] theta, double lambda) {
            double[] gradient = gradient(theta);
            for (int i = 0; i < INPUTS * CLASSES; i++) {
                gradient[i] += lambda * theta[i];
            }
            t++;
            for (int i = 0; i < theta.length; i++) {
                theta[i] -= step(i, gradient[i]);
            }
        }

        private double step(int i, double gradient) {
            return switch (updater) {
                case "sgd" -> ETA * gradient;
                case "nesterovs" -> { // velocity v; the update looks ahead by mu
                    double before = first[i];
                    first[i] = MU * before - ETA * gradient;
                    yield MU * before - (1 + MU) * first[i];
                }
                default -> {
                    first[i] = 0.9 * first[i] + 0.1 * gradient;
                    second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                    double alpha = ETA * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
                    yield alpha * first[i] / (Math.sqrt(second[i]) + 1e-8);
                }
            };
        }

        private static double[] gradient(double[] theta) {
            double[] gradient = new double[theta.length];
            for (int row = 0; row < ROWS; row++) {
                double[] p = softmax(theta, X[row]);
                for (int k = 0; k < CLASSES; k++) {
                    double delta = (p[k] - (LABEL[row] == k ? 1 : 0)) / ROWS;
                    for (int j = 0; j < INPUTS; j++) {
                        gradient[k * INPUTS + j] += delta * X[row][j];
                    }
                    gradient[INPUTS * CLASSES + k] += delta;
                }
            }
            return gradient;
        }

        private static double[] softmax(double[] theta, double[] x) {
            double[] p = new double[CLASSES];
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                double z = theta[INPUTS * CLASSES + k];
                for (int j = 0; j < INPUTS; j++) {
                    z += theta[k * INPUTS + j] * x[j];
                }
                p[k] = Math.exp(z);
                sum += p[k];
            }
            for (int k = 0; k < CLASSES; k++) {
                p[k] /= sum;
            }
            return p;
        }
    }
}
