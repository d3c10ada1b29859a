package io.github.autol2.research.harm;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Pooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** The table of all programs: what our listener changes against the better of the two other ways. */
public final class HarmReport {

    private static final double CLEAR = 2; // standard errors
    private static final double CLEAR_POINTS = 0.5;

    /** No harm is done if the mean difference is at least this, in points. */
    static final double LEAST_MEAN = -0.2;

    /** And if no program is below this, in points. */
    static final double LEAST_WORST = -1;

    private final HarmSettings settings;
    private final Scores scores;

    HarmReport(HarmSettings settings, Scores scores) {
        this.settings = settings;
        this.scores = scores;
    }

    /** The score of one run, in percent. */
    interface Scores {
        double of(HarmProgram program, int iterations, Treatment treatment, long seed);
    }

    /** A program's three means, and the mean of the differences, seed by seed, to the better of the other two. */
    private record Row(HarmProgram program, Pooled asItWas, Pooled habit, Pooled adaptive, Pooled difference) {

        boolean isClearlyBetter() {
            return difference.mean() > CLEAR_POINTS && difference.mean() > CLEAR * difference.standardError();
        }
    }

    private Row row(HarmProgram program, int iterations) {
        Pooled asItWas = mean(program, iterations, Treatment.AS_IT_WAS);
        Pooled habit = mean(program, iterations, Treatment.HABIT);
        Treatment better = asItWas.mean() >= habit.mean() ? Treatment.AS_IT_WAS : Treatment.HABIT;
        List<Double> differences = settings.seeds().stream()
                .map(seed -> scores.of(program, iterations, Treatment.ADAPTIVE, seed)
                        - scores.of(program, iterations, better, seed))
                .toList();
        return new Row(program, asItWas, habit, mean(program, iterations, Treatment.ADAPTIVE), Pooled.of(differences));
    }

    private Pooled mean(HarmProgram program, int iterations, Treatment treatment) {
        return Pooled.of(settings.seeds().stream()
                .map(seed -> scores.of(program, iterations, treatment, seed))
                .toList());
    }

    private List<Row> rows(int iterations) {
        return settings.programs().stream()
                .map(program -> row(program, iterations))
                .toList();
    }

    /**
     * The table, and for each number of iterations the mean, the worst, how many are clearly better or worse by a point, and whether any
     * harm is done.
     */
    public String summary() {
        List<String> parts = new ArrayList<>();
        for (int iterations : settings.iterations()) {
            List<Row> rows = rows(iterations);
            parts.add(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                    new String[] {
                        iterations + " steps", "as it was %", "l2 = 1e-4 %", "AutoL2 %", "to the better of the two"
                    },
                    null,
                    rows.stream().map(HarmReport::cells).toArray(String[][]::new)));
            parts.add(verdict(iterations, rows));
        }
        return String.join(System.lineSeparator(), parts);
    }

    private static String[] cells(Row row) {
        return new String[] {
            row.program().name(),
            row.asItWas().toString(),
            row.habit().toString(),
            row.adaptive().toString(),
            row.difference().signed()
        };
    }

    private static String verdict(int iterations, List<Row> rows) {
        DoubleSummaryStatistics differences =
                rows.stream().mapToDouble(row -> row.difference().mean()).summaryStatistics();
        boolean harmless = differences.getAverage() >= LEAST_MEAN && differences.getMin() >= LEAST_WORST;
        return String.format(
                Locale.ROOT,
                "%d steps: mean difference %+.2f, worst %+.2f; clearly better %d, worse by a point %d of %d.%n"
                        + "No harm means a mean of at least %.1f and no program below %.1f: %s.",
                iterations,
                differences.getAverage(),
                differences.getMin(),
                rows.stream().filter(Row::isClearlyBetter).count(),
                rows.stream()
                        .filter(row -> row.difference().mean() < LEAST_WORST)
                        .count(),
                rows.size(),
                LEAST_MEAN,
                LEAST_WORST,
                harmless ? "it holds" : "it does not hold");
    }

    /** Writes {@code harm.csv}: every run. */
    public void write(Path folder) throws IOException {
        NumberTable table = new NumberTable("program", "steps", "treatment", "seed", "score");
        for (int iterations : settings.iterations()) {
            for (HarmProgram program : settings.programs()) {
                for (Treatment treatment : Treatment.values()) {
                    for (long seed : settings.seeds()) {
                        table.row(
                                program.name(),
                                iterations,
                                treatment.label(),
                                seed,
                                scores.of(program, iterations, treatment, seed));
                    }
                }
            }
        }
        table.write(folder.resolve("harm.csv"));
    }
}
