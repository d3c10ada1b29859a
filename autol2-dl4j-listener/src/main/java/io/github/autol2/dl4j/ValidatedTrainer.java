package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import io.github.autol2.prediction.LevelRace.Finish;
import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network with the lambda that held-out data choose: a race of short runs finds where to begin, the winner's run goes on as the
 * training, and AutoL2 divides lambda while held-out performance allows it.
 *
 * <pre>{@code
 * TrainedNetwork trained = new ValidatedTrainer(iterations).train(network, training, validation);
 * MultiLayerNetwork best = (MultiLayerNetwork) trained.best();
 * }</pre>
 *
 * <p>The network that is passed in is a recipe only: its weights, listeners and counters are not used. Both iterators are reset, and
 * ND4J's random numbers are left as they were. During the race there are up to eight copies of the network in memory, then two of its
 * parameters.
 *
 * <p>A short training is all race: its short runs last {@value io.github.autol2.validation.ValidationOptions#SHORTEST_VERDICT}
 * iterations or as long as itself, so that it costs up to eight trainings of its length, and the network at the end is the best one.
 *
 * <p>Thread-safe; each training runs on the thread that asks for it.
 */
public final class ValidatedTrainer {

    private static final RunLog LOG = RunLog.of(ValidatedTrainer.class);

    /** Evaluations in the training, so that the rule's window is a small part of it. */
    private static final int EVALUATIONS = 50;

    /** A short run is judged by the mean of its last evaluations, this part of it apart. */
    private static final int HEAT_EVALUATIONS = 3;

    private static final double BETWEEN_HEAT_EVALUATIONS = 1.0 / 12;

    /** In iterations: nearer evaluations see next to the same network. */
    private static final int BETWEEN_EVALUATIONS = 10;

    private final ValidationOptions options;
    private final double share;
    private final long seed;
    private final TrainingObserver observer;

    /**
     * A trainer with all else at its default.
     *
     * @param iterations of the training, at least 1
     */
    public ValidatedTrainer(long iterations) {
        this(ValidationOptions.forBudget(iterations), LevelRace.DEFAULT_SHARE, 1, new TrainingObserver() {});
    }

    private ValidatedTrainer(ValidationOptions options, double share, long seed, TrainingObserver observer) {
        this.options = options;
        this.share = share;
        this.seed = seed;
        this.observer = observer;
    }

    /**
     * {@return the same with other settings of the rule; their budget is the length of the training}
     *
     * @param other of any budget; the length of the training takes its place
     */
    public ValidatedTrainer withOptions(ValidationOptions other) {
        return new ValidatedTrainer(Objects.requireNonNull(other, "options"), share, seed, observer);
    }

    /**
     * {@return the same with short runs of another length}
     *
     * @param other as a share of the training, in (0, 1]
     */
    public ValidatedTrainer withRaceShare(double other) {
        new LevelRace(options.budget(), other, 1); // its demands
        return new ValidatedTrainer(options, other, seed, observer);
    }

    /**
     * {@return the same with another seed of the initial weights, 1 by default}
     *
     * @param other any
     */
    public ValidatedTrainer withSeed(long other) {
        return new ValidatedTrainer(options, share, other, observer);
    }

    /**
     * {@return the same with someone to tell}
     *
     * @param other is told on the thread that trains
     */
    public ValidatedTrainer withObserver(TrainingObserver other) {
        return new ValidatedTrainer(options, share, seed, Objects.requireNonNull(other, "observer"));
    }

    /** {@return the same with the race's lambda held to the end: the best network is kept all the same} */
    public ValidatedTrainer withConstantLambda() {
        return withOptions(options.withMostRestores(0));
    }

    /**
     * {@link #train(Model, LongFunction, DataSetIterator)} with the same iterator for all runs: each begins with a new pass over it.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, initialised or not
     * @param training   at least one batch; can be reset
     * @param validation at least one example; can be reset
     * @return the best network and the last, and how lambda was chosen
     */
    public TrainedNetwork train(Model network, DataSetIterator training, DataSetIterator validation) {
        return train(network, same -> training, validation);
    }

    /**
     * Trains.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, initialised or not
     * @param training   gives an iterator for a seed, at least one batch, that can be reset; one for each run, so that a run goes on with
     *                   the next batch
     * @param validation at least one example; can be reset. It chooses; test data do not belong here
     * @return the best network and the last, and how lambda was chosen
     * @throws IllegalArgumentException if any of these does not hold; nothing has been trained then
     * @throws IllegalStateException    if an updater has no learning rate
     * @throws CalibrationException     if the network is dead at every lambda
     * @throws CancellationException    after an interrupt
     */
    public TrainedNetwork train(Model network, LongFunction<DataSetIterator> training, DataSetIterator validation) {
        Recipe recipe = Recipe.of(network);
        new ClassifierData("training", training.apply(seed)).batches(); // its demands
        HeldOutExamples examples = new HeldOutExamples(validation);
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        try {
            return train(recipe, training, examples);
        } finally {
            random.setStates(rootState, nodeState);
        }
    }

    private TrainedNetwork train(Recipe recipe, LongFunction<DataSetIterator> training, HeldOutExamples examples) {
        LevelRace race = new LevelRace(options.budget(), share, scale(recipe, examples));
        Map<Double, Runner> runners = new TreeMap<>();
        List<Finish> finished = new ArrayList<>();
        for (List<Heat> heats = race.next(finished); !heats.isEmpty(); heats = race.next(finished)) {
            for (Heat heat : heats) {
                Runner runner = new Runner(recipe.build(seed), new ClassifierData("training", training.apply(seed)));
                runners.put(heat.lambda(), runner);
                finished.add(run(heat, runner, examples));
            }
        }
        Level level = race.level(finished);
        LOG.info("{}", level);
        Runner winner = runners.get(level.lambda());
        runners.clear();
        return goOn(winner, level, examples);
    }

    /** 1 for classes; the loss of the untrained network otherwise. */
    private double scale(Recipe recipe, HeldOutExamples examples) {
        return examples.classify()
                ? 1
                : examples.judge(recipe.build(seed))
                        .map(judged -> judged.heldOut().loss())
                        .filter(loss -> loss > 0)
                        .orElse(1.0);
    }

    private Finish run(Heat heat, Runner runner, HeldOutExamples examples) {
        Lambda.set(runner.network.model(), heat.lambda());
        long gap = Math.max(1, (long) (BETWEEN_HEAT_EVALUATIONS * heat.iterations()));
        List<HeldOut> evaluations = new ArrayList<>();
        boolean alive = true;
        boolean finite = true;
        for (long iteration = 1; iteration <= heat.iterations() && finite; iteration++) {
            runner.step();
            long left = heat.iterations() - iteration;
            if (left % gap == 0 && left / gap < HEAT_EVALUATIONS) {
                HeldOutExamples.Judged judged = examples.judge(runner.network).orElse(null);
                finite = judged != null;
                if (finite) {
                    evaluations.add(judged.heldOut());
                    alive = judged.alive();
                }
            }
            observer.raced(heat.lambda(), iteration);
        }
        return new Finish(
                heat.lambda(),
                Lambda.etaEff(runner.network, heat.lambda()),
                finite ? Optional.of(HeldOut.mean(evaluations)) : Optional.empty(),
                alive);
    }

    private TrainedNetwork goOn(Runner winner, Level level, HeldOutExamples examples) {
        long heat = level.iterationsPerHeat();
        long every = Math.max(BETWEEN_EVALUATIONS, options.budget() / EVALUATIONS);
        ValidationGuard guard = new ValidationGuard(
                options,
                examples,
                ValidationState.begin(heat, level.lambda(), Math.min(level.lambda(), level.freeRule())));
        observer.trained(winner.network.model(), heat, level.lambda());
        for (long iteration = heat + 1; iteration <= options.budget(); iteration++) {
            winner.step();
            if (iteration % every == 0 || iteration == options.budget()) {
                Lambda.set(winner.network.model(), guard.evaluate(winner.network, iteration));
            }
            observer.trained(winner.network.model(), iteration, guard.state().lambda());
        }
        long spent = options.budget() + level.iterationsSpent() - heat;
        return guard.trained(winner.network, level, options.budget(), spent);
    }

    /** A network in training. */
    private static final class Runner {
        private final Network network;
        private final ClassifierData training;

        private Runner(Network network, ClassifierData training) {
            this.network = network;
            this.training = training;
            training.reset();
        }

        private void step() {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the training was cancelled");
            }
            network.fit(training.nextBatch());
        }
    }
}
