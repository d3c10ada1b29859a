package io.github.autol2.research.figure;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.Peak;
import io.github.autol2.prediction.PeakTimeLaw;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.FigureResult.Verdict;
import io.github.autol2.research.figure.Trainings.Training;
import io.github.autol2.research.law.LawExperiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Figures 2 and 3 for one network: steps to the best accuracy, the best accuracy, and the best accuracy with a fixed budget, over learning
 * rates and lambdas. All runs are equally long.
 */
final class EtaLambdaExperiment implements Experiment {

    /** The widest interval of an exponent that says anything. */
    private static final double INFORMATIVE = 1;

    /** From -1, for an exponent whose interval holds -1. */
    private static final double NEAR = 0.25;

    /** The same whatever the interval: in a good fit it is narrower than the bias of the peaks' times. */
    private static final double EXACT = 0.05;

    private final String name;
    private final RunSettings settings;
    private final int budget;
    private final List<Double> etas;
    private final List<Double> lambdas;
    private final Trainings trainings;

    private EtaLambdaExperiment(
            String name, RunSettings settings, List<Double> lambdas, List<Double> etas, int budget) {
        this.name = name;
        this.settings = settings;
        this.budget = budget;
        this.etas = etas;
        this.lambdas = lambdas.stream().sorted(Comparator.reverseOrder()).toList();
        this.trainings = new Trainings(name);
        etas.forEach(
                eta -> this.lambdas.forEach(lambda -> trainings.add("eta", lambda, settings.withLearningRate(eta))));
    }

    /**
     * @param name of the network, fit for a file's name
     */
    static EtaLambdaExperiment read(String name, SettingsReader reader) {
        List<Double> lambdas = reader.optional(
                        "figure.lambdas", "none", Format.numbers(Range.above(0)), "constant lambdas")
                .orElse(List.of());
        List<Double> etas = reader.optional(
                        "figure.learningRates",
                        "none",
                        Format.numbers(Range.above(0)),
                        "learning rates, instead of train.learningRate")
                .orElse(List.of());
        Optional<Integer> given = reader.optional(
                "figure.budget",
                "a fifth of train.steps",
                Format.integer(Range.atLeast(1)),
                "steps of the fixed budget");
        RunSettings settings = RunSettings.read(reader);
        int every = settings.train().evaluateEvery();
        reader.require(every <= settings.iterations(), "train.evaluateEvery", "must be <= train.steps", "train.steps");
        int budget = given.orElse(Math.toIntExact(Math.max(settings.iterations() / 5 / every, 1) * every));
        reader.require(
                budget >= every && budget <= settings.iterations(),
                "figure.budget",
                "must be between train.evaluateEvery and train.steps",
                "train.evaluateEvery",
                "train.steps");
        reader.require(
                settings.train().updater() == TrainSettings.Updater.SGD
                        || settings.train().updater() == TrainSettings.Updater.NESTEROVS,
                "train.updater",
                "must be sgd or nesterovs: the law is about them");
        reader.require(
                settings.train().schedule().equals(LearningRateSchedule.CONSTANT),
                "train.schedule",
                "must be constant: the law is about one eta");
        reader.require(
                settings.model().kind() != ModelSettings.Kind.FILE,
                "model.kind",
                "must not be file, which has a learning rate of its own");
        reader.require(
                lambdas.size() >= 2 && etas.size() >= 2,
                "figure.lambdas",
                "and figure.learningRates must be at least two each",
                "figure.learningRates");
        reader.refuseIf(true, "train.learningRate", "figure.learningRates");
        reader.finish();
        return new EtaLambdaExperiment(name, settings, lambdas, etas, budget);
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
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        Map<Training, List<RunResult>> results = trainings.run(data, parts, threads, progress);
        List<LawExperiment.Row> rows = new ArrayList<>();
        results.forEach((training, runs) -> runs.forEach(run -> rows.add(new LawExperiment.Row(
                training.lambda(),
                training.settings().train().learningRate(),
                run.seed(),
                LawExperiment.peak(run, data)))));
        List<LawExperiment.Row> peaked =
                rows.stream().filter(LawExperiment.Row::hasPeaked).toList();
        Map<Training, List<RunResult>> early = withinBudget(results);
        return new FigureResult(
                verdict(rows),
                finding(rows, peaked),
                notes(results, early, rows, peaked),
                Map.of(
                        name,
                        Trainings.table(results),
                        name + "-peaks",
                        LawExperiment.table(rows),
                        name + "-budget",
                        Trainings.table(early)),
                new EtaLambdaPanels(name, lambdas, etas).of(results, settings.iterations(), early, budget, peaked));
    }

