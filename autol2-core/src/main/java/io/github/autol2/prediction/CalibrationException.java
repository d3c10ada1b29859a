package io.github.autol2.prediction;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/** No calibration run trained; the message tells the range of lambda and what to try. */
public final class CalibrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long iterationsSpent;

    CalibrationException(List<CalibrationRun> runs) {
        super("the network trained at none of " + runs.size() + " calibration runs" + range(runs)
                + ". Check that it trains without a penalty, or allow a larger share of the budget");
        iterationsSpent = runs.stream().mapToLong(run -> run.curve().length()).sum();
    }

    private CalibrationException(String message, long iterationsSpent) {
        super(message);
        this.iterationsSpent = iterationsSpent;
    }

    /** {@return the iterations of all runs, at most: a network that gives no finite numbers ends its run early} */
    public long iterationsSpent() {
        return iterationsSpent;
    }

    /**
     * No heat of a race was alive.
     *
     * @param heatIterations of each heat
     */
    static CalibrationException dead(List<HeatResult> finished, long heatIterations) {
        DoubleSummaryStatistics lambdas =
                finished.stream().mapToDouble(HeatResult::lambda).summaryStatistics();
        return new CalibrationException(
                "the network trained at none of " + finished.size()
                        + " short runs with lambda from " + lambdas.getMin() + " to " + lambdas.getMax()
                        + ": its outputs do not depend on its input, or are not finite. Check that it trains without a penalty, "
                        + "or try another learning rate",
                finished.size() * heatIterations);
    }

    private static String range(List<CalibrationRun> runs) {
        DoubleSummaryStatistics lambdas =
                runs.stream().mapToDouble(CalibrationRun::lambda).summaryStatistics();
        return runs.isEmpty() ? "" : " with lambda from " + lambdas.getMin() + " to " + lambdas.getMax();
    }
}
