package io.github.autol2.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the runs of a calibration give rise to. */
final class CalibrationWarnings {

    /** Accuracy or R2. */
    private static final double FITTED = 0.95;

    private CalibrationWarnings() {}

    /**
     * What calibration runs give rise to.
     *
     * @param useful those of the runs that count
     */
    static List<CalibrationWarning> of(
            List<CalibrationRun> runs, List<CalibrationRun> useful, PeakTimeFit fit, double etaEff) {
        List<CalibrationWarning> warnings = new ArrayList<>();
        Metric metric = runs.get(0).curve().figure();
        if (useful.isEmpty()) {
            warnings.add(always(switch (metric) {
                        case ACCURACY -> "the network learned in none of the " + runs.size() + " calibration runs";
                        case R2 ->
                            "none of the " + runs.size()
                                    + " calibration runs explained a tenth of the variance without breaking down";
                    }
                    + ", so c is the built-in prior, and lambda is that of the race"));
            return warnings;
        }
        for (CalibrationRun run : runs) {
            if (!useful.contains(run)) {
                warnings.add(always("lambda " + run.lambda() + ", seed " + run.seed() + ": "
                        + switch (run.peak().verdict()) {
                            case COLLAPSED -> "the network broke down";
                            case NEVER_TRAINED ->
                                metric == Metric.R2
                                        ? "the network explained less than a tenth of the variance"
                                        : "the network did not learn";
                            case PEAKED, NOT_PEAKED_YET ->
                                "the " + metric.label() + " stayed clearly below the best run's";
                        }
                        + ", so lambda is too large; the run does not count"));
            }
        }
        if (Calibration.isUnknown(fit.low(), fit.high())) {
            warnings.add(untilARace(metric.label()
                    + " did not clearly peak, so c is mostly the built-in prior: give the calibration a larger share of the budget, "
                    + "or more validation examples"));
        }
        if (runs.stream().anyMatch(run -> run.etaEff() != etaEff)) {
            warnings.add(always("the calibration ran at etaEff " + runs.get(0).etaEff() + " instead of " + etaEff
                    + ", and c is scaled as 1/etaEff"));
        }
        if (!fitted(useful)) {
            String sentence = String.format(
                    Locale.ROOT,
                    "the training %s reached %.3f at most, and the law is about networks that fit their training data: "
                            + "with %s or a small network the best lambda is a level that does not fall with the budget, "
                            + "often 5 to 40 times as large as c/T; a race on validation data finds it",
                    metric.label(),
                    trainAccuracy(useful),
                    metric.disturbance());
            warnings.add(untilARace(sentence));
        }
        return warnings;
    }

    /** Whether a network has fitted its training data, which the law is about. */
    static boolean fitted(List<CalibrationRun> useful) {
        return trainAccuracy(useful) >= FITTED;
    }

    /** The highest one; 1 where none is known. */
    private static double trainAccuracy(List<CalibrationRun> useful) {
        return useful.stream()
                .mapToDouble(CalibrationRun::trainAccuracy)
                .filter(accuracy -> !Double.isNaN(accuracy))
                .max()
                .orElse(1);
    }

    private static CalibrationWarning always(String sentence) {
        return new CalibrationWarning(sentence, CalibrationWarning.Holds.ALWAYS);
    }

    private static CalibrationWarning untilARace(String sentence) {
        return new CalibrationWarning(sentence, CalibrationWarning.Holds.UNTIL_A_RACE);
    }

    /** Those that are still true when a race has found lambda. */
    static List<CalibrationWarning> afterARace(List<CalibrationWarning> warnings) {
        return warnings.stream()
                .filter(warning -> warning.holds() == CalibrationWarning.Holds.ALWAYS)
                .toList();
    }
}
