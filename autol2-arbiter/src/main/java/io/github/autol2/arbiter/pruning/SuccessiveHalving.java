package io.github.autol2.arbiter.pruning;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Asynchronous successive halving, ASHA (Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning, arXiv:1810.05934v5): a
 * ladder of rungs at {@code budget / eta^k} iterations, for all k from 1 on that leave at least {@link #minimum}.
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
 * @param budget  iterations of a whole training, at least eta
 * @param eta     the reduction factor, at least 2: about one of eta candidates passes a rung
 * @param minimum iterations of the first rung at the least, in [1, budget/eta]
 */
public record SuccessiveHalving(long budget, int eta, long minimum) implements Pruning {

    /** Of three candidates one goes on. */
    public static final int DEFAULT_ETA = 3;

    private static final int SHARE = 9;

    /** Checks the ranges. */
    public SuccessiveHalving {
        if (eta < 2) {
            throw new IllegalArgumentException("eta must be at least 2, got " + eta);
        }
        if (budget < eta) {
            throw new IllegalArgumentException(
                    "budget must be at least eta = " + eta + " iterations, got " + budget + ": train longer");
        }
        if (minimum < 1 || minimum > budget / eta) {
            throw new IllegalArgumentException("minimum must be in [1, budget/eta = " + budget / eta
                    + "] iterations, got " + minimum + ": train longer, or take a smaller eta");
        }
    }

    /**
     * {@return the rule with eta {@value #DEFAULT_ETA}, and the first rung at a ninth of the budget}
     *
     * @param budget iterations of a whole training, at least {@value #DEFAULT_ETA}
     */
    public static SuccessiveHalving of(long budget) {
        return of(budget, DEFAULT_ETA);
    }

    /**
     * {@return the rule with its first rung not before a ninth of the budget, or at budget/eta if that is earlier}
     *
     * @param budget iterations of a whole training, at least eta
     * @param eta    the reduction factor, at least 2
     */
    public static SuccessiveHalving of(long budget, int eta) {
        return new SuccessiveHalving(budget, eta, Math.max(1, budget / Math.max(SHARE, eta)));
    }

    /**
     * {@return the same with another first rung}
     *
     * @param iterations that it has at the least, in [1, budget/eta]
     */
    public SuccessiveHalving withMinimum(long iterations) {
        return new SuccessiveHalving(budget, eta, iterations);
    }

    @Override
    public OptionalLong nextReport(long iteration) {
        OptionalLong next = OptionalLong.empty();
        long power = eta;
        while (budget / power >= minimum && budget / power > iteration) {
            next = OptionalLong.of(budget / power);
            power *= eta;
        }
        return next;
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
                        "%s its score %.4f was not among the best %d of %d (ASHA, eta %d)",
                        report.fromCalibration() ? "in its calibration" : "at iteration " + report.iteration(),
                        report.score(),
                        pass,
                        here,
                        eta));
    }
}
