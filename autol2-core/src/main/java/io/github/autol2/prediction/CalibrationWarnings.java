package io.github.autol2.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the user of a calibration should know, a sentence each. */
final class CalibrationWarnings {

    private static final double FITTED = 0.95;

    /** An interval this wide, upper over lower end, is that of experience alone. */
    private static final double UNKNOWN = 20;

    /** Ends the warning that a race makes needless. */
    private static final String RACE_HELPS = "; a race on validation data finds it";

    private CalibrationWarnings() {}

    /**
     * What calibration runs give rise to.
     *
     * @param useful those of the runs that count
     */
    static List<String> of(List<CalibrationRun> runs, List<CalibrationRun> useful, PeakTimeFit fit, double etaEff) {
        List<String> warnings = new ArrayList<>();
        for (CalibrationRun run : runs) {
            if (!useful.contains(run)) {
                warnings.add("lambda " + run.lambda() + ", seed " + run.seed() + ": "
                        + switch (run.peak().verdict()) {
                            case COLLAPSED -> "the network broke down";
                            case NEVER_TRAINED -> "the network did not learn";
                            case PEAKED, NOT_PEAKED_YET -> "the accuracy stayed clearly below the best run's";
                        }
                        + ", so lambda is too large; the run does not count");
            }
        }
        if (fit.high() > UNKNOWN * fit.low()) {
            warnings.add(
                    "accuracy did not clearly peak, so c is mostly the built-in prior: give the calibration a larger share of the budget, "
                            + "or more validation examples");
        }
        if (runs.stream().anyMatch(run -> run.etaEff() != etaEff)) {
            warnings.add("the calibration ran at etaEff " + runs.get(0).etaEff() + " instead of " + etaEff
                    + ", and c is scaled as 1/etaEff");
        }
        double fitted = useful.stream()
                .mapToDouble(CalibrationRun::trainAccuracy)
                .filter(a -> !Double.isNaN(a))
                .max()
                .orElse(1);
        if (fitted < FITTED) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the training accuracy reached %.3f at most, and the law is about networks that fit their training data: "
                            + "with wrong labels or a small network the best lambda is a level that does not fall with the budget, "
                            + "often 5 to 40 times as large as c/T"
                            + RACE_HELPS,
                    fitted));
        }
        return warnings;
    }

    /** Those that are still true when a race has found lambda. */
    static List<String> afterARace(List<String> warnings) {
        return warnings.stream()
                .filter(warning -> !warning.endsWith(RACE_HELPS))
                .toList();
    }
}
