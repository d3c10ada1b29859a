package io.github.autol2.examples.figure;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.figure.Trainings.Training;
import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.Pooled;
import io.github.autol2.examples.results.Statistic;
import io.github.autol2.examples.results.SummaryTable;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import io.github.autol2.examples.training.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figure 1a: the accuracy for each lambda with the same number of steps, and with a number of steps in proportion to 1/lambda. */
final class BudgetExperiment implements Experiment {

    /** Accuracies nearer than this count as the same. */
    private static final double PLATEAU = 0.005;

    private static final List<Double> LAMBDAS = List.of(0.1, 0.03, 0.01, 0.003, 0.001, 3e-4);

    private final RunSettings settings;
    private final double c;
    private final Trainings trainings = new Trainings();
    private final List<Training> fixed = new ArrayList<>();
    private final List<Training> proportional = new ArrayList<>();

    private BudgetExperiment(RunSettings settings, List<Double> lambdas, double c) {
        this.settings = settings;
        this.c = c;
        for (double lambda : lambdas.stream().sorted(Comparator.reverseOrder()).toList()) {
            fixed.add(trainings.add("fixed", lambda, settings));
            proportional.add(trainings.add("proportional", lambda, settings.withSteps(Math.toIntExact(Math.round(c / lambda)))));
        }
    }

    static BudgetExperiment read(SettingsReader reader) {
        List<Double> lambdas = reader.value("figure.lambdas", LAMBDAS, Format.numbers(Range.above(0)), "constant lambdas");
        double c = reader.value("figure.c", 3.0, Format.number(Range.above(0)), "steps times lambda of the runs whose length goes as 1/lambda");
        reader.require(lambdas.stream().allMatch(lambda -> c / lambda >= 1 && c / lambda < Integer.MAX_VALUE), "figure.c",
                "must be at least each of figure.lambdas, and below " + Integer.MAX_VALUE + " times each", "figure.lambdas");
        return new BudgetExperiment(RunSettings.read(reader), lambdas, c);
    }

    @Override
    public RunSettings settings() {
        return settings;
    }

    @Override
    public long steps() {
        return trainings.steps();
    }

    @Override
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        Map<Training, List<RunResult>> results = trainings.run(data, parts, threads, progress);
        LineChart chart = Charts.accuracy(new LineChart("Figure 1a: accuracy against lambda", "lambda", "test accuracy in %").logX(),
                List.of(series(settings.iterations() + " steps", fixed, results),
                        series(SummaryTable.threeDigits(c) + "/lambda steps", proportional, results)));
        return new FigureResult(verdict(results), Map.of("1a", Trainings.table(results)), List.of(new FigureResult.Panel("1a", chart,
                "Test accuracy where validation is best, mean and standard error over the seeds.")));
    }

    private static Charts.Series series(String name, List<Training> trainings, Map<Training, List<RunResult>> results) {
        return new Charts.Series(name, trainings.stream().mapToDouble(Training::lambda).toArray(),
                trainings.stream().map(training -> Statistic.TEST_AT_BEST.over(results.get(training))).toList());
    }

    private String verdict(Map<Training, List<RunResult>> results) {
        Training highest = highest(proportional, results);
        Training tuned = highest(fixed, results);
        Training smallest = fixed.get(fixed.size() - 1);
        List<Double> losses = new ArrayList<>(); // by taking the smallest lambda instead of the best
        for (int i = 0; i < settings.seeds().size(); i++) {
            losses.add(Statistic.TEST_AT_BEST.of(results.get(tuned).get(i)) - Statistic.TEST_AT_BEST.of(results.get(smallest).get(i)));
        }
        Pooled loss = Pooled.of(losses);
        int plateau = plateau(results, accuracy(highest, results) - PLATEAU);
        boolean flat = plateau >= 2;
        boolean falls = tuned != smallest && loss.mean() > PLATEAU && !(loss.mean() < 2 * loss.standardError());
        return String.format(Locale.ROOT, "%s here: with %s/lambda steps the accuracy %s; with %d steps each it is best at lambda %s "
                        + "(%.2f %%) and %s %% lower at lambda %s.", flat && falls ? "The claim holds" : flat || falls ? "The claim holds in part"
                        : "The claim is not seen", SummaryTable.threeDigits(c), flat ? String.format(Locale.ROOT,
                        "is within 0.5 %% of its best (%.2f %%) for all lambdas from %s down to %s", 100 * accuracy(highest, results),
                        text(proportional.get(proportional.size() - plateau)), text(smallest))
                        : "is best at lambda " + text(highest) + " and not flat below", settings.iterations(), text(tuned),
                100 * accuracy(tuned, results), loss.percent(), text(smallest));
    }

    /** The number of the smallest lambdas that are all at least this accurate with steps in proportion to 1/lambda. */
    private int plateau(Map<Training, List<RunResult>> results, double enough) {
        int number = 0;
        while (number < proportional.size() && accuracy(proportional.get(proportional.size() - 1 - number), results) >= enough) {
            number++;
        }
        return number;
    }

    private static Training highest(List<Training> trainings, Map<Training, List<RunResult>> results) {
        return trainings.stream().max(Comparator.comparingDouble(training -> accuracy(training, results))).orElseThrow();
    }

    private static double accuracy(Training training, Map<Training, List<RunResult>> results) {
        return Statistic.TEST_AT_BEST.mean(results.get(training));
    }

    private static String text(Training training) {
        return SummaryTable.threeDigits(training.lambda());
    }
}