    private List<String> notes(
            Map<Training, List<RunResult>> results,
            Map<Training, List<RunResult>> early,
            List<LawExperiment.Row> rows,
            List<LawExperiment.Row> peaked) {
        List<String> notes = new ArrayList<>();
        notes.add(accuracies(results, early, peaked));
        long later = rows.stream()
                .filter(row -> row.peak().verdict() == Peak.Verdict.NOT_PEAKED_YET)
                .count();
        if (later > 0 && later < rows.size()) {
            notes.add(name + ": " + later
                    + (later == 1 ? " run had not peaked at the end and is" : " runs had not peaked at the end and are")
                    + " left out. That draws the exponents towards 0.");
        }
        return notes;
    }

    private Map<Training, List<RunResult>> withinBudget(Map<Training, List<RunResult>> results) {
        Map<Training, List<RunResult>> early = new LinkedHashMap<>();
        results.forEach((training, runs) ->
                early.put(training, runs.stream().map(run -> run.upTo(budget)).toList()));
        return early;
    }

    private static Verdict verdict(List<LawExperiment.Row> rows) {
        return law(rows)
                .map(law -> Verdict.of(isMinusOne(law.lambdaExponent()), isMinusOne(law.etaExponent())))
                .orElse(Verdict.UNDECIDED);
    }

    private static Seen isMinusOne(PeakTimeLaw.Exponent exponent) {
        double off = Math.abs(exponent.value() + 1);
        if (exponent.high() - exponent.low() > INFORMATIVE) {
            return Seen.UNCLEAR;
        }
        if (off <= EXACT) {
            return Seen.YES;
        }
        boolean possible = exponent.low() <= -1 && -1 <= exponent.high();
        return !possible ? Seen.NO : off <= NEAR ? Seen.YES : Seen.UNCLEAR;
    }

    private static Optional<PeakTimeLaw> law(List<LawExperiment.Row> rows) {
        try {
            return Optional.of(LawExperiment.law(rows));
        } catch (IllegalArgumentException tooFew) { // runs that peaked, or all with one lambda or eta
            return Optional.empty();
        }
    }

    private String finding(List<LawExperiment.Row> rows, List<LawExperiment.Row> peaked) {
        String number = String.format(
                Locale.ROOT,
                "from the %d of %d runs that peaked within %d steps",
                peaked.size(),
                rows.size(),
                settings.iterations());
        double mu = settings.train().momentum();
        return law(rows)
                .map(law -> String.format(
                        Locale.ROOT,
                        "%s: t* ~ lambda^%s eta^%s, and t* eta lambda / (1 - momentum) = %.2f (geometric mean), %s.",
                        name,
                        law.lambdaExponent(),
                        law.etaExponent(),
                        Math.exp(peaked.stream()
                                .mapToDouble(
                                        row -> Math.log(row.peak().maximumAt() * row.eta() * row.lambda() / (1 - mu)))
                                .average()
                                .orElseThrow()),
                        number))
                .orElse(name + ": no exponents " + number + ".");
    }

    /** The other half of the figure, not judged: with few lambdas and seeds a difference is easily noise. */
    private String accuracies(
            Map<Training, List<RunResult>> results,
            Map<Training, List<RunResult>> early,
            List<LawExperiment.Row> peaked) {
        List<Training> all = new ArrayList<>(results.keySet());
        List<Training> withTime = all.stream()
                .filter(one -> peaked.stream()
                        .anyMatch(row -> row.lambda() == one.lambda()
                                && row.eta() == one.settings().train().learningRate()))
                .toList();
        return name + ": best accuracy " + range(all, results) + " over all lambdas and learning rates, "
                + (withTime.isEmpty() ? "" : range(withTime, results) + " over those that peaked, ") + range(all, early)
                + " over all within "
                + budget + " steps.";
    }

    private static String range(List<Training> trainings, Map<Training, List<RunResult>> results) {
        DoubleStream.Builder means = DoubleStream.builder();
        trainings.forEach(one -> means.add(100 * Statistic.TEST_AT_BEST.mean(results.get(one))));
        DoubleSummaryStatistics summary = means.build().summaryStatistics();
        return String.format(Locale.ROOT, "%.2f to %.2f %%", summary.getMin(), summary.getMax());
    }
}
