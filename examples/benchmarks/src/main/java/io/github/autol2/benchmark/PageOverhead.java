package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.StatUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a page of lambda costs while another process loads it each {@value OpenPage#SECONDS} seconds. The networks are trained in
 * one JVM in turns of {@value OpenPage#SECONDS} seconds each, so that whatever the machine does besides touches all alike; a turn of the
 * open page holds one loading. Ratios are taken within a turn.
 */
@Command(
        name = "page-overhead",
        mixinStandardHelpOptions = true,
        description = "Measure what an open page of lambda costs, against the same training without it.")
public final class PageOverhead implements Callable<Integer> {

    private static final long BUDGET = 1_000_000; // iterations, more than any run of this has
    private static final double NANOSECONDS = 1000; // in a microsecond
    private static final long TURN = OpenPage.SECONDS * 1_000_000_000L;

    /** How the network is trained. */
    private enum Way {
        NONE("no listener", "none"),
        ADAPTIVE("AutoL2, no page", "adaptive"),
        UNSEEN("AutoL2, a page that nobody loads", "page"),
        OPEN("AutoL2, an open page", "page");

        private final String text;
        private final String listener;

        Way(String text, String listener) {
            this.text = text;
            this.listener = listener;
        }
    }

    @Option(names = "--turns", defaultValue = "40", description = "Measured turns; default: ${DEFAULT-VALUE}.")
    private int turns;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Turns before, for the compiler; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PageOverhead()).execute(arguments));
    }

    /** One network in training. */
    private static final class Training {
        private final Way way;
        private final TrainingStep step = new TrainingStep();
        private final TrainingStep.Cost cost = new TrainingStep.Cost();
        private final List<Double> steps = new ArrayList<>(); // microseconds, of each turn
        private final List<Double> inside = new ArrayList<>(); // percent of a step, of each turn

        private Training(Way way) {
            this.way = way;
            step.network = "mlp";
            step.listener = way.listener;
            step.budget = BUDGET;
            step.prepare();
        }

        private void turn(boolean measured) {
            long stepsBefore = cost.steps;
            long insideBefore = cost.nanoseconds;
            long start = System.nanoTime();
            if (way == Way.OPEN) {
                step.page().load();
            }
            while (System.nanoTime() - start < TURN) {
                step.fit(cost);
            }
            double nanoseconds = System.nanoTime() - start;
            if (way == Way.OPEN) {
                step.page().loaded();
            }
            if (measured) {
                double within = cost.nanoseconds - insideBefore;
                steps.add(nanoseconds / NANOSECONDS / (cost.steps - stepsBefore));
                inside.add(100 * within / (nanoseconds - within));
            }
        }

        private double[] ratios(Training other) {
            double[] ratios = new double[steps.size()];
            Arrays.setAll(ratios, turn -> steps.get(turn) / other.steps.get(turn));
            return ratios;
        }
    }

    @Override
    public Integer call() {
        Map<Way, Training> trainings = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            trainings.put(way, new Training(way));
        }
        List<Way> order = new ArrayList<>(List.of(Way.values()));
        double ownBefore = 0;
        for (int turn = -warmUp; turn < turns; turn++) {
            if (turn == 0) {
                ownBefore = OpenPage.ownSeconds();
            }
            for (Way way : order) {
                trainings.get(way).turn(turn >= 0);
            }
            Collections.rotate(order, 1); // nobody always follows the same one
        }
        print(trainings);
        System.out.printf(
                Locale.ROOT,
                "the page's own thread: %.2f %% of a processor while it is open%n",
                100 * (OpenPage.ownSeconds() - ownBefore) / (turns * OpenPage.SECONDS));
        trainings.values().forEach(training -> training.step.close());
        return 0;
    }

    private static void print(Map<Way, Training> trainings) {
        Training without = trainings.get(Way.ADAPTIVE);
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                List.of(Way.values()),
                List.of(
                        new Column().header("training").with((Way way) -> way.text),
                        column("step us", trainings, training -> StatUtils.percentile(array(training.steps), 50)),
                        column(
                                "ratio to no page",
                                trainings,
                                training -> StatUtils.percentile(training.ratios(without), 50)),
                        column("its standard error", trainings, training -> standardError(training.ratios(without))),
                        column(
                                "inside, % of step",
                                trainings, training -> StatUtils.percentile(array(training.inside), 50)))));
    }

    /** Of the median, from the quartiles, so that turns which something else interrupted do not count. */
    private static double standardError(double[] ratios) {
        double quartiles = StatUtils.percentile(ratios, 75) - StatUtils.percentile(ratios, 25);
        return 0.93 * quartiles / Math.sqrt(ratios.length);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static ColumnData<Way> column(
            String header, Map<Way, Training> trainings, ToDoubleFunction<Training> figure) {
        return new Column()
                .header(header)
                .dataAlign(HorizontalAlign.RIGHT)
                .with((Way way) -> String.format(Locale.ROOT, "%.4f", figure.applyAsDouble(trainings.get(way))));
    }
}
