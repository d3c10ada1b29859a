package io.github.autol2.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings cannot be used. The message is for the user: one line for a single problem; for several, a line with their number
 * and one line each, in the order of the file.
 */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 50;

    SettingsException(List<Problem> problems) {
        super(message(problems));
    }

    private static String message(List<Problem> problems) {
        int more = problems.size() - MOST_SHOWN;
        String lines = problems.stream()
                .sorted(Comparator.comparingInt(SettingsException::position))
                .map(Problem::line)
                .limit(MOST_SHOWN)
                .collect(Collectors.joining("\n"));
        return problems.size() == 1
                ? lines
                : problems.size() + " problems in the settings:\n" + lines
                        + (more > 0 ? "\nand " + more + " more" : "");
    }

    private static int position(Problem problem) {
        int line = problem.origin().line();
        return line > 0 ? line : Integer.MAX_VALUE;
    }
}
