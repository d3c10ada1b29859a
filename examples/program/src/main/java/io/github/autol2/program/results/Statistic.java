package io.github.autol2.program.results;

import io.github.autol2.program.training.RunResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of a run that are averaged over the seeds, with their names in {@code result.json}. */
public enum Statistic {
    TRAIN("train", run -> 1 - run.last().trainError()),
    VALIDATION_BEST("validationBest", run -> run.best().validationAccuracy()),
    BEST_STEP("bestStep", run -> run.best().step()),
    TEST_AT_BEST("testAtBest", run -> run.best().testAccuracy()),
    TEST_BEST("testBest", RunResult::testBest),
    TEST_FINAL("testFinal", run -> run.last().testAccuracy()),
    T_STAR("tStar", RunResult::tStar);

    private final String label;
    private final ToDoubleFunction<RunResult> figure;

    Statistic(String label, ToDoubleFunction<RunResult> figure) {
        this.label = label;
        this.figure = figure;
    }

    public String label() {
        return label;
    }

    public double of(RunResult run) {
        return figure.applyAsDouble(run);
    }

    public double mean(List<RunResult> runs) {
        return over(runs).mean();
    }

    /** The standard error of the mean; NaN for a single run. */
    public double standardError(List<RunResult> runs) {
        return over(runs).standardError();
    }

    /** Returns the mean and its standard error. */
    public Pooled over(List<RunResult> runs) {
        return Pooled.of(runs.stream().map(this::of).toList());
    }
}
