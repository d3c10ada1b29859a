package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Chooses the runs of a calibration. It has no memory: what to do next follows from the finished runs alone, so a calibration that
 * was interrupted goes on from those.
 *
 * <p>For each seed, within its allowance of iterations:
 * <ol>
 *   <li>The first lambda is the one with tau = 1/(etaEff lambda) equal to a quarter of the allowance, but not shorter than an
 *       epoch, and not above {@value #FIRST_LAMBDA_CEILING}. A later seed begins with the largest lambda that served an earlier
 *       one.</li>
 *   <li>After a lambda at which the network collapsed or never trained: a third of it, as long as its tau is shorter than the
 *       budget. While no network has trained at all, this goes on beyond the allowance and the budget, until the penalty cannot be the
 *       reason: a calibration without a single network is worth nothing.</li>
 *   <li>After a run that did not peak in its part of the allowance: twice its lambda, if that is not known to be too
 *       large.</li>
 *   <li>After the first peak: a smaller lambda, whose peak is expected near the end of what is left. Two lambdas tell c from the
 *       time that a network needs to learn at all.</li>
 * </ol>
 */
public final class CalibrationSearch {

    /** Whether a network collapses is decided by lambda itself: 0.03 slows small networks without normalisation. */
    static final double FIRST_LAMBDA_CEILING = 0.03;

    private static final double TAU_IN_ALLOWANCE = 0.25;
    private static final double FIRST_RUN = 0.5; // of the allowance, at most
    private static final double DOWN = 3; // of lambda, after a collapse
    private static final double UP = 2; // of lambda, where no peak showed
    private static final double BEYOND_THE_PEAK = 1.6; // a run's length over its peak time, to see the fall
    private static final double LEAST_RATIO = 1.5; // between two lambdas that are to tell c from the learning time
    private static final double LARGEST_RATIO = 4;
    private static final double LEAST_USE = 0.1; // of the allowance: less is not worth a run
    private static final double LAST_RESORT = 100; // tau in budgets: so small a penalty is none

    private static final double PATIENCE = 3; // tau without any learning

    private final CalibrationOptions options;
    private final double etaEff;
    private final long epoch;

    /**
     * A run to make.
     *
     * @param seed       of the initial weights and of the order of the examples
     * @param lambda     constant
     * @param iterations stop there at the latest
     */
    public record Trial(long seed, double lambda, long iterations) {}

    /**
     * The search for a budget.
     *
     * @param options budget, share and seeds
     * @param etaEff learning rate divided by (1 - momentum) of the calibration runs, greater than 0
     * @param epoch  iterations in one pass over the training data, at least 1
     * @throws IllegalArgumentException if the budget is shorter than one epoch
     */
    public CalibrationSearch(CalibrationOptions options, double etaEff, long epoch) {
        Check.positive("etaEff", etaEff);
        Check.atLeastOne("epoch", epoch);
        this.options = Objects.requireNonNull(options, "options");
        this.etaEff = etaEff;
        this.epoch = epoch;
        if (options.budget() < epoch) {
            throw new IllegalArgumentException(
                    "budget must be at least one epoch of " + epoch + " iterations, got " + options.budget());
        }
    }

    /** The lambda to begin with if collapse were no danger. */
    static double firstLambda(double etaEff, long allowance, long epoch) {
        return 1 / (etaEff * Math.max(TAU_IN_ALLOWANCE * allowance, (double) epoch));
    }

    /**
     * {@return whether a network that trains with this etaEff is too slow for the allowance: its accuracy would peak in time only at a
     * lambda that may collapse it}
     *
     * @param options budget, share and seeds
     * @param etaEff learning rate divided by (1 - momentum), greater than 0
     * @param epoch iterations in one pass over the training data, at least 1
     */
    public static boolean needsMoreSpeed(CalibrationOptions options, double etaEff, long epoch) {
        return firstLambda(etaEff, options.iterationsPerSeed(), epoch) > FIRST_LAMBDA_CEILING;
    }

    /**
     * What to train next.
     *
     * @param runs all finished ones
     * @return empty when the calibration is complete
     */
    public Optional<Trial> next(List<CalibrationRun> runs) {
        return options.seeds().stream()
                .flatMap(seed -> next(seed, runs).stream())
                .findFirst();
    }

    private Optional<Trial> next(long seed, List<CalibrationRun> all) {
        List<CalibrationRun> runs =
                all.stream().filter(run -> run.seed() == seed).toList();
        long allowance = options.iterationsPerSeed();
        boolean noneTrained = !all.isEmpty() && UsefulRuns.of(all).isEmpty();
        long unspent =
                allowance - runs.stream().mapToLong(run -> run.curve().length()).sum();
        long left = noneTrained ? Math.max(unspent, (long) Math.ceil(FIRST_RUN * allowance)) : unspent;
        if (left < 1 || (!runs.isEmpty() && left < LEAST_USE * allowance)) {
            return Optional.empty();
        }
        OptionalDouble lambda = runs.isEmpty() ? OptionalDouble.of(firstLambda(all)) : nextLambda(runs, left, all);
        if (lambda.isPresent()
                && Double.isFinite(tooLarge(all))
                && 1 / (etaEff * lambda.getAsDouble()) > (noneTrained ? LAST_RESORT : 1) * options.budget()) {
            return Optional
                    .empty(); // so small a penalty plays no part in the budget: the network fails for another reason
        }
        boolean peaked = runs.stream().anyMatch(run -> run.has(Peak.Verdict.PEAKED));
        long most = peaked ? left : Math.min(left, (long) Math.ceil(FIRST_RUN * allowance));
        return lambda.isPresent()
                ? Optional.of(new Trial(seed, rounded(lambda.getAsDouble()), most))
                : Optional.empty();
    }

    private double firstLambda(List<CalibrationRun> all) {
        return UsefulRuns.of(all).stream()
                .filter(run -> run.has(Peak.Verdict.PEAKED))
                .mapToDouble(CalibrationRun::lambda)
                .max()
                .orElseGet(() -> Math.min(
                        Math.min(FIRST_LAMBDA_CEILING, tooLarge(all) / DOWN),
                        firstLambda(etaEff, options.iterationsPerSeed(), epoch)));
    }

    private static OptionalDouble nextLambda(List<CalibrationRun> runs, long left, List<CalibrationRun> all) {
        CalibrationRun last = runs.get(runs.size() - 1);
        return switch (last.peak().verdict()) {
            case COLLAPSED, NEVER_TRAINED -> {
                double down = last.lambda() / DOWN;
                boolean peaksLater =
                        runs.stream().anyMatch(run -> run.has(Peak.Verdict.NOT_PEAKED_YET) && run.lambda() >= down);
                yield peaksLater ? OptionalDouble.empty() : OptionalDouble.of(down);
            }
            case NOT_PEAKED_YET -> {
                double up = last.lambda() * UP;
                yield up < tooLarge(all) ? OptionalDouble.of(up) : OptionalDouble.empty();
            }
            case PEAKED -> {
                double ratio = left / (BEYOND_THE_PEAK * last.peak().maximumAt());
                boolean second = UsefulRuns.of(runs).stream()
                                .filter(run -> run.has(Peak.Verdict.PEAKED))
                                .count()
                        > 1;
                yield second || ratio < LEAST_RATIO
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(last.lambda() / Math.min(ratio, LARGEST_RATIO));
            }
        };
    }

    /** To two digits: the exact value does not matter, and people read it. */
    private static double rounded(double lambda) {
        return new BigDecimal(lambda).round(new MathContext(2)).doubleValue();
    }

    /** The smallest lambda at which a network did not train, or was slowed, infinite if there is none. */
    private static double tooLarge(List<CalibrationRun> runs) {
        return runs.stream()
                .filter(run -> !UsefulRuns.of(runs).contains(run))
                .mapToDouble(CalibrationRun::lambda)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * {@return whether a run has shown what it can: its peak lies clearly behind it, or it has broken down, or it has learned nothing
     * for several tau}
     *
     * @param trial the run
     * @param curve what the run has shown so far
     */
    public boolean isDone(Trial trial, LearningCurve curve) {
        if (curve.length() >= trial.iterations()) {
            return true;
        }
        Peak peak = Peak.of(curve);
        return switch (peak.verdict()) {
            case PEAKED -> curve.length() >= BEYOND_THE_PEAK * peak.maximumAt() && curve.length() > 2 * epoch;
            case COLLAPSED -> true;
            case NEVER_TRAINED ->
                Double.isNaN(curve.points().get(curve.points().size() - 1).accuracy())
                        || curve.length() >= Math.max(PATIENCE / (etaEff * trial.lambda()), 2.0 * epoch);
            case NOT_PEAKED_YET -> false;
        };
    }
}
