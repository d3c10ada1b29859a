package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.dl4j.fence.FencedExecutioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the crash that the fence prevents: fresh JVMs with a tiny young generation, so that the garbage collector runs all the time,
 * without and with the fence in turn. What the fence costs is the matter of {@link FenceCost}.
 */
@Command(
        name = "fence-stress",
        mixinStandardHelpOptions = true,
        description = "Crash JVMs that train without the fence.")
public final class FenceStress implements Callable<Integer> {

    private static final int PATIENCE = 60; // seconds beyond the measured ones
    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG\\w+|EXCEPTION_\\w+)", Pattern.MULTILINE);
    private static final Pattern JAVA_FRAME = Pattern.compile("^[Jj] .*?((?:org|io)\\.[\\w.$]+)\\(", Pattern.MULTILINE);
    private static final String NO_VALUE = "-";

    @Option(
            names = "--work",
            split = ",",
            defaultValue = "training,convolutions,broadcast,matrices,outside",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> works;

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "JVMs without and with the fence; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--threads", defaultValue = "4", description = "In the stress; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--young",
            defaultValue = "2m",
            description = "Young generation in the stress; default: ${DEFAULT-VALUE}.")
    private String young;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Of a JVM that survives; default: ${DEFAULT-VALUE}.")
    private int seconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FenceStress()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fence-stress");
        System.err.println("Files of crashed JVMs: " + folder);
        stress(folder);
        return 0;
    }

    private void stress(Path folder) throws IOException, InterruptedException {
        List<String[]> rows = new ArrayList<>();
        for (String work : works) {
            for (int run = 1; run <= runs; run++) {
                for (boolean fenced : new boolean[] {false, true}) {
                    Path errors = folder.resolve(work + "-" + run + (fenced ? "-fenced" : "-plain") + ".log");
                    Ending ending = run(
                            errors,
                            fenced,
                            List.of("-Xmn" + young, "-Xmx512m"),
                            StressedJvm.Work.of(work).name(),
                            Integer.toString(threads),
                            Integer.toString(seconds));
                    rows.add(new String[] {
                        work,
                        fenced ? "fenced" : "plain",
                        Integer.toString(run),
                        ending.how,
                        ending.collections,
                        ending.steps,
                        ending.where
                    });
                    System.err.println(String.join(" ", rows.get(rows.size() - 1)));
                }
            }
        }
        if (!rows.isEmpty()) {
            print(rows, "work", "executioner", "run", "ending", "collections", "steps", "in");
        }
    }

    /**
     * How a JVM ended.
     *
     * @param how         survived, the signal, or what else
     * @param steps       its last known number of steps
     * @param collections its last known number of garbage collections
     * @param where       the innermost Java method on the stack of a crash
     */
    private record Ending(String how, String steps, String collections, String where) {}

    private Ending run(Path errors, boolean fenced, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Path output = Path.of(errors + ".out");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-Dopexec=" + (fenced ? FencedExecutioner.class : NativeOpExecutioner.class).getName(),
                "-XX:ErrorFile=" + errors,
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                StressedJvm.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        long limit = (long) PATIENCE + seconds;
        boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String how = !ended
                ? "stopped after " + limit + " s"
                : process.exitValue() == 0 ? "survived" : "exit " + process.exitValue();
        String report = Files.exists(errors) ? Files.readString(errors) : "";
        String[] last = Files.readAllLines(output).stream()
                .filter(line -> line.matches("\\d+ \\d+"))
                .reduce((earlier, later) -> later)
                .orElse("0 0")
                .split(" ", -1);
        return new Ending(first(SIGNAL, report, how), last[0], last[1], first(JAVA_FRAME, report, NO_VALUE));
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static void print(List<String[]> rows, String... header) {
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows.toArray(String[][]::new)));
    }
}
