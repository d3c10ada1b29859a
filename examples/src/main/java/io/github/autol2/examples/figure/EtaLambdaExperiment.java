package io.github.autol2.examples.figure;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.config.TrainSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.figure.Trainings.Training;
import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.NumberTable;
import io.github.autol2.examples.results.Pooled;
import io.github.autol2.examples.results.Statistic;
import io.github.autol2.examples.results.SummaryTable;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import io.github.autol2.examples.training.RunResult;
import io.github.autol2.examples.tuning.LawExperiment;
import io.github.autol2.prediction.Peak;
import io.github.autol2.prediction.PeakTimeLaw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Figures 2 and 3 for one network: steps to the best accuracy, the best accuracy, and the best accuracy with a fixed budget, over learning
 * rates and lambdas. A training lasts some decay timescales tau, because a network with a larger eta lambda peaks sooner.
 */
final class EtaLambdaExperiment implements Experiment {

    private static final double NEARLY = 0.1;
    private static final List<Double> LAMBDAS = List.of(0.03, 0.01, 0.003, 0.001);
    private static final List<Double> ETAS = List.of(0.02, 0.05, 0.1);

    private final String name;
    private final RunSettings settings;
    private final int budget;
    private final List<Double> etas;
    private final List<Double> lambdas;
    private final Trainings trainings = new Trainings();

    private EtaLambdaExperiment(String name, RunSettings settings, List<Double> lambdas, List<Double> etas, int budget, double timescales) {
        this.name = name;
        this.settings = settings;
        this.budget = budget;
        this.etas = etas;
        this.lambdas = lambdas.stream().sorted(Comparator.reverseOrder()).toList();
        for (double eta : etas) {
            for (double lambda : this.lambdas) {
                double tau = (1 - settings.train().momentum()) / (eta * lambda);
                int steps = (int) Math.min(settings.iterations(), Math.max(budget, Math.round(timescales * tau)));
                trainings.add("eta", lambda, settings.withLearningRate(eta).withSteps(steps));
            }
        }
    }

    /**
     * @param name of the network, fit for a file's name
     */
    static EtaLambdaExperiment read(String name, SettingsReader reader) {
        List<Double> lambdas = reader.value("figure.lambdas", LAMBDAS, Format.numbers(Range.above(0)), "constant lambdas");
        List<Double> etas = reader.value("figure.learningRates", ETAS, Format.numbers(Range.above(0)), "learning rates, instead of train.learningRate");
        int budget = reader.value("figure.budget", 200, Format.integer(Range.atLeast(1)), "steps of the fixed budget");
        double timescales = reader.value("figure.timescales", 8.0, Format.number(Range.above(0)),
                "length of a training in units of tau, at least figure.budget and at most train.steps");
        RunSettings settings = RunSettings.read(reader);
        reader.require(budget >= settings.train().evaluateEvery() && budget <= settings.iterations(), "figure.budget",
                "must be between train.evaluateEvery and train.steps", "train.evaluateEvery", "train.steps");
        reader.require(settings.train().updater() != TrainSettings.Updater.ADAM, "train.updater", "must be sgd or nesterovs: the law is about them");
        reader.require(lambdas.size() >= 2 && etas.size() >= 2, "figure.lambdas", "and figure.learningRates must be at least two each",
                "figure.learningRates");
        reader.finish();
        return new EtaLambdaExperiment(name, settings, lambdas, etas, budget, timescales);
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
        List<LawExperiment.Row> rows = new ArrayList<>();
        results.forEach((training, runs) -> runs.forEach(run -> rows.add(new LawExperiment.Row(training.lambda(),
                training.settings().train().learningRate(), run.seed(), LawExperiment.peak(run, data)))));
        Function<RunResult, RunResult> early = run -> run.upTo(budget);
        return new FigureResult(verdict(rows, results), Map.of(name, Trainings.table(results), name + "-peaks", peaks(rows)), List.of(
                new FigureResult.Panel(name + "-time", times(rows), "Time of the highest validation accuracy, for the runs in which it clearly falls "
                        + "again, geometric mean over the seeds. Dashed: 1/lambda."),
                new FigureResult.Panel(name + "-best", accuracy("Best accuracy", results, Function.identity()),
                        "Test accuracy where validation is best, mean and standard error over the seeds, after enough steps."),
                new FigureResult.Panel(name + "-budget", accuracy("Best accuracy within " + budget + " steps", results, early),
                        "The same within the fixed budget.")));
    }

    private NumberTable peaks(List<LawExperiment.Row> rows) {
        NumberTable table = new NumberTable("lambda", "eta", "seed", "verdict", "maximumAt", "tStarOfThePaper", "maximum");
        rows.forEach(row -> table.row(row.lambda(), row.eta(), row.seed(), row.peak().verdict(), row.peak().maximumAt(), row.peak().tStar(),
                row.peak().maximum()));
        return table;
    }

