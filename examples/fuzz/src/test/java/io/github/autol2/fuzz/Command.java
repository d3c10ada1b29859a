package io.github.autol2.fuzz;

import io.github.autol2.program.cli.Autol2;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A command of the program. */
final class Command {

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private Command() {}

    /**
     * Runs it without its output.
     *
     * @throws RefusedInOneLine if it refuses its input with exit code 2
     * @throws AssertionError   for any other error, and if the refusal is not one line
     */
    static void run(String... arguments) throws RefusedInOneLine {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(NOWHERE);
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            code = Autol2.run(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String told = errors.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("INFO: ")) // the fuzzer's own
                .collect(Collectors.joining("\n"));
        if (code == 2 && told.startsWith("autol2: ") && told.lines().count() == 1) {
            throw new RefusedInOneLine(told);
        }
        if (code != 0) {
            throw new AssertionError("exit code " + code + ": " + told);
        }
    }
}
