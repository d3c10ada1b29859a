package io.github.autol2.program.tuning;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.prediction.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to choose lambda, to be compared with others.
 *
 * @param name       short, unlike all others
 * @param lambda     how
 * @param calibrated whether it needs the calibration, whose cost then counts as its own
 */
public record Contender(String name, LambdaSettings lambda, boolean calibrated) {

    static final String PREDICTED = "predicted";
    static final String AUTOL2 = "autol2";
    static final String NONE = "none";
    static final String GRID = "grid-";
    static final int WITHOUT_GRID = 3;

    /** The grid reaches this many decades to each side of the prediction. */
    private static final double DECADES = 2;

    /**
     * The contenders of a comparison.
     *
     * @param base    the settings of AutoL2
     * @param horizon the time that lambda is predicted for
     * @param budget  the length of the runs
     * @param grid    number of constant lambdas, at least 0
     */
    static List<Contender> all(Calibration calibration, LambdaSettings base, long horizon, long budget, int grid) {
        double predicted = calibration.predict(horizon).lambda();
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(PREDICTED, LambdaSettings.constant(predicted), true));
        contenders.add(new Contender(AUTOL2, base.withInitial(calibration.initialLambda(budget)), true));
        contenders.add(new Contender(NONE, LambdaSettings.constant(0), false));
        for (int i = 0; i < grid; i++) {
            double decades = grid == 1 ? 0 : -DECADES + 2 * DECADES * i / (grid - 1);
            contenders.add(
                    new Contender(GRID + (i + 1), LambdaSettings.constant(predicted * Math.pow(10, decades)), false));
        }
        return contenders;
    }

    /** The lambda of the whole run, if there is one. */
    Optional<Double> constant() {
        return lambda.value();
    }

    /** What its finished runs are kept under: a grid's by their lambda, so that another grid finds its own among them. */
    String part() {
        return isOfGrid() ? GRID + constant().orElseThrow() : name;
    }

    boolean isOfGrid() {
        return name.startsWith(GRID);
    }
}
