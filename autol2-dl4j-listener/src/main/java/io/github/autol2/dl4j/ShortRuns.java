package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.BelowTheRace;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.HeatResult;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.prediction.RunOff;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Carries out the heats of a {@link LevelRace}, one after the other, on the thread that asks for it. */
final class ShortRuns {

    private static final RunLog LOG = RunLog.of(ShortRuns.class);

    /** From 1: a loss like that is one of targets that are not standardised. */
    private static final double FAR = 100;

    /** A heat is judged by the mean of its last evaluations, this part of it apart. */
    private static final int EVALUATIONS = 3;

    private static final double BETWEEN_EVALUATIONS = 1.0 / 12;

    private final Recipe recipe;
    private final LongFunction<DataSetIterator> training;
    private final long seed;
    private final HeldOutExamples examples;
    private final Optional<ValidationOptions> watching;
    private final Observer observer;

    /** Is told of each iteration. */
    interface Observer {
        void iteration(Heat heat, long iteration);
    }

    /**
     * A race that is over.
     *
     * @param winner the network of the winner's heat, as it was at its end
     */
    record Outcome(Level level, InTraining winner) {}

    /**
     * @param training gives an iterator for the seed, at the beginning of a pass, for each call
     * @param seed     of the initial weights
     * @param options  of the training that the winner goes on to: the best network of each short run is kept for it. Empty where it does not
     */
    ShortRuns(
            Recipe recipe,
            LongFunction<DataSetIterator> training,
            long seed,
            HeldOutExamples examples,
            Optional<ValidationOptions> options,
            Observer observer) {
        this.recipe = recipe;
        this.training = training;
        this.seed = seed;
        this.examples = examples;
        this.watching = options.map(some -> some.withMostRestores(0));
        this.observer = observer;
    }

    /** 1 for classes; the loss of the untrained network otherwise, with a warning where that is far from 1. */
    double scale() {
        Network untrained = recipe.build(seed);
        OptionalDouble untrainedLoss =
                examples.lookAtUntrained(untrained); // for classes, too: it tells what is a sign of life
        if (examples.classify(untrained)) {
            return 1;
        }
        double scale =
                untrainedLoss.stream().filter(loss -> loss > 0).findFirst().orElse(1);
        if (scale > FAR || scale < 1 / FAR) {
            LOG.warn(
                    "the loss of the untrained network is {}: standardise the targets (NormalizerStandardize.fitLabel), because "
                            + "lambda is looked for around 0.01 times that, and with targets of another scale it may lie far from there",
                    scale);
        }
        return scale;
    }

    /**
     * Runs all heats.
     *
     * @throws CalibrationException if the network is dead at every lambda
     */
    Outcome run(LevelRace race) {
        return run(race, new ArrayList<>());
    }

    /** Runs all heats, and where the network is dead in all of them one more with the free rule, whose network goes on whatever became of it. */
    Outcome runOrFreeRule(LevelRace race) {
        List<HeatResult> finished = new ArrayList<>();
        try {
            return run(race, finished);
        } catch (CalibrationException dead) {
            Level level = race.withoutWinner(finished);
            LOG.warn(
                    "the race of short runs has no winner, so lambda is the free rule 1/(etaEff T) = {}: {}",
                    level.lambda(),
                    dead.getMessage());
            return repeat(level);
        }
    }

    private Outcome run(LevelRace race, List<HeatResult> finished) {
        Map<Double, InTraining> networks = new TreeMap<>();
        for (List<Heat> heats = race.next(finished); !heats.isEmpty(); heats = race.next(finished)) {
            for (Heat heat : heats) {
                finished.add(run(heat, networks, race.budget()));
            }
        }
        Optional<HeatResult> byLaw = race.byLaw(finished).map(heat -> run(heat, networks, race.budget()));
        Level level = race.level(finished, byLaw);
        InTraining winner = networks.get(level.lambda());
        winner.takeOver(
                networks.get(byLaw.orElse(finished.get(finished.size() - 1)).lambda()));
        Outcome raced = new Outcome(level, winner);
        BelowTheRace belowTheRace = new BelowTheRace(race);
        return belowTheRace
                .heat(level)
                .filter(heat -> winner.network().iteration() < heat.iterations()) // one batch may make many updates
                .map(heat -> beside(raced, heat, (above, below) -> belowTheRace.level(level, above, below)))
                .orElse(raced);
    }

