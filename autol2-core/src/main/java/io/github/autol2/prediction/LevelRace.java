package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the level of lambda by short runs beside each other: fresh copies of a network, the same initial weights, the same batches. It
 * has no memory: what to do next follows from the finished heats alone, so a race that was interrupted goes on from those.
 *
 * <ol>
 *   <li>Every heat lasts the same share of the budget, but not less than {@value ValidationOptions#SHORTEST_VERDICT} iterations: in a
 * short training the heats last as long as the training. The first two are half a decade apart.</li>
 *   <li>While there is none half a decade beyond the best lambda so far, one more heat runs there, first below it and then above, up to
 * {@value #MOST_HEATS} heats.</li>
 *   <li>The race goes no further down than the lambda whose decay timescale tau = 1/(etaEff lambda) is 1/share heats: no heat can show
 * what a smaller one does. Where the heats are that share of the budget, this is the free rule 1/(etaEff T).</li>
 *   <li>It goes no further up than the lambda whose tau is {@value #SHORTEST_TAU} iterations: with a larger one the weights forget faster
 * than they learn, though a short run, above all one with batch normalisation, may well look good.</li>
 *   <li>The best lambda is chosen by the one-standard-error rule: among the heats whose held-out accuracy is within one counting error of
 * the highest, the one with the smallest held-out loss. In regression it is the heat with the smallest loss. Of equal ones it is the
 * smallest lambda: where no heat shows a difference, that is the safe choice.</li>
 *   <li>A lambda whose tau is shorter than that, as the first two can be with a large learning rate, wins only if no other network
 * is alive; and one below the free rule's wins only if all from there on do worse by more than an error. Where all heats are on
 * one side of these bounds and a network is alive, the next is at the bound: how large lambda must be depends on the scale of the
 * loss and of the features.</li>
 *   <li>A network that is dead, with outputs that do not depend on its input, or that gives no finite numbers, is never chosen. If all
 * are, the race goes on with smaller lambdas down to that bound; {@link #withoutWinner} is what is left where none of them is alive.</li>
 *   <li>Where the network of the best heat fits its training data ({@link HeatResult#fit()} of {@value HeatResult#FITTED}), lambda falls as
 * 1/T by the paper's law, so that a short heat shows one that is too large: the heat of the free rule, which comes last, wins unjudged if its
 * network is alive, or one of the race within half a step of it. A heat as long as half of the training needs no law.</li>
 *   <li>A winner that is neither above the free rule nor the law's may be too large: heats tell little of what is below ({@link BelowTheRace}).</li>
 * </ol>
 */
public final class LevelRace {

    /** Of the budget, for each heat. */
    public static final double DEFAULT_SHARE = 0.1;

    /** Half a decade. */
    static final double STEP = Math.sqrt(10);

    static final double HALF_A_STEP = Math.sqrt(STEP);

    static final int MOST_HEATS = 8;

    /** In iterations. */
    static final double SHORTEST_TAU = 20;

    /** The smaller of the first two lambdas, for a loss of scale 1. */
    private static final double BEGIN = 0.01;

    private static final double ROUNDING = 1.001;

    /** Heats are whole iterations, at least 100: a race of ten of them may be a hundredth shorter than the budget. */
    private static final double WHOLE_ITERATIONS = 1.01;

    private final long budget;
    private final double share;
    private final double scale;

    /**
     * A short run to make.
     *
     * @param lambda     constant
     * @param iterations its length
     */
    public record Heat(double lambda, long iterations) {}

    /**
     * @param budget iterations of the training that lambda is wanted for, at least 1
     * @param share  of the budget for each heat, in (0, 1]
     * @param scale  of the loss: 1 for the cross-entropy of classes, for regression the loss of the untrained network
     */
    public LevelRace(long budget, double share, double scale) {
        Check.atLeastOne("budget", budget);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1], got " + share);
        }
        Check.positive("scale", scale);
        this.budget = budget;
        this.share = share;
        this.scale = scale;
    }

    /** {@return iterations of the training that lambda is wanted for} */
    public long budget() {
        return budget;
    }

    /** {@return the most iterations that a race takes, with the look below its winner; a short training's takes less} */
    public long mostIterations() {
        return MOST_HEATS * heatIterations() + Math.max(heatIterations(), new BelowTheRace(this).iterations());
    }

    /** {@return the length of each heat in iterations, at least 1 and at most the budget} */
    public long heatIterations() {
        return Math.max((long) (share * budget), Math.min(budget, ValidationOptions.SHORTEST_VERDICT));
    }

    /**
     * The heats that can be run now, in any order or at the same time.
     *
     * @param finished all that are over
     * @return empty when the race is over
     */
    public List<Heat> next(List<HeatResult> finished) {
        List<Heat> missing = new ArrayList<>();
        for (double lambda : new double[] {STEP * BEGIN * scale, BEGIN * scale}) {
            if (finished.stream().noneMatch(one -> one.lambda() == lambda)) {
                missing.add(new Heat(lambda, heatIterations()));
            }
        }
        if (!missing.isEmpty()) {
            return missing;
        }
        if (finished.size() >= MOST_HEATS) {
            return List.of();
        }
        return beyond(finished).map(List::of).orElse(List.of());
    }

    /**
     * The heat of the free rule that comes after a race whose best network fits its training data.
     *
     * @param finished all heats of the race
     * @return empty where it does not, where a heat is as long as half of the training or longer, and where a heat of the race serves
     */
    public Optional<Heat> byLaw(List<HeatResult> finished) {
        return lawful(finished)
                .filter(best -> nearest(finished, freeRule(best)).isEmpty())
                .map(best -> new Heat(freeRule(best), heatIterations()));
    }

    /** The best of a race, where the law holds and says a smaller lambda. */
    private Optional<HeatResult> lawful(List<HeatResult> finished) {
        return best(finished).filter(best -> isLawful(best) && best.lambda() > freeRule(best));
    }

    private boolean isLawful(HeatResult best) {
        return best.fits() && 2 * heatIterations() <= budget;
    }

    /** With its own etaEff: that of other lambdas may be another one. */
    private double freeRule(HeatResult heat) {
        return 1 / (budget * heat.etaEff());
    }

    /** The heat that is nearest to a lambda among those that can win and are at most half a step away. */
    private static Optional<HeatResult> nearest(List<HeatResult> finished, double lambda) {
        return finished.stream()
                .filter(one -> one.canWin() && isBetween(lambda / HALF_A_STEP, one.lambda(), lambda * HALF_A_STEP))
                .min(Comparator.comparingDouble(one -> Math.abs(Math.log(one.lambda() / lambda))));
    }

    private Optional<Heat> beyond(List<HeatResult> finished) {
        double smallest =
                finished.stream().mapToDouble(HeatResult::lambda).min().orElseThrow();
        double largest = finished.stream().mapToDouble(HeatResult::lambda).max().orElseThrow();
        Optional<HeatResult> best = best(finished);
        double floor = floor(finished);
        if (best.isPresent() && largest * ROUNDING < floor) {
            return Optional.of(new Heat(floor, heatIterations()));
        }
        if (best.isPresent() && forgetsTooFast(best.get()) && smallest > floor * ROUNDING) {
            double ceiling = 1 / (SHORTEST_TAU * best.get().etaEff());
            return Optional.of(new Heat(Math.max(floor, Math.min(ceiling, smallest / STEP)), heatIterations()));
        }
        if (best.isEmpty() || best.get().lambda() == smallest) {
            return smallest > floor * ROUNDING
                    ? Optional.of(new Heat(Math.max(floor, smallest / STEP), heatIterations()))
                    : Optional.empty();
        }
        double above = best.get().lambda() * STEP;
        return best.get().tau() / STEP * ROUNDING >= SHORTEST_TAU
                        && finished.stream()
                                .noneMatch(one -> isBetween(best.get().lambda(), one.lambda(), above))
                ? Optional.of(new Heat(above, heatIterations()))
                : Optional.empty();
    }

    /**
     * {@return what the race has shown}
     *
     * @param finished all heats of the race
     * @param byLaw    the heat of {@link #byLaw(List)}; empty where there was none
     * @throws CalibrationException if no network was alive at any lambda
     */
    public Level level(List<HeatResult> finished, Optional<HeatResult> byLaw) {
        HeatResult best = best(finished).orElseThrow(() -> CalibrationException.dead(finished, heatIterations()));
        Optional<HeatResult> larger = lawful(finished);
        Optional<HeatResult> law = larger.flatMap(one -> byLaw.or(() -> nearest(finished, freeRule(one))))
                .filter(HeatResult::canWin);
        double lambda = law.orElse(best).lambda();
        double free = larger.map(this::freeRule).orElse(freeRule(finished));
        int heats = finished.size() + (byLaw.isPresent() ? 1 : 0);
        boolean fits = isLawful(best) && (larger.isEmpty() || law.isPresent());
        DoubleSummaryStatistics equal =
                equals(finished).stream().mapToDouble(HeatResult::lambda).summaryStatistics();
        return new Level(
                budget,
                budget,
                lambda,
                Math.min(lambda, equal.getMin()) / HALF_A_STEP,
                equal.getMax() * HALF_A_STEP,
                free,
                heatIterations(),
                heats,
                heats * heatIterations(),
                fits,
                !fits && heatIterations() < budget && lambda <= free * WHOLE_ITERATIONS);
    }

    /**
     * {@return the free rule 1/(etaEff T) in place of a winner, where no network was alive} The heat with that lambda counts as one more. Nothing
     * is known of other lambdas, so that it is the smallest and the largest one, too.
     *
     * @param finished all heats, at least one
     */
    public Level withoutWinner(List<HeatResult> finished) {
        double free = freeRule(finished);
        int heats = finished.size() + 1;
        return new Level(
                budget,
                budget,
                free,
                free,
                free,
                free,
                heatIterations(),
                heats,
                heats * heatIterations(),
                false,
                false);
    }

    /** No heat can show what a smaller lambda does. */
    private double floor(List<HeatResult> finished) {
        return share / (largestEtaEff(finished) * heatIterations());
    }

    private double freeRule(List<HeatResult> finished) {
        return 1 / (budget * largestEtaEff(finished));
    }

    private static boolean isBetween(double low, double lambda, double high) {
        return lambda > low * ROUNDING && lambda <= high * ROUNDING;
    }

    /** Of all heats that live: it changes in training with some updaters, and with weights that have died away it says nothing. */
    private static double largestEtaEff(List<HeatResult> finished) {
        return preferring(HeatResult::canWin, finished).stream()
                .mapToDouble(HeatResult::etaEff)
                .max()
                .orElseThrow();
    }

    private Optional<HeatResult> best(List<HeatResult> finished) {
        return equals(finished).stream()
                .min(Comparator.comparingDouble(HeatResult::loss).thenComparingDouble(HeatResult::lambda));
    }

    /** Those that can win and are within one standard error of the best performance. */
    private List<HeatResult> equals(List<HeatResult> finished) {
        List<HeatResult> able = preferring(
                one -> !forgetsTooFast(one),
                finished.stream().filter(HeatResult::canWin).toList());
        Optional<HeldOut> top = able.stream()
                .map(one -> one.heldOut().orElseThrow())
                .reduce((first, second) -> second.isBetterThan(first) ? second : first);
        List<HeatResult> equal = able.stream()
                .filter(one -> isWithinOneError(one.heldOut().orElseThrow(), top.orElseThrow()))
                .toList();
        double floor = finished.isEmpty() ? 0 : floor(finished);
        return preferring(one -> one.lambda() * ROUNDING >= floor, equal);
    }

    /** Those for which it holds; all, if it holds for none. */
    private static List<HeatResult> preferring(Predicate<HeatResult> what, List<HeatResult> all) {
        List<HeatResult> some = all.stream().filter(what).toList();
        return some.isEmpty() ? all : some;
    }

    private static boolean forgetsTooFast(HeatResult one) {
        return one.tau() * ROUNDING < SHORTEST_TAU;
    }

    private static boolean isWithinOneError(HeldOut one, HeldOut top) {
        return top.classifies()
                ? top.accuracy().orElseThrow() - one.accuracy().orElseThrow() <= top.countingError() * ROUNDING
                : one.loss() == top.loss() || (one.examples() > 1 && !one.isBelow(top, 1));
    }
}
