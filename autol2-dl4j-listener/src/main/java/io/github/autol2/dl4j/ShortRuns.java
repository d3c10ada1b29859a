package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import io.github.autol2.prediction.LevelRace.Finish;
import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.HeldOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Carries out the heats of a {@link LevelRace}, one after the other, on the thread that asks for it. */
final class ShortRuns {

    /** A heat is judged by the mean of its last evaluations, this part of it apart. */
    private static final int EVALUATIONS = 3;

    private static final double BETWEEN_EVALUATIONS = 1.0 / 12;

    private final Recipe recipe;
    private final LongFunction<DataSetIterator> training;
    private final long seed;
    private final HeldOutExamples examples;
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

    /** A network in training and its next batches. */
    record InTraining(Network network, ClassifierData training) {
        void step() {
            network.fit(training.nextBatch());
        }
    }

    /**
     * @param training gives an iterator for the seed, at the beginning of a pass, for each call
     * @param seed     of the initial weights
     */
    ShortRuns(
            Recipe recipe,
            LongFunction<DataSetIterator> training,
            long seed,
            HeldOutExamples examples,
            Observer observer) {
        this.recipe = recipe;
        this.training = training;
        this.seed = seed;
        this.examples = examples;
        this.observer = observer;
    }

    /** 1 for classes; the loss of the untrained network otherwise. */
    double scale() {
        return examples.classify()
                ? 1
                : examples.lookAtUntrained(recipe.build(seed)).stream()
                        .filter(loss -> loss > 0)
                        .findFirst()
                        .orElse(1);
    }

    /**
     * Runs all heats.
     *
     * @throws CalibrationException if the network is dead at every lambda
     */
    Outcome run(LevelRace race) {
        Map<Double, InTraining> networks = new TreeMap<>();
        List<Finish> finished = new ArrayList<>();
        for (List<Heat> heats = race.next(finished); !heats.isEmpty(); heats = race.next(finished)) {
            for (Heat heat : heats) {
                InTraining network = begin(heat.lambda());
                networks.put(heat.lambda(), network);
                finished.add(run(heat, network));
            }
        }
        Level level = race.level(finished);
        return new Outcome(level, networks.get(level.lambda()));
    }

    /** A fresh network with this lambda before its first batch. */
    InTraining begin(double lambda) {
        InTraining network = new InTraining(recipe.build(seed), new ClassifierData("training", training.apply(seed)));
        Lambda.set(network.network().model(), lambda);
        return network;
    }

    private Finish run(Heat heat, InTraining network) {
        long gap = Math.max(1, (long) (BETWEEN_EVALUATIONS * heat.iterations()));
        List<HeldOut> evaluations = new ArrayList<>();
        boolean alive = true;
        boolean finite = true;
        double etaEff = 0; // the largest: a schedule may end at 0
        for (long iteration = 1; iteration <= heat.iterations() && finite; iteration++) {
            network.step();
            long left = heat.iterations() - iteration;
            if (left % gap == 0 && left / gap < EVALUATIONS) {
                etaEff = Math.max(etaEff, Lambda.etaEff(network.network(), heat.lambda()));
                HeldOutExamples.Judged judged =
                        examples.judge(network.network()).orElse(null);
                finite = judged != null;
                if (finite) {
                    evaluations.add(judged.heldOut());
                    alive = judged.alive();
                }
            }
            observer.iteration(heat, iteration);
        }
        return new Finish(
                heat.lambda(), etaEff, finite ? Optional.of(HeldOut.mean(evaluations)) : Optional.empty(), alive);
    }
}
