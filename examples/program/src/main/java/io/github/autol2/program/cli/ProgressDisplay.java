package io.github.autol2.program.cli;

import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.TrainingRun;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run is, on standard error: a bar on a terminal, a line at every tenth elsewhere, nothing if quiet. */
public final class ProgressDisplay implements TrainingRun.Progress, CalibrationObserver, AutoCloseable {

    private static final int LINES = 10;
    private static final int REFRESH_MILLISECONDS = 200;

    private final String name;
    private final long total;
    private final PrintWriter lines;
    private final ProgressBar bar;
    private long shown;

    private ProgressDisplay(String name, long total, PrintWriter lines, ProgressBar bar) {
        this.name = name;
        this.total = total;
        this.lines = lines;
        this.bar = bar;
    }

    public static ProgressDisplay of(String name, long total, boolean quiet, PrintWriter errors) {
        if (quiet || !isTerminal()) {
            return new ProgressDisplay(name, total, quiet ? null : errors, null);
        }
        return new ProgressDisplay(
                name,
                total,
                null,
                new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                        .build());
    }

    @Override
    public void iteration(long done, double lambda, double loss) {
        show(done, () -> message(lambda, loss));
    }

    /**
     * How far several runs are together.
     *
     * @param done    iterations so far
     * @param message is asked when it is shown
     */
    public void show(long done, Supplier<String> message) {
        if (bar != null) {
            bar.stepTo(done);
            if (done % Math.max(1, total / 100) == 0) {
                bar.setExtraMessage(message.get());
            }
        } else if (lines != null && done * LINES / total > shown * LINES / total) {
            lines.printf(
                    Locale.ROOT,
                    "%s: %3d %% (%d of %d steps), %s%n",
                    name,
                    100 * done / total,
                    done,
                    total,
                    message.get());
            lines.flush();
        }
        shown = done;
    }

    @Override
    public void iteration(Trial trial, long iteration, long spent, long most) {
        iteration(spent, trial.lambda(), Double.NaN);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // asks for more where Java has it
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // from Java 22 on there is a console without a terminal, too, and a method that tells
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static String message(double lambda, double loss) {
        return "lambda " + SummaryTable.threeDigits(lambda)
                + (Double.isNaN(loss) ? "" : String.format(Locale.ROOT, ", loss %.4f", loss));
    }
}
