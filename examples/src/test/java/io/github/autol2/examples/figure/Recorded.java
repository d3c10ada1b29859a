package io.github.autol2.examples.figure;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.Settings;
import io.github.autol2.examples.figure.PaperFigure.Part;
import io.github.autol2.examples.figure.PaperFigure.Scale;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.training.CurvePoint;
import io.github.autol2.examples.training.RunResult;
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
        part = figure.parts(figure.partNames().subList(0, 1), Scale.SMALL, Settings.load(Optional.empty(), List.of(settings))).get(0);
        runs = UnfinishedRun.begin(folder, Map.of());
    }

    /** A run that is evaluated every ten steps, equally accurate on validation and test examples. */
    Recorded run(String key, int steps, LongToDoubleFunction accuracy) throws IOException {
        List<CurvePoint> curve = LongStream.rangeClosed(1, steps / 10).map(i -> 10 * i)
                .mapToObj(step -> new CurvePoint(step, 0.1, 0.05, 1, 1, 0, accuracy.applyAsDouble(step), accuracy.applyAsDouble(step)))
                .toList();
        runs.put(part.name() + "-" + key, new RunResult(1, 1, LambdaSettings.Mode.CONSTANT, 0.1, List.of(), curve));
        return this;
    }

    /** Trains nothing. */
    FigureResult result() throws IOException {
        long[] progress = new long[1];
        FigureResult result = part.experiment().run(part.experiment().settings().data().load(), runs, 1,
                (steps, finished) -> progress[0] = steps);
        if (progress[0] != part.experiment().steps()) {
            throw new AssertionError("progress ended at " + progress[0] + " of " + part.experiment().steps() + " steps");
        }
        return result;
    }
}
