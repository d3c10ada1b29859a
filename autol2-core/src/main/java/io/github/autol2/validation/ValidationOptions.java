package io.github.autol2.validation;

/**
 * The settings of the rule. All are free of scale: times are shares of the budget, tests are in standard errors.
 *
 * @param budget       iterations of the training, at least 1
 * @param refractory   the refractory period as a share of the budget, in (0, 1]
 * @param decayFactor  what lambda is divided by, finite and greater than 1
 * @param harm         standard errors that count as harm where there are many held-out examples, greater than 0
 * @param window       evaluations that are averaged, at least 1
 * @param mostRestores restores after which lambda is held, at least 0; with 0 it is held from the start, and the rule only tells the best
 *                     network
 */
public record ValidationOptions(
        long budget, double refractory, double decayFactor, double harm, int window, int mostRestores) {

    /**
     * In fewer iterations a network does not show what lambda does to it: no short run of a race is shorter and no refractory period by
     * default, or they last as long as the training.
     */
    public static final long SHORTEST_VERDICT = 100;

    /** With fewer held-out examples nothing is taken for harm: chance alone decides what so few of them show. */
    public static final int FEWEST_EXAMPLES = 10;

    private static final double REFRACTORY = 0.1;

    /** In a training, so that the window is a small part of it. */
    private static final long EVALUATIONS = 50;

    /** In iterations: nearer evaluations see next to the same network. */
    private static final long BETWEEN_EVALUATIONS = 10;

    public ValidationOptions {
        if (budget < 1) {
            throw new IllegalArgumentException("budget must be >= 1, got " + budget);
        }
        if (!(refractory > 0 && refractory <= 1)) {
            throw new IllegalArgumentException("refractory must be in (0, 1], got " + refractory);
        }
        if (!(decayFactor > 1 && Double.isFinite(decayFactor))) {
            throw new IllegalArgumentException("decayFactor must be finite and > 1, got " + decayFactor);
        }
        if (!(harm > 0 && Double.isFinite(harm))) {
            throw new IllegalArgumentException("harm must be finite and > 0, got " + harm);
        }
        if (window < 1) {
            throw new IllegalArgumentException("window must be >= 1, got " + window);
        }
        if (mostRestores < 0) {
            throw new IllegalArgumentException("mostRestores must be >= 0, got " + mostRestores);
        }
    }

    /**
     * {@return what was chosen on generated tasks and on other divisions of the tables than those that results are reported for}
     * The refractory period is a tenth of the budget, but not less than {@value #SHORTEST_VERDICT} iterations.
     *
     * @param budget iterations of the training, at least 1
     */
    public static ValidationOptions forBudget(long budget) {
        double shortest = Math.min(1, SHORTEST_VERDICT / (double) Math.max(1, budget));
        return new ValidationOptions(budget, Math.max(REFRACTORY, shortest), 3, 2, 3, 6);
    }

    /**
     * {@return the same with another refractory period}
     *
     * @param share of the budget, in (0, 1]
     */
    public ValidationOptions withRefractory(double share) {
        return new ValidationOptions(budget, share, decayFactor, harm, window, mostRestores);
    }

    /**
     * {@return the same with another factor}
     *
     * @param factor that lambda is divided by, finite and greater than 1
     */
    public ValidationOptions withDecayFactor(double factor) {
        return new ValidationOptions(budget, refractory, factor, harm, window, mostRestores);
    }

    /**
     * {@return the same with another bound from which on a network is harmed}
     *
     * @param standardErrors finite and greater than 0
     */
    public ValidationOptions withHarm(double standardErrors) {
        return new ValidationOptions(budget, refractory, decayFactor, standardErrors, window, mostRestores);
    }

    /**
     * {@return the same with another smoothing}
     *
     * @param evaluations that the mean is taken over, at least 1
     */
    public ValidationOptions withWindow(int evaluations) {
        return new ValidationOptions(budget, refractory, decayFactor, harm, evaluations, mostRestores);
    }

    /**
     * {@return the same with another bound on restores}
     *
     * @param number at least 0
     */
    public ValidationOptions withMostRestores(int number) {
        return new ValidationOptions(budget, refractory, decayFactor, harm, window, number);
    }

    /** {@return the refractory period in iterations} */
    public double refractoryPeriod() {
        return refractory * budget;
    }

    /**
     * {@return the iterations from one evaluation to the next that suit the rule, at least 1} A fiftieth of the budget, but not less than
     * 10, and in a very short training as many as leave room for a window.
     */
    public long evaluateEvery() {
        return Math.max(1, Math.min(Math.max(BETWEEN_EVALUATIONS, budget / EVALUATIONS), budget / window));
    }
}
