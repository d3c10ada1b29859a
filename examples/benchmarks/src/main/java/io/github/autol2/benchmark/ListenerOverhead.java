package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hipparchus.stat.StatUtils;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the training step with each listener as a ratio to the step without one. Each round runs every listener once, each in a
 * fresh JVM, one after the other, so that a drift of the machine's speed touches all alike; the ratio is taken within a round.
 * Fresh JVMs differ by some percent on a shared machine, so the time and the bytes inside the listener are measured directly, too.
 */
@Command(
        name = "listener-overhead",
        mixinStandardHelpOptions = true,
        description = "Measure what listeners cost, as a ratio to a training step without one.")
public final class ListenerOverhead implements Callable<Integer> {

    private static final String WITHOUT = "none";
    private static final double NANOSECONDS = 1000; // in a microsecond

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Measured seconds of each JVM; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description =
                    "Seconds before, for the compiler to reach code that runs only at every tenth or twentieth step; "
                            + "default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--networks",
            split = ",",
            defaultValue = "mlp,wide,cnn",
            description =
                    "Of mlp, wide, cnn, samediff (listeners empty, constant, adaptive); default: ${DEFAULT-VALUE}.")
    private List<String> networks;

    @Option(
            names = "--listeners",
            split = ",",
            defaultValue = "empty,adaptive,paper,score,evaluative,authors",
            description = "Of these; default: ${DEFAULT-VALUE}.")
    private List<String> listeners;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ListenerOverhead()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        List<Row> rows = new ArrayList<>();
        for (String network : networks) {
            rows.addAll(measure(network));
        }
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                List.of(
                        new Column().header("network").with(row -> row.network),
                        new Column().header("listener").with(row -> row.listener),
                        new Column()
                                .header("step us")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.0f", median(row.times))),
                        new Column()
                                .header("ratio: median")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.3f", median(row.ratios))),
                        new Column()
                                .header("min")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.3f", StatUtils.min(row.ratios))),
                        new Column()
                                .header("max")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.3f", StatUtils.max(row.ratios))),
                        new Column()
                                .header("us in it")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.1f", median(row.inside))),
                        new Column()
                                .header("% of step")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.2f", median(row.share()))),
                        new Column()
                                .header("bytes in it")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(row -> number("%.0f", median(row.bytes))))));
        return 0;
    }

    /**
     * The rounds of one listener on one network.
     *
     * @param times  microseconds a step
     * @param ratios of each time to that without listener in the same round
     * @param inside microseconds a step inside the listener
     * @param bytes  allocated on the heap a step inside the listener
     */
    private record Row(
            String network, String listener, double[] times, double[] ratios, double[] inside, double[] bytes) {

        /** Percent of the step without what is inside the listener. */
        private double[] share() {
            double[] share = new double[times.length];
            for (int i = 0; i < share.length; i++) {
                share[i] = 100 * inside[i] / (times[i] - inside[i]);
            }
            return share;
        }
    }

    private List<Row> measure(String network) throws RunnerException {
        List<String> all = new ArrayList<>(listeners);
        all.add(0, WITHOUT);
        Map<String, Row> rows = new LinkedHashMap<>();
        all.forEach(listener -> rows.put(
                listener,
                new Row(
                        network,
                        listener,
                        new double[rounds],
                        new double[rounds],
                        new double[rounds],
                        new double[rounds])));
        for (int round = 0; round < rounds; round++) {
            for (String listener : all) {
                RunResult result = step(network, listener);
                Row row = rows.get(listener);
                double steps = result.getSecondaryResults().get("steps").getScore();
                row.times[round] = result.getPrimaryResult().getScore();
                row.inside[round] =
                        result.getSecondaryResults().get("nanoseconds").getScore() / steps / NANOSECONDS;
                row.bytes[round] = result.getSecondaryResults().get("bytes").getScore() / steps;
                System.err.printf(
                        Locale.ROOT,
                        "%s, round %d of %d, %s: %.0f us%n",
                        network,
                        round + 1,
                        rounds,
                        listener,
                        row.times[round]);
            }
            for (Row row : rows.values()) {
                row.ratios[round] = row.times[round] / rows.get(WITHOUT).times[round];
            }
            Collections.rotate(all, 1); // nobody always runs first
        }
        return List.copyOf(rows.values());
    }

    private RunResult step(String network, String listener) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(TrainingStep.class.getName())
                        .param("network", network)
                        .param("listener", listener)
                        .forks(1)
                        .warmupIterations(warmUp)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(seconds)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
    }

    private static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
