package io.github.autol2.program.tuning;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calibrates and compares, and keeps each finished part, so that an interrupted tuning loses one run at the most. */
public final class Tuning {

    private static final String CALIBRATION = "calibration";
    private static final int WITHOUT_GRID = 3;

    private final RunSettings settings;
    private final DataSplit data;
    private final UnfinishedRun parts;

    /**
     * @param parts of this tuning that are finished, none at first
     */
    public Tuning(RunSettings settings, DataSplit data, UnfinishedRun parts) {
        this.settings = settings;
        this.data = data;
        this.parts = parts;
    }

    /** Measures c, or reads what is finished of that. */
    public Calibration calibrate(CalibrationObserver observer) throws IOException {
        List<CalibrationRun> finished =
                new ArrayList<>(parts.get(CALIBRATION, new TypeReference<List<CalibrationRun>>() {})
                        .orElse(List.of()));
        return new CalibrationTask(settings, data).calibrate(List.copyOf(finished), new CalibrationObserver() {
            @Override
            public void iteration(Trial trial, long iteration, long spent, long most) {
                observer.iteration(trial, iteration, spent, most);
            }

            @Override
            public void finished(CalibrationRun run) {
                finished.add(run);
                keep(CALIBRATION, finished);
                observer.finished(run);
            }
        });
    }

    /** The lambdas for the run itself, then for the further budgets, each up to the first drop of its learning rate. */
    public List<Prediction> predictions(Calibration calibration) {
        List<Prediction> predictions = new ArrayList<>(List.of(calibration.predict(settings.horizon())));
        settings.calibration()
                .budgets()
                .forEach(budget -> predictions.add(
                        calibration.predict(settings.train().schedule().firstDecay(budget))));
        return predictions;
    }

    /**
     * Trains with each choice and seed.
     *
     * @param grid     number of constant lambdas to compare with, at least 0
     * @param progress counts the iterations of all runs together
     */
    public TuningResult compare(Calibration calibration, int grid, TrainingRun.Progress progress) throws IOException {
        List<LambdaChoice> choices = choices(calibration, grid);
        List<TuningResult.Row> rows = new ArrayList<>();
        long done = 0;
        for (LambdaChoice choice : choices) {
            List<RunResult> runs = new ArrayList<>();
            for (long seed : settings.seeds()) {
                runs.add(run(choice, seed, done, progress));
                done += settings.iterations();
            }
            rows.add(new TuningResult.Row(choice, runs));
        }
        return new TuningResult(calibration, predictions(calibration), rows);
    }

    /** The {@value #WITHOUT_GRID} choices that are always compared, then the grid around the first one's lambda. */
    private List<LambdaChoice> choices(Calibration calibration, int grid) {
        double predicted = calibration.predict(settings.horizon()).lambda();
        List<LambdaChoice> choices = new ArrayList<>(List.of(
                new LambdaChoice.Predicted(predicted),
                new LambdaChoice.FromCalibration(
                        settings.lambda().withInitial(calibration.initialLambda(settings.iterations()))),
                new LambdaChoice.None()));
        choices.addAll(LambdaChoice.OfGrid.around(predicted, grid));
        return choices;
    }

    /** The most iterations that the calibration spends. */
    public long calibrationIterations() {
        return CalibrationTask.most(settings);
    }

    /** The iterations of all runs of a comparison. */
    public long iterations(int grid) {
        return settings.iterations() * settings.seeds().size() * (WITHOUT_GRID + grid);
    }

    private RunResult run(LambdaChoice choice, long seed, long before, TrainingRun.Progress progress)
            throws IOException {
        String name = choice.key() + "-seed" + seed;
        Optional<RunResult> finished = parts.get(name, new TypeReference<RunResult>() {});
        if (finished.isPresent()) {
            return finished.get();
        }
        RunResult result = choice.training(settings, settings.data().load(seed, data))
                .train(seed, (iteration, lambda, loss) -> progress.iteration(before + iteration, lambda, loss))
                .result();
        keep(name, result);
        return result;
    }

    private void keep(String name, Object part) {
        try {
            parts.put(name, part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