    private LineChart times(List<LawExperiment.Row> rows) {
        LineChart chart = new LineChart(title("Steps to the best accuracy"), "lambda", "steps").logX().logY();
        List<LawExperiment.Row> peaked = rows.stream().filter(row -> row.peak().verdict() == Peak.Verdict.PEAKED).toList();
        double c = Math.exp(peaked.stream().mapToDouble(row -> Math.log(row.peak().maximumAt() * row.lambda())).average()
                .orElse(Math.log(settings.iterations() * lambdas.get(lambdas.size() - 1))));
        double[] ends = {lambdas.get(lambdas.size() - 1), lambdas.get(0)};
        chart.dashed("1/lambda", ends, new double[] {c / ends[0], c / ends[1]}, 6);
        int colour = 0;
        for (double eta : etas) {
            double[] shown = lambdas.stream().mapToDouble(Double::doubleValue).filter(lambda -> logTime(peaked, eta, lambda).isPresent()).toArray();
            if (shown.length > 0) {
                double[] times = Arrays.stream(shown).map(lambda -> Math.exp(logTime(peaked, eta, lambda).getAsDouble())).toArray();
                chart.pointsWithErrors("eta " + eta, shown, times, new double[times.length], colour);
            }
            colour++;
        }
        return chart;
    }

    private static OptionalDouble logTime(List<LawExperiment.Row> peaked, double eta, double lambda) {
        return peaked.stream().filter(row -> row.eta() == eta && row.lambda() == lambda).mapToDouble(row -> Math.log(row.peak().maximumAt())).average();
    }

    private LineChart accuracy(String title, Map<Training, List<RunResult>> results, Function<RunResult, RunResult> part) {
        return Charts.accuracy(new LineChart(title(title), "lambda", "test accuracy in %").logX(), etas.stream().map(eta -> {
            List<Training> line = results.keySet().stream().filter(one -> one.settings().train().learningRate() == eta).toList();
            return new Charts.Series("eta " + eta, line.stream().mapToDouble(Training::lambda).toArray(),
                    line.stream().map(one -> accuracy(results.get(one), part)).toList());
        }).toList());
    }

    private static Pooled accuracy(List<RunResult> runs, Function<RunResult, RunResult> part) {
        return Statistic.TEST_AT_BEST.over(runs.stream().map(part).toList());
    }

    private String title(String text) {
        return "Figure " + name + ": " + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private String verdict(List<LawExperiment.Row> rows, Map<Training, List<RunResult>> results) {
        long peaked = rows.stream().filter(row -> row.peak().verdict() == Peak.Verdict.PEAKED).count();
        String law;
        try {
            PeakTimeLaw fit = LawExperiment.law(rows);
            boolean both = isMinusOne(fit.lambdaExponent()) && isMinusOne(fit.etaExponent());
            law = String.format(Locale.ROOT, "%s here for %s: t* ~ lambda^%s eta^%s", both ? "The claim holds"
                    : isMinusOne(fit.lambdaExponent()) || isMinusOne(fit.etaExponent()) ? "The claim holds in part" : "The claim is not seen", name,
                    text(fit.lambdaExponent()), text(fit.etaExponent()));
        } catch (IllegalArgumentException tooFew) {
            law = "The claim cannot be judged here for " + name + ": " + tooFew.getMessage();
        }
        return String.format(Locale.ROOT, "%s, from the %d of %d runs that peaked. Best accuracy over all lambdas and learning rates: %.2f to %.2f %%, within "
                        + "%d steps %.2f to %.2f %%.", law, peaked, rows.size(), 100 * lowest(results, Function.identity()),
                100 * highest(results, Function.identity()), budget, 100 * lowest(results, run -> run.upTo(budget)),
                100 * highest(results, run -> run.upTo(budget)));
    }

    private static double lowest(Map<Training, List<RunResult>> results, Function<RunResult, RunResult> part) {
        return results.values().stream().mapToDouble(runs -> accuracy(runs, part).mean()).min().orElseThrow();
    }

    private static double highest(Map<Training, List<RunResult>> results, Function<RunResult, RunResult> part) {
        return results.values().stream().mapToDouble(runs -> accuracy(runs, part).mean()).max().orElseThrow();
    }

    /** Whether it is nearly -1, or its interval holds -1 and is narrow enough to say so: without 0. */
    private static boolean isMinusOne(PeakTimeLaw.Exponent exponent) {
        return exponent.high() < 0 && (Math.abs(exponent.value() + 1) < NEARLY || exponent.low() <= -1 && -1 <= exponent.high());
    }

    private static String text(PeakTimeLaw.Exponent exponent) {
        return String.format(Locale.ROOT, "%.2f (95 %%: %.2f to %.2f)", exponent.value(), exponent.low(), exponent.high());
    }
}
