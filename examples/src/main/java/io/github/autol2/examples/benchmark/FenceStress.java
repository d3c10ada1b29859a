package io.github.autol2.examples.benchmark;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.dl4j.fence.FencedExecutioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.stat.StatUtils;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the crash that the fence prevents, and what the fence costs. First fresh JVMs with a tiny young generation, so that the garbage
 * collector runs all the time, without and with the fence in turn; then pairs with a normal heap, whose order alternates.
 */
@Command(name = "fence-stress", mixinStandardHelpOptions = true,
        description = "Crash JVMs that train without the fence, and measure the training step with and without it.")
public final class FenceStress implements Callable<Integer> {

    private static final int PATIENCE = 60; // seconds beyond the measured ones
    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG\\w+|EXCEPTION_\\w+)", Pattern.MULTILINE);
    private static final Pattern JAVA_FRAME = Pattern.compile("^[Jj] .*?((?:org|io)\\.[\\w.$]+)\\(", Pattern.MULTILINE);
    private static final String NO_VALUE = "-";

    @Option(names = "--work", split = ",", defaultValue = "training,broadcast,matrices,outside", description = "Default: ${DEFAULT-VALUE}.")
    private List<String> works;

    @Option(names = "--runs", defaultValue = "5", description = "JVMs without and with the fence; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--threads", defaultValue = "4", description = "In the stress; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--young", defaultValue = "2m", description = "Young generation in the stress; default: ${DEFAULT-VALUE}.")
    private String young;

    @Option(names = "--seconds", defaultValue = "20", description = "Of a JVM that survives; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--pairs", defaultValue = "9", description = "Of JVMs with a normal heap; default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(names = "--pair-seconds", defaultValue = "5",
            description = "Measured and before that for warming up; default: ${DEFAULT-VALUE}.")
    private int pairSeconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FenceStress()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fence-stress");
        System.err.println("Files of crashed JVMs: " + folder);
        stress(folder);
        throughput(folder);
        return 0;
    }

    private void stress(Path folder) throws IOException, InterruptedException {
        List<String[]> rows = new ArrayList<>();
        for (String work : works) {
            for (int run = 1; run <= runs; run++) {
                for (boolean fenced : new boolean[] {false, true}) {
                    Path errors = folder.resolve(work + "-" + run + (fenced ? "-fenced" : "-plain") + ".log");
                    Ending ending = run(errors, fenced, List.of("-Xmn" + young, "-Xmx512m"),
                            StressedJvm.Work.of(work).name(), Integer.toString(threads), "0", Integer.toString(seconds));
                    rows.add(new String[] {work, fenced ? "fenced" : "plain", Integer.toString(run), ending.how, ending.collections,
                        ending.steps, ending.where});
                    System.err.println(String.join(" ", rows.get(rows.size() - 1)));
                }
            }
        }
        if (!rows.isEmpty()) {
            print(rows, "work", "executioner", "run", "ending", "collections", "steps", "in");
        }
    }

    private void throughput(Path folder) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        List<Double> ratios = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            double[] rates = new double[2];
            for (int turn = 0; turn < rates.length; turn++) {
                int which = (pair + turn) % 2; // nobody always runs first
                Ending ending = run(folder.resolve("pair-" + pair + "-" + which + ".log"), which == 1, List.of("-Xmx1g"),
                        StressedJvm.Work.TRAINING.name(), Integer.toString(processors), Integer.toString(pairSeconds),
                        Integer.toString(pairSeconds));
                rates[which] = ending.survived() ? ending.rate : Double.NaN;
                System.err.printf(Locale.ROOT, "pair %d of %d, %s: %s, %.1f steps a processor second%n", pair + 1, pairs, which == 1 ? "fenced" : "plain",
                        ending.how, rates[which]);
            }
            if (!Double.isNaN(rates[0] + rates[1])) {
                ratios.add(rates[1] / rates[0]);
                plain.add(rates[0]);
            }
        }
        if (!ratios.isEmpty()) {
            print(List.<String[]>of(new String[] {Integer.toString(processors), spread("%.1f", plain), spread("%.3f", ratios)}), "threads",
                    "steps a processor second without: median (min to max)", "fenced to plain over " + ratios.size() + " pairs: median (min to max)");
        }
    }

    /**
     * How a JVM ended.
     *
     * @param how         survived, the signal, or what else
     * @param steps       its last known number of steps
     * @param collections its last known number of garbage collections
     * @param rate        steps for each second of processor time
     * @param where       the innermost Java method on the stack of a crash
     */
    private record Ending(String how, String steps, String collections, double rate, String where) {
        private boolean survived() {
            return how.equals("survived");
        }
    }

    private static Ending run(Path errors, boolean fenced, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Path output = Path.of(errors + ".out");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-Dopexec=" + (fenced ? FencedExecutioner.class : NativeOpExecutioner.class).getName(),
                "-XX:ErrorFile=" + errors, "-XX:-CreateCoredumpOnCrash", "-cp", System.getProperty("java.class.path"),
                StressedJvm.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        long limit = PATIENCE + Long.parseLong(arguments[2]) + Long.parseLong(arguments[3]);
        boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String how = !ended ? "stopped after " + limit + " s" : process.exitValue() == 0 ? "survived" : "exit " + process.exitValue();
        String report = Files.exists(errors) ? Files.readString(errors) : "";
        String[] last = Files.readAllLines(output).stream().filter(line -> line.matches("\\d+ \\d+ [\\d.]+"))
                .reduce((earlier, later) -> later).orElse("0 0 0").split(" ");
        return new Ending(first(SIGNAL, report, how), last[0], last[1], Double.parseDouble(last[2]), first(JAVA_FRAME, report, NO_VALUE));
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static String spread(String format, List<Double> list) {
        double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", StatUtils.percentile(values, 50),
                StatUtils.min(values), StatUtils.max(values));
    }

    private static void print(List<String[]> rows, String... header) {
        System.out.println(AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows.toArray(String[][]::new)));
    }
}
