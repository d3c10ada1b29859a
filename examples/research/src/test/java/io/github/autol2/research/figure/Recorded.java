package io.github.autol2.research.figure;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Points;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.research.figure.PaperFigure.Part;
import io.github.autol2.research.figure.PaperFigure.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/** Experiments whose runs are finished: their curves are what a test says. */
final class Recorded {

    private final Part part;
    private final UnfinishedRun runs;

    /** The first part of a figure. */
    Recorded(PaperFigure figure, Path folder, String... settings) throws IOException {
        part = figure.parts(
                        figure.partNames().subList(0, 1),
                        Scale.SMALL,
                        Settings.load(Optional.empty(), List.of(settings)))
                .get(0);
        runs = UnfinishedRun.begin(folder, Map.of());
    }

    /** A run that is evaluated every ten steps; its key ends with its seed. Equally accurate on validation and test examples. */
    Recorded run(String key, int steps, LongToDoubleFunction accuracy) throws IOException {
        return run(key, steps, accuracy, accuracy);
    }

    Recorded run(String key, int steps, LongToDoubleFunction validation, LongToDoubleFunction test) throws IOException {
        List<CurvePoint> curve = LongStream.rangeClosed(1, steps / 10)
                .map(i -> 10 * i)
                .mapToObj(step ->
                        Points.ofClasses(step, 0.1, 1, validation.applyAsDouble(step), test.applyAsDouble(step)))
                .toList();
        long seed = Long.parseLong(key.substring(key.length() - 1));
        runs.put(part.name() + key, new RunResult(seed, 1, "constant", 0.1, List.of(), curve));
        return this;
    }

    /** One finished run of the calibration for each seed, whose accuracy peaks at this step. It spends all that the calibration may. */
    Calibration calibration(double lambda, double peak) throws IOException {
        RunSettings settings = part.experiment().settings();
        long steps = CalibrationTask.most(settings) / settings.seeds().size();
        LearningCurve curve = new LearningCurve(
                LongStream.rangeClosed(1, steps / 10)
                        .map(i -> 10 * i)
                        .mapToObj(step -> new LearningCurve.Point(step, peaking((double) step, peak)))
                        .toList(),
                0.1,
                1000);
        runs.put(
                "calibration",
                settings.seeds().stream()
                        .map(seed -> new CalibrationRun(seed, lambda, 0.5, curve, 1))
                        .toList());
        return new Tuning(settings, settings.data().load(), runs).calibrate(new CalibrationObserver() {});
    }

    /** Rises to 0.9 at the peak, then falls. */
    static double peaking(double step, double peak) {
        return 0.9 - Math.min(0.5, 0.05 * Math.pow(Math.log(step / peak), 2));
    }

    /** Trains nothing. */
    FigureResult result() throws IOException {
        long[] progress = new long[1];
        FigureResult result = part.experiment()
                .run(part.experiment().settings().data().load(), runs, 1, (steps, finished) -> progress[0] = steps);
        if (progress[0] != part.experiment().steps()) {
            throw new AssertionError("progress ended at " + progress[0] + " of "
                    + part.experiment().steps() + " steps");
        }
        return result;
    }
}
