package io.github.autol2.program.tuning;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.CalibrationTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Calibrates and predicts, and keeps each finished run, so that an interrupted calibration loses one at the most. */
public final class Tuning {

    private static final String CALIBRATION = "calibration";

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

    /** The most iterations that the calibration spends. */
    public long calibrationIterations() {
        return CalibrationTask.most(settings);
    }

    private void keep(String name, Object part) {
        try {
            parts.put(name, part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
