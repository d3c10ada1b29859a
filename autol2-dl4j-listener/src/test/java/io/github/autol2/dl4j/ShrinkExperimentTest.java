package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Weights that see nothing but zeros have no gradient of the loss: what moves them is the penalty alone. In the time that the listener
 * counts as one tau their norm falls by the factor e, with each updater, before, during and after a step of a schedule.
 */
@Tag("slow")
class ShrinkExperimentTest {

    private static final int ITERATIONS = 300;
    private static final int STEP_AT = 150;
    private static final double LAMBDA = 0.05;

    private static ISchedule step(double before, double after) {
        return new MapSchedule(ScheduleType.ITERATION, Map.of(0, before, STEP_AT, after));
    }

    static Stream<Arguments> updaters() {
        ISchedule small = step(1e-3, 3e-4);
        return Stream.of(
                Arguments.of("Sgd", new Sgd(step(0.1, 0.03))),
                Arguments.of("Nesterovs", new Nesterovs(step(0.01, 0.003), 0.9)),
                Arguments.of("Nesterovs, momentum schedule", new Nesterovs(0.02, step(0.8, 0.5))),
                Arguments.of("Adam", new Adam(small)),
                Arguments.of("AMSGrad", new AMSGrad(small)),
                Arguments.of("Nadam", new Nadam(small)),
                Arguments.of("AdaMax", new AdaMax(small)),
                Arguments.of("RmsProp", new RmsProp(small)),
                Arguments.of("AdaGrad", new AdaGrad(0.005)),
                Arguments.of("AdaDelta", new AdaDelta(0.9, 1e-4)),
                Arguments.of("NoOp", new NoOp()),
                Arguments.of("an updater of a user", new StrangeUpdater(small)));
    }

    private record Point(long iteration, double timescales, double logNorm) {}

    private static DenseLayer.Builder frozenBiases(DenseLayer.Builder layer) {
        return layer.biasUpdater(new Sgd(0));
    }

    private static MultiLayerNetwork network(IUpdater first, IUpdater second) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(first)
                .list()
                .layer(frozenBiases(new DenseLayer.Builder().nIn(4).nOut(300)).build())
                .layer(Networks.softmax(300)
                        .biasUpdater(new Sgd(0))
                        .updater(second)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static double norm(Model network) {
        double squares = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            if (parameter.getKey().endsWith("_W")) {
                double norm = parameter.getValue().norm2Number().doubleValue();
                squares += norm * norm;
            }
        }
        return Math.sqrt(squares);
    }

    private static List<Point> shrink(Model network, double lambda) {
        List<Point> points = new ArrayList<>();
        AutoL2Listener[] listener = new AutoL2Listener[1];
        listener[0] = AutoL2Listener.builder(AutoL2Options.adaptive()
                        .withInitialLambda(lambda)
                        .withMinimumLambda(lambda)
                        .withMeasureEvery(5))
                .observer(new AutoL2Observer() {
                    @Override
                    public void measured(Measurement measurement, double ignored) {
                        points.add(
                                new Point(measurement.iteration(), listener[0].timescales(), Math.log(norm(network))));
                    }
                })
                .build();
        network.addListeners(listener[0]);
        DataSet zeros = Networks.classes(16, 1);
        zeros.getFeatures().assign(0);
        for (int i = 0; i < ITERATIONS; i++) {
            if (network instanceof MultiLayerNetwork multiLayer) {
                multiLayer.fit(zeros);
            } else {
                ((ComputationGraph) network).fit(zeros);
            }
        }
        return points;
    }

    private static void check(List<Point> points, int from, int to) {
        Point first =
                points.stream().filter(p -> p.iteration() >= from).findFirst().orElseThrow();
        Point last = points.stream()
                .filter(p -> p.iteration() <= to)
                .reduce((a, b) -> b)
                .orElseThrow();
        double shrunk = first.logNorm() - last.logNorm();
        assertThat(shrunk).as("shrunk from %d to %d", from, to).isGreaterThan(1e-4);
        assertThat(last.timescales() - first.timescales())
                .as("tau that passed from %d to %d", from, to)
                .isCloseTo(shrunk, within(0.1 * shrunk));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updaters")
    void theNormFallsByTheFactorEInATau(String name, IUpdater updater) {
        List<Point> points = shrink(network(updater, updater), LAMBDA);

        check(points, 30, STEP_AT - 10);
        check(points, STEP_AT - 60, STEP_AT + 60); // momentum takes ten iterations to follow
        check(points, STEP_AT + 20, ITERATIONS);
    }

    @Test
    void countsLayersWithDifferentUpdatersByTheirWeights() {
        List<Point> points = shrink(network(new Adam(5e-4), new Sgd(0.1)), LAMBDA);

        check(points, 30, ITERATIONS);
    }

    @Test
    void doesSoOnAGraph() {
        ComputationGraph graph = new ComputationGraph(Networks.base(new Adam(1e-3))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "hidden",
                        frozenBiases(new DenseLayer.Builder().nIn(4).nOut(300)).build(),
                        "in")
                .addLayer("out", Networks.softmax(300).biasUpdater(new Sgd(0)).build(), "hidden")
                .setOutputs("out")
                .build());
        graph.init();

        check(shrink(graph, LAMBDA), 30, ITERATIONS);
    }

    @Test
    void noTimePassesWhereNothingMoves() {
        List<Point> points = shrink(network(new Sgd(0), new Sgd(0)), LAMBDA);

        assertThat(points)
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.timescales()).isZero());
    }
}
