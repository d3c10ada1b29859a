package io.github.autol2.benchmark;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2Observer;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
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
 * Weights that see nothing but zeros are moved by the penalty alone. For each updater: the time that the listener counts, in tau, beside the
 * logarithm of what the norm of the weights has shrunk by, before, during and after a step of the learning rate's schedule.
 */
public final class ShrinkExperiment {

    private static final int ITERATIONS = 300;
    private static final int STEP_AT = 150;
    private static final int[][] PARTS = {{30, 140}, {90, 210}, {170, ITERATIONS}};
    private static final double LAMBDA = 0.05;

    private ShrinkExperiment() {}

    private record Point(long iteration, double timescales, double logNorm) {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        System.out.printf("%-10s %22s %22s %22s%n", "", "before the step", "during", "after");
        System.out.printf(
                "%-10s %22s %22s %22s%n", "updater", "counted / shrunk", "counted / shrunk", "counted / shrunk");
        updaters().forEach((name, updater) -> {
            List<Point> points = train(updater);
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s", name));
            for (int[] part : PARTS) {
                line.append(String.format(Locale.ROOT, " %22s", between(points, part[0], part[1])));
            }
            System.out.println(line);
        });
    }

    private static Map<String, IUpdater> updaters() {
        Map<String, IUpdater> updaters = new LinkedHashMap<>();
        updaters.put("Sgd", new Sgd(step(0.1)));
        updaters.put("Nesterovs", new Nesterovs(step(0.01), 0.9));
        updaters.put("Adam", new Adam(step(1e-3)));
        updaters.put("AMSGrad", new AMSGrad(step(1e-3)));
        updaters.put("Nadam", new Nadam(step(1e-4)));
        updaters.put("AdaMax", new AdaMax(step(1e-3)));
        updaters.put("RmsProp", new RmsProp(step(1e-3)));
        updaters.put("AdaGrad", new AdaGrad(0.005)); // Deeplearning4j's has no schedule that works
        updaters.put("AdaDelta", new AdaDelta(0.9, 1e-6));
        return updaters;
    }

    private static ISchedule step(double eta) {
        return new MapSchedule(ScheduleType.ITERATION, Map.of(0, eta, STEP_AT, 0.3 * eta));
    }

    private static List<Point> train(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .biasUpdater(new NoOp())
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(20).nOut(100).build())
                .layer(new OutputLayer.Builder()
                        .nIn(100)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        List<Point> points = new ArrayList<>();
        AutoL2Listener[] listener = new AutoL2Listener[1];
        listener[0] = AutoL2Listener.builder(
                        AutoL2Options.adaptive().withInitialLambda(LAMBDA).withMinimumLambda(LAMBDA))
                .observer(new AutoL2Observer() {
                    @Override
                    public void measured(Measurement measurement, double lambda) {
                        points.add(
                                new Point(measurement.iteration(), listener[0].timescales(), Math.log(norm(network))));
                    }
                })
                .build();
        network.addListeners(listener[0]);
        DataSet zeros = new DataSet(Nd4j.zeros(8, 20), Nd4j.ones(8, 10).divi(10));
        for (int i = 0; i < ITERATIONS; i++) {
            network.fit(zeros);
        }
        return points;
    }

    private static double norm(MultiLayerNetwork network) {
        return Math.hypot(
                network.getParam("0_W").norm2Number().doubleValue(),
                network.getParam("1_W").norm2Number().doubleValue());
    }

    private static String between(List<Point> points, int from, int to) {
        List<Point> part = points.stream()
                .filter(point -> point.iteration() >= from && point.iteration() <= to)
                .toList();
        Point first = part.get(0);
        Point last = part.get(part.size() - 1);
        double counted = last.timescales() - first.timescales();
        double shrunk = first.logNorm() - last.logNorm();
        return String.format(Locale.ROOT, "%.4f / %.4f %+.0f %%", counted, shrunk, 100 * (counted / shrunk - 1));
    }
}
