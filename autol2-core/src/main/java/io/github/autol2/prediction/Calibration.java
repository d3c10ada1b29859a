package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What calibration runs say about the law {@code t* = c / lambda} (arXiv:2006.08643v2, section 1) for one network, and the lambda
 * that follows for any budget.
 *
 * <p>The law is about networks that fit their training data. Whether it holds is not known beforehand, so a race of short runs on held-out
 * data asks for lambda itself ({@link LevelRace}), and {@link #regime()} says what both have shown. Where there was no race, lambda is c/T.
 *
 * <p>c is proportional to 1/etaEff, with etaEff = learning rate / (1 - momentum): what the law fixes is t* etaEff lambda. All times
 * here are in iterations of a network that trains with {@code etaEff}; another one scales them.
 *
 * @param etaEff    learning rate divided by (1 - momentum) at the start of the training that lambda is wanted for
 * @param c         iterations to the best accuracy times lambda
 * @param cLow      5 % of the probability lie below it
 * @param cHigh     5 % of the probability lie above it
 * @param tLearn    iterations that the network needs to learn at all
 * @param paperC    the paper's estimate, for comparison: t* lambda of one run, with the largest lambda that served (the geometric
 *                  mean over the seeds); NaN where no run has peaked
 * @param harmless  the largest lambda of a run that got as accurate as the best one: without a race no larger one is predicted
 * @param runs      all runs, in the order in which they were made
 * @param levels    what races of short runs have shown, for one budget; empty where there was none
 * @param warnings  what the user should know
 */
