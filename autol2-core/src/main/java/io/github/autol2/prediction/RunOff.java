package io.github.autol2.prediction;

import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.ValidationOptions;
import java.util.Optional;

/**
 * Compares the winner of a race with half a decade below it over half of the training: what a smaller lambda gains late, the short runs of the
 * race do not show. It is for a lambda that is held to the end above all, which nothing else brings down. The winner's run goes on to half of
 * the training, beside that of a fresh network with the smaller lambda. The smaller one wins if it is better by more than one standard error and
 * its loss is not above the other's by more than two, by paired tests over at least {@value ValidationOptions#FEWEST_EXAMPLES} held-out examples.
 * A loss that has risen is a sign of what accuracy will do, as with wrong labels that are being learned.
 */
public final class RunOff {

    /** By which the smaller lambda must be better. */
    private static final double BETTER = 1;

    /** By which its loss may be larger. */
    private static final double LARGER = 2;

    private final Level level;

    /**
     * @param level what the race has shown
     */
    public RunOff(Level level) {
        this.level = level;
    }

    /**
     * The run with the smaller lambda. The winner's own goes on for as long.
     *
     * @param updates that the winner's run has made
     * @return empty where it would not become twice as long
     */
    public Optional<Heat> heat(long updates) {
        return 2 * updates <= iterations()
                ? Optional.of(new Heat(level.lambda() / LevelRace.STEP, iterations()))
                : Optional.empty();
    }

    /**
     * {@return what the race and the two runs have shown}
     *
     * @param winner the winner's run that went on
     * @param below  the run with the smaller lambda
     */
    public Level level(HeatResult winner, HeatResult below) {
        boolean smallerWins = below.isBetterThan(winner, BETTER) && !hasLossAbove(below, winner);
        return level.compared(
                smallerWins ? below : winner,
                smallerWins ? Math.min(level.low(), below.lambda() / LevelRace.HALF_A_STEP) : level.low(),
                smallerWins ? below.lambda() * LevelRace.HALF_A_STEP : level.high(),
                iterations(),
                false);
    }

    private long iterations() {
        return level.budget() / 2;
    }

    /** A network that cannot win has no loss to compare with. */
    private static boolean hasLossAbove(HeatResult below, HeatResult winner) {
        return winner.canWin()
                && below.heldOut()
                                .orElseThrow()
                                .standardErrorsOfLossAbove(winner.heldOut().orElseThrow())
                        > LARGER;
    }
}
