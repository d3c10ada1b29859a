package io.github.autol2.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Which runs of a calibration count, and what they say without a fit. */
final class UsefulRuns {

    /**
     * A run this much below the best one, and this many standard errors, was slowed by its lambda; its peak says
     * nothing about smaller ones.
     */
    private static final double SLOWED = 0.03;

    private static final double SLOWED_ERRORS = 2;

    /** A run this much below the best one was harmed by its lambda. */
    private static final double HARMED = 0.01;

    private UsefulRuns() {}

    /** The runs that trained, without those that their lambda slowed. */
    static List<CalibrationRun> of(List<CalibrationRun> runs) {
        List<CalibrationRun> trained = runs.stream()
                .filter(run -> run.has(Peak.Verdict.PEAKED) || run.has(Peak.Verdict.NOT_PEAKED_YET))
                .toList();
        Optional<CalibrationRun> best = trained.stream()
                .max(Comparator.comparingDouble(run -> run.peak().maximum()));
        return trained.stream()
                .filter(run -> {
                    double gap =
                            best.orElseThrow().peak().maximum() - run.peak().maximum();
                    boolean below = gap > SLOWED
                            && gap
                                    > SLOWED_ERRORS
                                            * run.curve()
                                                    .standardError(run.peak().maximum());
                    return !below
                            || run.lambda()
                                    <= best.orElseThrow().lambda(); // a run with a smaller lambda was only too short
                })
                .toList();
    }

    /** The largest lambda of a run that got as accurate as the best one. */
    static double harmless(List<CalibrationRun> useful) {
        double best =
                useful.stream().mapToDouble(run -> run.peak().maximum()).max().orElseThrow();
        return useful.stream()
                .filter(run -> run.peak().maximum() >= best - HARMED)
                .mapToDouble(CalibrationRun::lambda)
                .max()
                .orElseThrow();
    }

    /** The paper's estimate of c, NaN where no run has peaked. */
    static double paperC(List<CalibrationRun> useful, double etaEff) {
        OptionalDouble largest = useful.stream()
                .filter(run -> run.has(Peak.Verdict.PEAKED))
                .mapToDouble(CalibrationRun::lambda)
                .max();
        return largest.isEmpty()
                ? Double.NaN
                : Math.exp(useful.stream()
                        .filter(run -> run.has(Peak.Verdict.PEAKED) && run.lambda() == largest.getAsDouble())
                        .mapToDouble(run -> Math.log(run.peak().tStar() * run.lambda() * run.etaEff() / etaEff))
                        .average()
                        .orElseThrow());
    }
}
