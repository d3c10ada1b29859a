package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.dl4j.AutoL2SameDiffListener;
import io.github.autol2.schedule.AutoL2Options;
import java.lang.management.ManagementFactory;
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
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the training step of one SameDiff network with the listener against the same network with a constant L2 in its training
 * configuration, which is what its user has without us. All networks of a round are trained in one JVM in turns of {@value #BLOCK}
 * steps each, so that whatever the machine does besides touches all alike; a turn holds exactly one sample of the listener. A ratio is
 * taken within a turn; the median over the turns leaves out those in which one block was interrupted. Without a listener that asks for it,
 * SameDiff does not compute the loss, so that is measured on its own, too: it is a part of the listener's ratio, but not inside of it.
 */
@Command(
        name = "samediff-overhead",
        mixinStandardHelpOptions = true,
        description =
                "Measure what the listener of SameDiff costs, against a constant L2 of the training configuration.")
public final class SameDiffOverhead implements Callable<Integer> {

    /** From one sample of the listener to the next. */
    private static final int BLOCK = 20;

    private static final double L2 = 1e-3;
    private static final double NANOSECONDS = 1000; // in a microsecond

    /** How the network is trained. */
    private enum Way {
        CONSTANT("constant L2 of the configuration"),
        NONE("no penalty"),
        LOSS("no penalty, but the loss is computed"),
        LISTENER("AutoL2SameDiffListener"),
        METERED("AutoL2SameDiffListener, metered"),
        ARITHMETIC("the penalty's arithmetic alone, metered");

        private final String text;

        Way(String text) {
            this.text = text;
        }
    }

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--turns",
            defaultValue = "60",
            description =
                    "Measured turns of each round, of " + BLOCK + " steps of each network; default: ${DEFAULT-VALUE}.")
    private int turns;

    @Option(
            names = "--warm-up",
            defaultValue = "25",
            description =
                    "Turns before, for the compiler and for the listener's first samples; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SameDiffOverhead()).execute(arguments));
    }

    /**
     * The measured turns of one network.
     *
     * @param steps  microseconds a step, of each turn
     * @param inside microseconds a step inside the listener, of each turn
     */
    private record Turns(double[] steps, double[] inside) {

        private Turns(int turns) {
            this(new double[turns], new double[turns]);
        }

        private double step() {
            return StatUtils.percentile(steps, 50);
        }

        /** Percent of a step without what is inside the listener. */
        private double share() {
            double[] shares = new double[steps.length];
            Arrays.setAll(shares, turn -> 100 * inside[turn] / (steps[turn] - inside[turn]));
            return StatUtils.percentile(shares, 50);
        }

        private double ratio(Turns others) {
            double[] ratios = new double[steps.length];
            Arrays.setAll(ratios, turn -> steps[turn] / others.steps[turn]);
            return StatUtils.percentile(ratios, 50);
        }
    }

    @Override
    public Integer call() {
        List<Map<Way, Turns>> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(round());
            System.err.printf(
                    Locale.ROOT,
                    "round %d of %d, load average %.1f%n",
                    round + 1,
                    rounds,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                List.of(Way.values()),
                List.of(
                        new Column().header("training").with((Way way) -> way.text),
                        column(
                                "step us",
                                "%.0f",
                                measured,
                                (way, all) -> all.get(way).step()),
                        column(
                                "ratio to constant L2",
                                "%.3f",
                                measured,
                                (way, all) -> all.get(way).ratio(all.get(Way.CONSTANT))),
                        column(
                                "inside, % of step",
                                "%.2f", measured, (way, all) -> all.get(way).share()))));
        return 0;
    }

    private interface Figure {
        double of(Way way, Map<Way, Turns> round);
    }

    /** A figure as its median over the rounds, its minimum and its maximum. */
    private static ColumnData<Way> column(String header, String format, List<Map<Way, Turns>> measured, Figure figure) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with((Way way) -> {
            ToDoubleFunction<Map<Way, Turns>> value = round -> figure.of(way, round);
            double[] values = measured.stream().mapToDouble(value).toArray();
            return String.format(
                    Locale.ROOT,
                    format + " (" + format + " to " + format + ")",
                    StatUtils.percentile(values, 50),
                    StatUtils.min(values),
                    StatUtils.max(values));
        });
    }

    private Map<Way, Turns> round() {
        DataSet[] batches = {TrainingStep.batch(), TrainingStep.batch(), TrainingStep.batch()};
        Map<Way, Training> trainings = new EnumMap<>(Way.class);
        Map<Way, Turns> measured = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            trainings.put(way, new Training(way));
            measured.put(way, new Turns(turns));
        }
        List<Way> order = new ArrayList<>(List.of(Way.values()));
        for (int turn = -warmUp; turn < turns; turn++) {
            for (Way way : order) {
                Training training = trainings.get(way);
                double inside = training.meter.nanoseconds();
                double nanoseconds = training.block(batches);
                if (turn >= 0) {
                    measured.get(way).steps[turn] = nanoseconds / BLOCK / NANOSECONDS;
                    measured.get(way).inside[turn] = (training.meter.nanoseconds() - inside) / BLOCK / NANOSECONDS;
                }
            }
            Collections.rotate(order, 1); // nobody always runs first
        }
        return measured;
    }

    /** One network in training. */
    private final class Training {
        private final SameDiff network;
        private final Meter meter = new Meter();

        private Training(Way way) {
            Nd4j.getRandom().setSeed(1);
            network = SameDiffStep.network(new Nesterovs(TrainingStep.ETA, TrainingStep.MOMENTUM), 784, 64, 64, 64, 10);
            switch (way) {
                case NONE -> {}
                case LOSS -> {
                    network.getTrainingConfig().setTrainEvaluations(Map.of("loss", List.of()));
                    network.getTrainingConfig().setTrainEvaluationLabels(Map.of("loss", 0));
                }
                case CONSTANT -> network.getTrainingConfig().setRegularization(List.of(new L2Regularization(L2)));
                case LISTENER -> network.addListeners(listener());
                case METERED -> network.addListeners(new SameDiffStep.Metered(listener(), meter));
                case ARITHMETIC ->
                    network.addListeners(new SameDiffStep.Metered(new SameDiffStep.ConstantPenalty(network), meter));
            }
        }

        private AutoL2SameDiffListener listener() {
            return new AutoL2SameDiffListener(AutoL2Options.adaptive((long) (warmUp + turns) * BLOCK));
        }

        /** The nanoseconds of a block. */
        private long block(DataSet[] batches) {
            long start = System.nanoTime();
            for (int step = 0; step < BLOCK; step++) {
                network.fit(batches[step % batches.length]);
            }
            return System.nanoTime() - start;
        }
    }
}
