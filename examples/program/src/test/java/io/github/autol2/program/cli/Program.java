package io.github.autol2.program.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the program in this JVM and keeps what it prints. */
public record Program(int exitCode, String output, String errors) {

    public static Program run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int exitCode = Autol2.run(arguments);
            return new Program(
                    exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /**
     * {@code train} on a task that takes a second or two; the settings given replace those of the task. Whatever is in the folder is
     * thrown away.
     */
    static Program train(String out, String... settings) {
        return run(small(
                SMALL,
                "train",
                out,
                Stream.concat(Stream.of("--restart"), asOptions(settings)).toArray(String[]::new)));
    }

    /**
     * Any command with {@code --out} on a task of one's own.
     *
     * @param task     its settings, each a key and a value
     * @param settings replace those of the task
     */
    static Program on(List<String> task, String command, Path out, String... settings) {
        return run(small(task, command, out.toString(), asOptions(settings).toArray(String[]::new)));
    }

    private static Stream<String> asOptions(String... settings) {
        return Arrays.stream(settings).flatMap(setting -> Stream.of("--set", setting));
    }

    /** Any command with {@code --out}, on the same task with a larger share for calibration; arguments replace the task's settings. */
    public static Program small(String command, String out, String... arguments) {
        List<String> settings = new ArrayList<>(SMALL);
        settings.add("calibration.share=0.5");
        return run(small(settings, command, out, arguments));
    }

    private static String[] small(List<String> settings, String command, String out, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--quiet", "--out", out));
        for (String small : settings) {
            String key = small.substring(0, small.indexOf('=') + 1);
            if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith(key))) {
                all.addAll(List.of("--set", small));
            }
        }
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** Starts {@link #small} in a JVM of its own and kills it as soon as a file is there. */
    static void killedWhenThereIs(Path file, String command, String out, String... arguments)
            throws IOException, InterruptedException {
        Process process = startedUntilThereIs(file, ProcessBuilder.Redirect.DISCARD, command, out, arguments);
        process.destroyForcibly().waitFor();
    }

    /**
     * The same, but the process gets a signal. Needs the program kill.
     *
     * @param signal {@code INT}, as by Ctrl-C, or {@code TERM}
     * @return what it told on standard error
     */
    static String signalledWhenThereIs(String signal, Path file, String command, String out, String... arguments)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("errors", ".txt");
        Process process =
                startedUntilThereIs(file, ProcessBuilder.Redirect.to(errors.toFile()), command, out, arguments);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        process.waitFor();
        String told = Files.readString(errors);
        Files.delete(errors);
        return told;
    }

    /**
     * Runs {@link #small} in a JVM of its own that can write no larger files, as if the disk were full. Needs a shell.
     *
     * @param kilobytes the most for each file
     */
    static Program withSmallFiles(int kilobytes, Path errors, String command, String out, String... arguments)
            throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f " + 2 * kilobytes + " && exec \"$@\"", "sh"));
        line.addAll(inAJvm(command, out, arguments));
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        return new Program(process.waitFor(), "", Files.readString(errors));
    }

    /** Runs {@link #small} in a JVM of its own that has not the jars whose names begin so. */
    static Program withoutJars(String prefix, String command, String out, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = inAJvm(command, out, arguments);
        int path = line.indexOf("-cp") + 1;
        line.set(
                path,
                Arrays.stream(line.get(path).split(File.pathSeparator))
                        .filter(entry ->
                                !Path.of(entry).getFileName().toString().startsWith(prefix))
                        .collect(Collectors.joining(File.pathSeparator)));
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program(process.waitFor(), "", errors);
    }

    private static List<String> inAJvm(String command, String out, String... arguments) {
        List<String> settings = new ArrayList<>(SMALL);
        settings.add("calibration.share=0.5");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1", // starts sooner and computes the same
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // a file of its own
                "-cp",
                System.getProperty("java.class.path"),
                Autol2.class.getName()));
        line.addAll(List.of(small(settings, command, out, arguments)));
        return line;
    }

    /** Starts {@link #small} in a JVM of its own and returns as soon as a file is there. */
    static Process startedUntilThereIs(
            Path file, ProcessBuilder.Redirect errors, String command, String out, String... arguments)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(inAJvm(command, out, arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors)
                .start();
        while (process.isAlive() && !Files.exists(file)) {
            Thread.sleep(1);
        }
        return process;
    }

    private static final List<String> SMALL = List.of(
            "train.steps=60",
            "data.trainSize=64",
            "data.validationSize=32",
            "data.testSize=64",
            "train.batchSize=32",
            "train.evaluateEvery=20",
            "seeds=1,2");
}