public record Calibration(
        double etaEff,
        double c,
        double cLow,
        double cHigh,
        double tLearn,
        double paperC,
        double harmless,
        List<CalibrationRun> runs,
        List<Level> levels,
        List<CalibrationWarning> warnings) {

    /** What lambda follows. */
    public enum Regime {
        /**
         * The law, and lambda falls as 1/T: the network fitted its training data in the races ({@link Calibration#fitsInRaces()}); or it
         * did in the calibration runs, and the race does not contradict c/T.
         */
        TIME,
        /** The race contradicts c/T, as with wrong labels or with a network that cannot fit its data: lambda does not fall with T. */
        LEVEL,
        /**
         * The race does not contradict c/T, but that says little: c is not known to a factor of 20, or no run fitted its training data, which
         * the law is about. lambda stays for a longer training.
         */
        UNCLEAR,
        /** There was no race: the law is taken for granted. */
        UNTESTED
    }

    private static final double ABOVE_PREDICTION = 10;

    /** An interval this wide, upper over lower end, is that of experience alone. */
    private static final double UNKNOWN = 20;

    /** Checks the ranges. */
    public Calibration {
        Check.positive("etaEff", etaEff);
        Check.positive("harmless", harmless);
        if (!(0 < cLow && cLow <= c && c <= cHigh)) {
            throw new IllegalArgumentException(
                    "c must be between cLow and cHigh, all greater than 0, got " + cLow + ", " + c + ", " + cHigh);
        }
        runs = List.copyOf(runs);
        levels = List.copyOf(levels);
        warnings = List.copyOf(warnings);
        if (levels.stream()
                        .map(level -> List.of(level.budget(), level.horizon()))
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("all races must be for one budget and horizon, got " + levels);
        }
    }

    /**
     * Evaluates calibration runs.
     *
     * @param runs   at least one
     * @param etaEff of the training that lambda is wanted for; runs with another etaEff are scaled
     * @return c and its interval
     * @throws CalibrationException if no network trained at any lambda
     */
    public static Calibration of(List<CalibrationRun> runs, double etaEff) {
        return of(runs, etaEff, List.of());
    }

    /**
     * Evaluates calibration runs and races. Where a race has found lambda, no run needs to have trained: c is that of experience then.
     *
     * @param runs   at least one
     * @param etaEff of the training that lambda is wanted for; runs with another etaEff are scaled
     * @param levels what races of short runs have shown, all for one budget; empty where there was none
     * @return c and its interval, and lambda
     * @throws CalibrationException if no network trained at any lambda, and there was no race
     */
    public static Calibration of(List<CalibrationRun> runs, double etaEff, List<Level> levels) {
        Check.positive("etaEff", etaEff);
        List<CalibrationRun> useful = UsefulRuns.of(runs);
        if (useful.isEmpty() && levels.isEmpty()) {
            throw new CalibrationException(runs);
        }
        PeakTimeFit fit = useful.isEmpty() ? PeakTimeFit.experience(etaEff) : PeakTimeFit.of(useful, etaEff);
        double harmless = useful.isEmpty()
                ? levels.stream().mapToDouble(Level::lambda).max().orElseThrow()
                : UsefulRuns.harmless(useful);
        return new Calibration(
                        etaEff,
                        fit.c(),
                        fit.low(),
                        fit.high(),
                        fit.tLearn(),
                        UsefulRuns.paperC(useful, etaEff),
                        harmless,
                        runs,
                        List.of(),
                        CalibrationWarnings.of(runs, useful, fit, etaEff))
                .withLevels(levels);
    }

    /**
     * {@return the lambda for a run of T iterations, or for one whose learning rate first decays after T}
     *
     * @param iterations the budget T, at least 1
     */
    public Prediction predict(long iterations) {
        return predict(iterations, etaEff);
    }

    /**
     * {@return the lambda for a run with another learning rate or momentum: c scales as 1/etaEff, a level does not change}
     *
     * @param iterations the budget T, at least 1
     * @param otherEtaEff learning rate divided by (1 - momentum) of that run at its start, greater than 0
     */
    public Prediction predict(long iterations, double otherEtaEff) {
        Check.atLeastOne("iterations", iterations);
        Check.positive("etaEff", otherEtaEff);
        double faster = etaEff / otherEtaEff;
        double perIteration = faster / iterations;
        Prediction law = new Prediction(
                iterations,
                Math.min(c * perIteration, harmless),
                cLow * perIteration,
                cHigh * perIteration,
                c * perIteration > harmless);
        return levels.isEmpty() ? law : raced(law, faster);
    }

    /**
     * What the race says. The law carries it to a longer training where the race agrees with a law that is known, and else it stays. For a
     * shorter one lambda stays too: a smaller one is the safe choice. Under a schedule of the learning rate all times are those up to its
     * first decay.
     */
    private Prediction raced(Prediction law, double faster) {
        double longer = Math.max(1.0, (double) law.iterations() / levels.get(0).horizon());
        double factor = regime() == Regime.TIME ? faster / longer : 1;
        double lambda = level(Level::lambda) * factor;
        return new Prediction(law.iterations(), lambda, level(Level::low) * factor, level(Level::high) * factor, false);
    }

    /** {@return which law lambda follows, as far as this calibration has seen} */
    public Regime regime() {
        if (levels.isEmpty()) {
            return Regime.UNTESTED;
        }
        if (fitsInRaces()) {
            return Regime.TIME;
        }
        long horizon = levels.get(0).horizon();
        boolean agrees = cLow / horizon <= level(Level::high) && level(Level::low) <= cHigh / horizon;
        if (!agrees) {
            return Regime.LEVEL;
        }
        return isUnknown(cLow, cHigh) || !CalibrationWarnings.fitted(UsefulRuns.of(runs))
                ? Regime.UNCLEAR
                : Regime.TIME;
    }

    /** {@return whether there were races, and lambda follows the law in each of them: {@link Level#fits()}} */
    public boolean fitsInRaces() {
        return !levels.isEmpty() && levels.stream().allMatch(Level::fits);
    }

    /** Whether an interval of c says nothing that was not known before. */
    static boolean isUnknown(double low, double high) {
        return high > UNKNOWN * low;
    }

    /** The geometric mean over the races. */
    private double level(ToDoubleFunction<Level> of) {
        if (levels.size() == 1) {
            return of.applyAsDouble(levels.get(0)); // to its last digit
        }
        return Math.exp(levels.stream()
                .mapToDouble(level -> Math.log(of.applyAsDouble(level)))
                .average()
                .orElseThrow());
    }

    /**
     * {@return where to look for lambda in a run of T iterations} A prediction that is capped keeps the width of its interval below it
     * and has none above.
     *
     * @param iterations the budget T, at least 1
     */
    public LambdaRange range(long iterations) {
        Prediction prediction = predict(iterations);
        double lambda = prediction.lambda();
        double low = prediction.capped() ? lambda * cLow / c : prediction.low();
        double high = levels.isEmpty() ? Math.min(prediction.high(), harmless) : prediction.high();
        return new LambdaRange(low, lambda, Math.max(lambda, high));
    }

    /**
     * {@return where AutoL2 should start in a run of T iterations: ten times the prediction, because it divides that lambda, but not above
     * what was seen to be harmless, if the prediction is not}
     *
     * @param iterations the budget T, at least 1
     */
    public double initialLambda(long iterations) {
        double lambda = predict(iterations).lambda();
        return Math.max(lambda, Math.min(ABOVE_PREDICTION * lambda, harmless));
    }

    /**
     * {@return the same with one more warning, which holds whatever else is found out}
     *
     * @param warning one sentence
     */
    public Calibration withWarning(String warning) {
        return withWarning(new CalibrationWarning(warning, CalibrationWarning.Holds.ALWAYS));
    }

    /**
     * {@return the same with one more warning}
     *
     * @param warning perhaps of another calibration
     */
    public Calibration withWarning(CalibrationWarning warning) {
        List<CalibrationWarning> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Calibration(etaEff, c, cLow, cHigh, tLearn, paperC, harmless, runs, levels, more);
    }

    /**
     * {@return the same after races of short runs}
     *
     * @param others all for one budget
     */
    public Calibration withLevels(List<Level> others) {
        List<CalibrationWarning> still = others.isEmpty() ? warnings : CalibrationWarnings.afterARace(warnings);
        return new Calibration(etaEff, c, cLow, cHigh, tLearn, paperC, harmless, runs, others, still);
    }

    /** {@return the iterations of all runs together, those of the races included} */
    public long iterationsSpent() {
        return runs.stream().mapToLong(run -> run.curve().length()).sum()
                + levels.stream().mapToLong(Level::iterationsSpent).sum();
    }
}
