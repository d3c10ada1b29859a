package io.github.autol2.arbiter.pruning;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Asynchronous successive halving, ASHA (Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning, arXiv:1810.05934v5): a
 * ladder of rungs at {@code budget / eta^k} iterations, k from {@link #rungs} down to 1.
 *
 * <p>This is the stopping variant. In the paper a candidate pauses at a rung and is promoted once it belongs to the best {@code 1/eta} of
 * those there, which needs a stored training for each that pauses: weights, updater, the place in the data, and the state of early
 * stopping, which Deeplearning4j cannot store. Here a candidate that reaches a rung trains on if it belongs to the best {@code 1/eta} of
 * those that have reached it so far, itself included, and is given up otherwise:
 *
 * <pre>fewer than max(1, floor(n / eta)) of the n scores at this rung are better than its own</pre>
 *
 * <p>So the first candidates of a search train longer than they would in the paper: the first one to its end, as nothing is known then. And
 * one that is given up early never comes back.
 *
 * @param budget iterations of a whole training, at least eta to the power of rungs
 * @param eta    the reduction factor, at least 2: about one of eta candidates passes a rung
 * @param rungs  their number, at least 1; the first is at budget / eta^rungs iterations
 */
public record SuccessiveHalving(long budget, int eta, int rungs) implements Pruning {

    /** Of three candidates one goes on. */
    public static final int DEFAULT_ETA = 3;

    /** At a ninth and a third of the budget. */
    public static final int DEFAULT_RUNGS = 2;

    /** Checks the ranges. */
    public SuccessiveHalving {
        if (eta < 2) {
            throw new IllegalArgumentException("eta must be at least 2, got " + eta);
        }
        if (rungs < 1) {
            throw new IllegalArgumentException("rungs must be at least 1, got " + rungs);
        }
        if (budget < Math.pow(eta, rungs)) {
            throw new IllegalArgumentException("budget must be at least eta^rungs = " + Math.round(Math.pow(eta, rungs))
                    + " iterations, got " + budget + ": train longer, or take fewer rungs");
        }
    }

    /**
     * {@return the rule with {@value #DEFAULT_RUNGS} rungs and eta {@value #DEFAULT_ETA}}
     *
     * @param budget iterations of a whole training, at least eta to the power of rungs
     */
    public static SuccessiveHalving of(long budget) {
        return new SuccessiveHalving(budget, DEFAULT_ETA, DEFAULT_RUNGS);
    }

    /**
     * {@return the same with another reduction factor}
     *
     * @param other at least 2
     */
    public SuccessiveHalving withEta(int other) {
        return new SuccessiveHalving(budget, other, rungs);
    }

    /**
     * {@return the same with another number of rungs}
     *
     * @param other at least 1
     */
    public SuccessiveHalving withRungs(int other) {
        return new SuccessiveHalving(budget, eta, other);
    }

    @Override
    public OptionalLong nextReport(long iteration) {
        for (int k = rungs; k >= 1; k--) {
            long rung = (long) (budget / Math.pow(eta, k));
            if (rung > iteration) {
                return OptionalLong.of(rung);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public Verdict judge(Report report, Reports before) {
        int here = before.count(report.iteration()) + 1;
        int pass = Math.max(1, here / eta);
        int better = before.better(report.iteration(), report.score());
        return better < pass
                ? new Verdict.Continue()
                : new Verdict.Prune(String.format(
                        Locale.ROOT,
                        "at iteration %d its score %.4f was not among the best %d of %d (ASHA, eta %d)",
                        report.iteration(),
                        report.score(),
                        pass,
                        here,
                        eta));
    }
}
