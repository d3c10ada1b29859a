package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What oneDNN's helpers gain: training steps and forward passes with stock layers and with helpers. Each number comes from a JVM of its own;
 * the two take turns, so that a ratio compares neighbours in time on a machine that has other work. With one thread its CPU time counts, with
 * more the time on the clock.
 */
@Command(
        name = "convolution-speed",
        mixinStandardHelpOptions = true,
        description = "Compares training steps with and without oneDNN's helpers.")
@SuppressWarnings("EnumOrdinal") // columns of a table of times
public final class ConvolutionSpeed implements Callable<Integer> {

    @Option(
            names = "--networks",
            split = ",",
            defaultValue = "lenet,paper-cnn-30,paper-cnn-bn-30,wrn-10-1,wrn-16-4",
            description = "lenet, paper-cnn-C and paper-cnn-bn-C with C channels, wrn-N-k; default: ${DEFAULT-VALUE}.")
    private List<String> networks;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "16,64,128",
            description = "Images in a step; default: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,2",
            description = "OpenMP threads; default: ${DEFAULT-VALUE}.")
    private List<Integer> threads;

    @Option(names = "--rounds", defaultValue = "3", description = "JVMs of each kind; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--steps",
            defaultValue = "10",
            description = "Most steps measured in each; default: ${DEFAULT-VALUE}.")
    private int steps;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConvolutionSpeed()).execute(arguments));
    }

    /** Milliseconds, medians over the steps of a JVM. */
    private record Times(double training, double forward) {}

    private enum Kind {
        STOCK,
        HELPERS
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String[]> rows = new ArrayList<>();
        for (String network : networks) {
            for (int batch : batches) {
                for (int count : threads) {
                    rows.add(row(network, batch, count));
                    System.err.println(String.join(" | ", rows.get(rows.size() - 1)));
                }
            }
        }
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                new String[] {
                    "network",
                    "batch",
                    "threads",
                    "stock step",
                    "helpers, times as fast",
                    "stock forward",
                    "helpers, times as fast"
                },
                null,
                rows.toArray(String[][]::new)));
        return 0;
    }

    private String[] row(String network, int batch, int count) throws IOException, InterruptedException {
        Times[][] times = new Times[rounds][Kind.values().length];
        for (Times[] round : times) {
            for (Kind kind : Kind.values()) {
                round[kind.ordinal()] = measure(kind, network, batch, count);
            }
        }
        return new String[] {
            network,
            Integer.toString(batch),
            Integer.toString(count),
            milliseconds(IntStream.range(0, rounds).mapToDouble(i -> times[i][0].training)),
            ratios(times, true),
            milliseconds(IntStream.range(0, rounds).mapToDouble(i -> times[i][0].forward)),
            ratios(times, false)
        };
    }

    private static String milliseconds(DoubleStream rounds) {
        DoubleSummaryStatistics all = rounds.summaryStatistics();
        return String.format(Locale.ROOT, "%.0f to %.0f ms", all.getMin(), all.getMax());
    }

    /** How many times as fast as the stock layers of the same round: median (smallest to largest). */
    private static String ratios(Times[][] times, boolean training) {
        double[] sorted = IntStream.range(0, times.length)
                .mapToDouble(round -> {
                    Times stock = times[round][Kind.STOCK.ordinal()];
                    Times helpers = times[round][Kind.HELPERS.ordinal()];
                    return training ? stock.training / helpers.training : stock.forward / helpers.forward;
                })
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f to %.1f)",
                StatUtils.percentile(sorted, 50),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private Times measure(Kind kind, String network, int batch, int count) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConvolutionJvm.class.getName(),
                        network,
                        Integer.toString(batch),
                        Integer.toString(steps),
                        Boolean.toString(kind != Kind.STOCK),
                        Boolean.toString(count == 1))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(count));
        Process process = builder.start();
        String last = "";
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the JVM for " + network + ", batch " + batch + ", failed");
        }
        String[] parts = last.split(" ", -1);
        return new Times(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }
}
