package io.github.autol2.prediction;

import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.ValidationOptions;
import java.util.Optional;

/**
 * Looks below the winner of a race that is not above the free rule, in trainings of at least four heats. A heat tells little of what is below
 * it, and in a short training even the free rule can be too large. The winner's heat goes on to twice its length, beside that of a fresh
 * network with a tenth of its lambda, which plays next to no part. The smaller one wins if it is better by more than two standard errors, by a
 * paired test over at least {@value ValidationOptions#FEWEST_EXAMPLES} held-out examples. Where neither is, the level stays
 * {@link Level#undecided()}.
 */
public final class BelowTheRace {

    /** The winner is compared with this part of its lambda. */
    private static final double PART = 0.1;

    /** The two heats last so many times as long as those of the race. */
    private static final long TIMES_LONGER = 2;

    /** A difference of so many standard errors may be chance. */
    private static final double CHANCE = 2;

    private final LevelRace race;

    /**
     * @param race that is over
     */
    public BelowTheRace(LevelRace race) {
        this.race = race;
    }

    /**
     * The heat with the smaller lambda. The winner's own goes on for as long.
     *
     * @param level what the race has shown
     * @return empty where the level is not undecided, and where the heat would last longer than half of the training
     */
    public Optional<Heat> heat(Level level) {
        return level.undecided() && hasTime()
                ? Optional.of(new Heat(PART * level.lambda(), TIMES_LONGER * race.heatIterations()))
                : Optional.empty();
    }

    /**
     * {@return what the race and the two longer heats have shown}
     *
     * @param level  what the race has shown
     * @param winner the winner's heat that went on
     * @param below  the heat with the smaller lambda
     */
    public Level level(Level level, HeatResult winner, HeatResult below) {
        boolean better = below.isBetterThan(winner, CHANCE);
        boolean worse = winner.isBetterThan(below, CHANCE);
        return level.compared(
                better ? below : winner,
                worse ? level.low() : below.lambda() / LevelRace.HALF_A_STEP,
                better ? below.lambda() * LevelRace.HALF_A_STEP : level.high(),
                TIMES_LONGER * race.heatIterations(),
                !better && !worse);
    }

    /** What it takes beside the race: a heat from the start, and the rest of the winner's. */
    long iterations() {
        return hasTime() ? (2 * TIMES_LONGER - 1) * race.heatIterations() : 0;
    }

    private boolean hasTime() {
        return 2 * TIMES_LONGER * race.heatIterations() <= race.budget();
    }
}