    /** The winner beside half a decade below it: {@link RunOff}. */
    Outcome runOff(Outcome raced) {
        RunOff runOff = new RunOff(raced.level());
        return runOff.heat(raced.winner().network().iteration())
                .map(heat -> beside(raced, heat, runOff::level))
                .orElse(raced);
    }

    /** The winner's run goes on for as long as another one lasts. */
    private Outcome beside(Outcome raced, Heat heat, BiFunction<HeatResult, HeatResult, Level> judge) {
        InTraining winner = raced.winner();
        long budget = raced.level().budget();
        HeatResult above = run(new Heat(raced.level().lambda(), heat.iterations()), winner, budget);
        InTraining other = begin(heat.lambda());
        HeatResult below = run(heat, other, budget);
        Level level = judge.apply(above, below);
        InTraining better = level.lambda() == heat.lambda() ? other : winner;
        better.takeOver(other);
        return new Outcome(level, better);
    }

    private HeatResult run(Heat heat, Map<Double, InTraining> networks, long budget) {
        InTraining network = begin(heat.lambda());
        networks.put(heat.lambda(), network);
        return run(heat, network, budget);
    }

    /** The short run of a race's winner again, or that of the free rule. */
    Outcome repeat(Level level) {
        InTraining winner = begin(level.lambda());
        run(new Heat(level.lambda(), level.winnerIterations()), winner, level.budget());
        return new Outcome(level, winner);
    }

    /** A fresh network with this lambda before its first batch. */
    InTraining begin(double lambda) {
        InTraining network =
                new InTraining(recipe.build(seed), new LabelledExamples("training", training.apply(seed)), lambda);
        Lambda.set(network.network().model(), lambda);
        return network;
    }

    private HeatResult run(Heat heat, InTraining network, long budget) {
        TrainingFit fit = new TrainingFit(network.network(), examples.classify(network.network()), heat.iterations());
        long gap = Math.max(1, (long) (BETWEEN_EVALUATIONS * heat.iterations()));
        List<HeldOut> evaluations = new ArrayList<>();
        boolean alive = true;
        boolean finite = true;
        double etaEff = 0; // the largest: a schedule may end at 0
        long evaluated = EVALUATIONS; // that many gaps before the end
        for (long iteration = network.network().iteration(); iteration < heat.iterations() && finite; ) {
            long before = iteration;
            DataSet batch = network.next();
            fit.see(batch, iteration);
            iteration = network.step(batch);
            long left = (Math.max(0, heat.iterations() - iteration) + gap - 1) / gap;
            boolean counts = left < evaluated;
            boolean watched = isWatched(before, iteration);
            if (counts) {
                evaluated = left;
                etaEff = Math.max(
                        etaEff,
                        Lambda.etaEff(network.network(), heat.lambda())
                                * Lambda.of(network.network())
                                        .rise((int) iteration, network.network().epoch(), budget));
            }
            if (counts || watched) {
                HeldOutExamples.Judged judged =
                        examples.judge(network.network()).orElse(null);
                finite = judged != null;
                if (finite && counts) {
                    evaluations.add(judged.heldOut());
                    alive = judged.alive();
                }
                if (finite && watched) {
                    network.watch(watching.orElseThrow(), judged.heldOut());
                }
            }
            observer.iteration(heat, iteration);
        }
        if (etaEff == 0) { // a schedule may stand at 0 for a while, and a network may break down before it is judged
            etaEff = Lambda.of(network.network())
                    .largestEtaEff(
                            network.network().iteration(), network.network().epoch(), budget);
        }
        return new HeatResult(
                heat.lambda(),
                etaEff,
                finite ? Optional.of(HeldOut.mean(evaluations)) : Optional.empty(),
                alive,
                fit.value());
    }

    /** As often as in the training; its last iteration is judged there. */
    private boolean isWatched(long before, long iteration) {
        return watching.filter(options -> iteration < options.budget()
                        && iteration / options.evaluateEvery() > before / options.evaluateEvery())
                .isPresent();
    }
}
