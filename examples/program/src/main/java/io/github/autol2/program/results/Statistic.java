package io.github.autol2.program.results;

import io.github.autol2.program.training.RunResult;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The figures of a run that are averaged over the seeds, with their names in {@code result.json}: {@link #MAIN} of accuracy, or R2 of a
 * quantity; {@link #SECOND} of balanced accuracy, or a quantity's root mean squared error.
 */
public enum Statistic {
    TRAIN("train", run -> run.last().training().main()),
    VALIDATION_BEST("validationBest", run -> run.best().validation().main()),
    BEST_STEP("bestStep", run -> run.best().step()),
    TEST_AT_BEST("testAtBest", run -> run.best().test().main()),
    TEST_BEST("testBest", RunResult::testBest),
    TEST_FINAL("testFinal", run -> run.last().test().main()),
    T_STAR("tStar", RunResult::tStar),
    SECOND_TRAIN("train", run -> run.last().training().second()),
    SECOND_VALIDATION_AT_BEST("validationAtBest", run -> run.best().validation().second()),
    SECOND_TEST_AT_BEST("testAtBest", run -> run.best().test().second()),
    SECOND_TEST_FINAL("testFinal", run -> run.last().test().second());

    /** Of the figure that chooses. */
    public static final Set<Statistic> MAIN = Collections.unmodifiableSet(EnumSet.range(TRAIN, T_STAR));

    /** Of the figure that is told beside it. */
    public static final Set<Statistic> SECOND =
            Collections.unmodifiableSet(EnumSet.range(SECOND_TRAIN, SECOND_TEST_FINAL));

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
