package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.util.HashSet;
import java.util.List;

/**
 * How much a calibration may spend. Start from {@link #forBudget} and change it with the {@code with...} methods.
 *
 * @param budget the number of iterations of the longest training run that lambda is wanted for, at least 1
 * @param share  of the budget, in (0, 1]: the most iterations spent for each seed
 * @param seeds  distinct, at least one. Peak times scatter by a factor of about 1.6 from seed to seed
 * @param race   whether a race of short runs on held-out data follows, with the first seed ({@link LevelRace}): it finds lambda also where
 *               the law {@code c/T} does not hold
 * @param horizon iterations of such a run before its learning rate first falls, in [1, budget]; the budget, if it never does. The law is
 *               about this time, and {@link Calibration#predict} is to be asked for it
 */
public record CalibrationOptions(long budget, double share, List<Long> seeds, boolean race, long horizon) {

    /** A calibration takes this share of the budget for each seed. */
    public static final double DEFAULT_SHARE = 0.1;

    /** Three, because peak times scatter from seed to seed. */
    public static final List<Long> DEFAULT_SEEDS = List.of(1L, 2L, 3L);

    /** Checks the ranges. */
    public CalibrationOptions {
        Check.atLeastOne("budget", budget);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1], got " + share);
        }
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
            throw new IllegalArgumentException("seeds must be distinct and at least one, got " + seeds);
        }
        if (share * budget < 1) {
            throw new IllegalArgumentException(
                    "share of budget must be at least 1 iteration, got " + share + " of " + budget);
        }
        requireHorizon(budget, horizon);
    }

    /**
     * For a training whose learning rate never falls.
     *
     * @param budget see {@link #budget}
     * @param share  see {@link #share}
     * @param seeds  see {@link #seeds}
     * @param race   see {@link #race}
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public CalibrationOptions(long budget, double share, List<Long> seeds, boolean race) {
        this(budget, share, seeds, race, budget);
    }

    static void requireHorizon(long budget, long horizon) {
        if (!(horizon >= 1 && horizon <= budget)) {
            throw new IllegalArgumentException("horizon must be in [1, budget] = [1, " + budget + "], got " + horizon);
        }
    }

    /**
     * {@return a tenth of the budget for each of three seeds, and a race}
     *
     * @param budget iterations of the run that lambda is wanted for, at least 1
     */
    public static CalibrationOptions forBudget(long budget) {
        return new CalibrationOptions(budget, DEFAULT_SHARE, DEFAULT_SEEDS, true);
    }

    /**
     * {@return the same with another share}
     *
     * @param other see {@link #share}
     */
    public CalibrationOptions withShare(double other) {
        return new CalibrationOptions(budget, other, seeds, race, horizon);
    }

    /**
     * {@return the same with other seeds}
     *
     * @param others see {@link #seeds}
     */
    public CalibrationOptions withSeeds(List<Long> others) {
        return new CalibrationOptions(budget, share, others, race, horizon);
    }

    /** {@return the same without a race: the paper's predictor alone} */
    public CalibrationOptions withoutRace() {
        return new CalibrationOptions(budget, share, seeds, false, horizon);
    }

    /**
     * {@return the same for a training whose learning rate falls}
     *
     * @param other see {@link #horizon}
     */
    public CalibrationOptions withHorizon(long other) {
        return new CalibrationOptions(budget, share, seeds, race, other);
    }

    /** {@return the most iterations that the race spends; 0 without one} */
    public long mostRaceIterations() {
        return race ? new LevelRace(budget, LevelRace.DEFAULT_SHARE, 1).mostIterations() : 0;
    }

    /** {@return the most iterations spent for each seed} */
    public long iterationsPerSeed() {
        return (long) (share * budget);
    }
}
