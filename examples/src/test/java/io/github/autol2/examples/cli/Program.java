package io.github.autol2.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the program in this JVM and keeps what it prints. */
record Program(int exitCode, String output, String errors) {

    static Program run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int exitCode = Autol2.run(arguments);
            return new Program(exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** {@code train} on a task that takes a second or two; the settings given replace those of the task. */
    static Program train(String out, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("train", "--quiet", "--out", out));
        for (String small : SMALL) {
            String key = small.substring(0, small.indexOf('=') + 1);
            if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith(key))) {
                arguments.addAll(List.of("--set", small));
            }
        }
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return run(arguments.toArray(String[]::new));
    }

    private static final List<String> SMALL = List.of("train.steps=60", "data.trainSize=64", "data.validationSize=32",
            "data.testSize=64", "train.batchSize=32", "train.evaluateEvery=20", "seeds=1,2");
}
