package io.github.autol2.prediction;

import java.util.List;
import java.util.stream.Collectors;

/** No calibration run trained; the message lists what happened and what to try. */
public final class CalibrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CalibrationException(List<CalibrationRun> runs) {
        super("the network trained at none of the calibration lambdas: " + runs.stream()
                .map(run -> run.lambda() + " (seed " + run.seed() + ": " + run.peak().verdict() + ")").collect(Collectors.joining(", "))
                + ". Check that it trains without a penalty, or allow a larger share of the budget");
    }
}
