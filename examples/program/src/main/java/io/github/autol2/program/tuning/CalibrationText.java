package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.List;

/** A calibration as lines of text for the terminal. */
public final class CalibrationText {

    private CalibrationText() {}

    /**
     * The measurement, what follows from it, and what to beware of.
     *
     * @param schedule of the learning rate, up to whose first drop lambda is predicted
     */
    public static List<String> lines(
            Calibration calibration, List<Prediction> predictions, LearningRateSchedule schedule) {
        List<String> lines = new ArrayList<>();
        lines.add("c = " + SummaryTable.threeDigits(calibration.c()) + " (90 %: "
                + SummaryTable.threeDigits(calibration.cLow()) + " to " + SummaryTable.threeDigits(calibration.cHigh())
                + "), measured in " + calibration.iterationsSpent() + " steps.");
        String until = schedule.equals(LearningRateSchedule.CONSTANT) ? "" : " to the first drop of the learning rate";
        for (Prediction prediction : predictions) {
            lines.add("For " + prediction.iterations() + " steps" + until + ": lambda "
                    + SummaryTable.threeDigits(prediction.lambda())
                    + (prediction.capped()
                            ? ", the largest that was seen to do no harm"
                            : " (" + SummaryTable.threeDigits(prediction.low()) + " to "
                                    + SummaryTable.threeDigits(prediction.high()) + ")")
                    + ".");
        }
        lines.addAll(regime(calibration));
        calibration.warnings().forEach(warning -> lines.add("Note: " + warning.sentence() + "."));
        return lines;
    }

    /** Which law lambda follows, in a sentence; none where nothing has tested the law. */
    static List<String> regime(Calibration calibration) {
        String disturbance = calibration.runs().get(0).curve().figure().disturbance();
        return switch (calibration.regime()) {
            case TIME ->
                List.of(
                        calibration.fitsInRaces()
                                ? "In a race of short runs the network fitted its training data: lambda is about 1/(etaEff T), or less, and falls as the steps grow."
                                : "A race of short runs does not contradict c/T: lambda falls as the steps grow.");
            case LEVEL ->
                List.of(
                        "A race of short runs contradicts c/T, as with " + disturbance
                                + " or a network that cannot fit its data: lambda is a level that does not fall with the steps.");
            case UNCLEAR ->
                List.of(
                        "A race of short runs found lambda. Whether it falls as the steps grow is not known: c is too uncertain, or the calibration runs did not fit their data.");
            case UNTESTED -> List.of();
        };
    }
}
