package io.github.autol2.research.figure;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.tuning.RunCharts;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.research.figure.Trainings.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Figures 1b and 4: lambda as a short calibration predicts it for each budget, beside the best constant of a grid. With a constant learning
 * rate, a run of the longest budget holds those of all shorter ones.
 */
final class PredictionExperiment implements Experiment {

    private static final List<Double> LAMBDAS = List.of(0.1, 0.03, 0.01, 0.003, 0.001, 3e-4);
    private static final List<Integer> PARTS = List.of(30, 10, 3, 1); // a decade and a half of budgets

    private final RunSettings settings;
    private final List<Long> budgets;
    private final Trainings grid = new Trainings("1b");

    private PredictionExperiment(RunSettings settings, List<Double> lambdas, List<Long> budgets) {
        this.settings = settings;
        this.budgets = budgets.stream().sorted().toList();
        lambdas.forEach(lambda -> grid.add("grid", lambda, settings));
    }

    static PredictionExperiment read(SettingsReader reader) {
        List<Double> lambdas =
                reader.value("figure.lambdas", LAMBDAS, Format.numbers(Range.above(0)), "constant lambdas");
        Optional<List<Long>> given = reader.optional(
                "figure.budgets",
                "from a thirtieth of train.steps to all, half a decade apart",
                Format.longs(),
                "numbers of steps to predict lambda for");
        RunSettings settings = RunSettings.read(reader);
        int every = settings.train().evaluateEvery();
        reader.require(every <= settings.iterations(), "train.evaluateEvery", "must be <= train.steps", "train.steps");
        List<Long> budgets = given.orElseGet(() -> PARTS.stream()
                .map(part -> settings.iterations() / part / every * every)
                .filter(budget -> budget >= every)
                .distinct()
                .toList());
        reader.require(
                settings.train().schedule().equals(LearningRateSchedule.CONSTANT),
                "train.schedule",
                "must be constant, because shorter budgets are read off longer runs");
        reader.require(
                budgets.stream().allMatch(budget -> budget >= every && budget <= settings.iterations()),
                "figure.budgets",
                "must be between train.evaluateEvery and train.steps",
                "train.steps",
                "train.evaluateEvery");
        reader.refuseIf(true, "calibration.budgets", "figure.budgets");
        reader.refuseIf(true, "calibration.race", "figure.budgets"); // the figure is about the law c/T
        reader.finish();
        return new PredictionExperiment(settings.withoutRace(), lambdas, budgets);
    }

    @Override
    public RunSettings settings() {
        return settings;
    }

    @Override
    public long steps() {
        return CalibrationTask.most(settings)
                + grid.steps()
                + settings.seeds().size()
                        * budgets.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void check(DataSplit data) {
        new CalibrationTask(settings, data).check();
    }

    @Override
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        Calibration calibration = new Tuning(settings, data, parts).calibrate(new CalibrationObserver() {
            @Override
            public void iteration(Trial trial, long iteration, long spent, long most) {
                progress.at(spent, 0);
            }
        });
        Trainings all = new Trainings("1b");
        List<Training> predicted = budgets.stream()
                .map(budget -> all.add(
                        "predicted", calibration.predict(budget).lambda(), settings.withSteps(Math.toIntExact(budget))))
                .toList();
        long calibrated = CalibrationTask.most(settings);
        Map<Training, List<RunResult>> tried =
                grid.run(data, parts, threads, (steps, finished) -> progress.at(calibrated + steps, finished));
        int runs = tried.size() * settings.seeds().size();
        Map<Training, List<RunResult>> results = all.run(
                data,
                parts,
                threads,
                (steps, finished) -> progress.at(calibrated + grid.steps() + steps, runs + finished));

        List<PredictionOutcome.Row> rows = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            rows.add(new PredictionOutcome.Row(
                    budgets.get(i),
                    TunedLambda.of(tried, budgets.get(i), settings.data().validationSize()),
                    predicted.get(i).lambda(),
                    calibration.predict(budgets.get(i)).capped(),
                    results.get(predicted.get(i))));
        }
        PredictionOutcome outcome = new PredictionOutcome(rows);
        Map<String, NumberTable> tables = Map.of(
                "1b",
                Trainings.table(results),
                "1b-grid",
                Trainings.table(tried),
                "4a",
                curves(calibration),
                "4b",
                outcome.table());
        return new FigureResult(
                outcome.verdict(tried.keySet()),
                outcome.finding(calibration),
                notes(outcome, calibration),
                tables,
                List.of(
                        new FigureResult.Panel(
                                "1b",
                                outcome.accuracies(),
                                "Test accuracy where validation is best within the budget, mean and standard "
                                        + "error over the seeds. The tuned lambda is the best of the grid on "
                                        + "validation examples, for each budget anew."),
                        new FigureResult.Panel(
                                "4a",
                                RunCharts.calibration(calibration, "accuracy"),
                                "Validation accuracy of the calibration runs, with the peaks that were found."),
                        new FigureResult.Panel(
                                "4b",
                                outcome.lambdas(),
                                "The band holds the lambdas of the grid that cannot be told from the best one with "
                                        + "this many validation examples (one standard error).")));
    }

    private static NumberTable curves(Calibration calibration) {
        NumberTable table = new NumberTable("seed", "lambda", "step", "validationAccuracy");
        calibration
                .runs()
                .forEach(run -> run.curve()
                        .points()
                        .forEach(point -> table.row(run.seed(), run.lambda(), point.iteration(), point.accuracy())));
        return table;
    }

    private List<String> notes(PredictionOutcome outcome, Calibration calibration) {
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "The calibration took %d steps for all seeds, %.0f %% of one run of the longest budget for each.",
                calibration.iterationsSpent(),
                100.0 * calibration.iterationsSpent() / settings.seeds().size() / settings.iterations()));
        long capped =
                outcome.rows().stream().filter(PredictionOutcome.Row::capped).count();
        if (capped > 0) {
            notes.add("For the shortest budgets (" + capped + ") the prediction is "
                    + "the largest lambda that was seen to do no harm, not c/T.");
        }
        calibration.warnings().forEach(warning -> notes.add(warning.sentence()));
        return notes;
    }
}
