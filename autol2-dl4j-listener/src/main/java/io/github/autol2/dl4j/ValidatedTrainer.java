package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import io.github.autol2.prediction.RunOff;
import io.github.autol2.validation.ValidationOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network with the lambda that held-out data choose: a race of short runs finds where to begin, the winner's run goes on as the
 * training, and AutoL2 divides lambda, down to the free rule 1/(etaEff T), while held-out performance allows it. Where the network fits its
 * training data in the best short run, it begins with the free rule ({@link LevelRace}). Where the race has told nothing of smaller
 * lambdas ({@link Level#undecided()}), lambda is divided at half of the training, also while performance rises, if nothing has shown harm before.
 *
 * <pre>{@code
 * TrainedNetwork trained = new ValidatedTrainer(iterations).train(network, training, validation);
 * MultiLayerNetwork best = (MultiLayerNetwork) trained.best();
 * }</pre>
 *
 * <p>The network that is passed in is a recipe only: its weights, listeners and counters are not used. Both iterators are reset, and
 * ND4J's random numbers are left as they were. During the race there are up to nine copies of the network in memory, and of each the
 * parameters and the updater's state when it was best; then one copy of these.
 *
 * <p>Where no short run finds a living network, the training goes on with the free rule, and {@link TrainedNetwork#alive()} says whether that
 * has helped.
 *
 * <p>A short training is all race: its short runs last {@value io.github.autol2.validation.ValidationOptions#SHORTEST_VERDICT}
 * iterations or as long as itself, so that it costs up to nine trainings of its length, and the network at the end is the best one.
 *
 * <p>Thread-safe; each training runs on the thread that asks for it.
 */
public final class ValidatedTrainer {

    private static final RunLog LOG = RunLog.of(ValidatedTrainer.class);

    private final ValidationOptions options;
    private final double share;
    private final long seed;
    private final TrainingObserver observer;
    private final Optional<Level> known;
    private final boolean runOff;

    /**
     * A trainer with all else at its default.
     *
     * @param iterations of the training, at least 1
     */
    public ValidatedTrainer(long iterations) {
        this(
                ValidationOptions.forBudget(iterations),
                LevelRace.DEFAULT_SHARE,
                1,
                new TrainingObserver() {},
                Optional.empty(),
                false);
    }

    private ValidatedTrainer(
            ValidationOptions options,
            double share,
            long seed,
            TrainingObserver observer,
            Optional<Level> known,
            boolean runOff) {
        this.options = options;
        this.share = share;
        this.seed = seed;
        this.observer = observer;
        this.known = known;
        this.runOff = runOff;
        known.filter(level -> level.budget() != options.budget()).ifPresent(level -> {
            throw new IllegalArgumentException(
                    "the level must be that of a training of " + options.budget() + " iterations, got " + level);
        });
    }

    /**
     * {@return the same with other settings of the rule; their budget is the length of the training}
     *
     * @param other its budget becomes the length of the training
     * @throws IllegalArgumentException if a level is known that is for another budget
     */
    public ValidatedTrainer withOptions(ValidationOptions other) {
        return new ValidatedTrainer(Objects.requireNonNull(other, "options"), share, seed, observer, known, runOff);
    }

    /**
     * {@return the same with short runs of another length}
     *
     * @param other as a share of the training, in (0, 1]
     */
    public ValidatedTrainer withRaceShare(double other) {
        new LevelRace(options.budget(), other, 1); // its demands
        return new ValidatedTrainer(options, other, seed, observer, known, runOff);
    }

    /**
     * {@return the same with another seed of the initial weights, 1 by default}
     *
     * @param other any
     */
    public ValidatedTrainer withSeed(long other) {
        return new ValidatedTrainer(options, share, other, observer, known, runOff);
    }

    /**
     * {@return the same with someone to tell}
     *
     * @param other is told on the thread that trains
     */
    public ValidatedTrainer withObserver(TrainingObserver other) {
        return new ValidatedTrainer(options, share, seed, Objects.requireNonNull(other, "observer"), known, runOff);
    }

    /**
     * {@return the same without a race of its own}
     *
     * @param level what a race for the same budget has shown, such as that of a {@link LambdaCalibrator}. With the same network, data and
     *              seed the training is the one that the race's winner would go on to
     * @throws IllegalArgumentException if it is for another budget
     */
    public ValidatedTrainer withLevel(Level level) {
        return new ValidatedTrainer(options, share, seed, observer, Optional.of(level), runOff);
    }

    /** {@return the same with a constant lambda, which is held to the end: the best network is kept all the same} */
    public ValidatedTrainer withConstantLambda() {
        return withOptions(options.withMostRestores(0));
    }

    /**
     * {@return the same with a longer look at the lambda that the race has found} Its winner, or the free rule where there is none, goes on to
     * half of the training beside a fresh network with half a decade below it, and the better of the two goes on to the end ({@link RunOff}). That
     * costs half a training more, and nothing where the winner's run is longer than a fourth of the training. It gains most where lambda is
     * constant: nothing else brings it down. Where lambda may change, AutoL2 begins after it, so at half of the training, also if the race has told
     * nothing of smaller lambdas: the run-off is the answer to that.
     */
    public ValidatedTrainer withRunOff() {
        return new ValidatedTrainer(options, share, seed, observer, known, true);
    }

    /**
     * {@link #train(Model, LongFunction, DataSetIterator)} with the same iterator for all runs: each begins with a new pass over it.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, initialised or not
     * @param training   at least one batch; can be reset
     * @param validation examples of at least two classes, or of a quantity; with fewer than
     *                   {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset
     * @return the best network and the last, and how lambda was chosen
     */
    public TrainedNetwork train(Model network, DataSetIterator training, DataSetIterator validation) {
        return train(network, LabelledExamples.fromTheStart(training), validation);
    }

    /**
     * Trains. Where the network is dead in all short runs, with outputs that do not depend on its input or are not finite, the log says so, and
     * the training goes on with the free rule 1/(etaEff T), the smallest lambda that plays a part in it.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, initialised or not
     * @param training   gives an iterator for a seed, at least one batch, that can be reset; at each call one at the beginning of a pass,
     *                   so that a run sees the batches that a training with a constant lambda would, and goes on with the next one
     * @param validation examples of at least two classes, or of a quantity; with fewer than
     *                   {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset.
     *                   It chooses; test data do not belong here
     * @return the best network and the last, and how lambda was chosen
     * @throws IllegalArgumentException if any of these does not hold, or the network has frozen layers; nothing has been trained then
     * @throws IllegalStateException    if an updater has no learning rate
     * @throws CancellationException    after an interrupt
     */
    public TrainedNetwork train(Model network, LongFunction<DataSetIterator> training, DataSetIterator validation) {
        Recipe recipe = Recipe.of(network);
        if (recipe.hasTrained()) {
            LOG.warn("the network has been trained already: its weights play no part, the training begins anew");
        }
        DataSetIterator first = training.apply(seed);
        LabelledExamples.requireTwo(first, validation);
        new LabelledExamples("training", first).requireBatch();
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
        ShortRuns runs = new ShortRuns(recipe, training, seed, examples, Optional.of(options), (heat, iteration) -> {
            stopIfInterrupted();
            observer.raced(heat.lambda(), iteration);
        });
        double scale = runs.scale(); // also where the race is over: its look tells in regression what is a sign of life
        ShortRuns.Outcome race = known.isPresent()
                ? runs.repeat(known.get())
                : runs.runOrFreeRule(new LevelRace(options.budget(), share, scale));
        if (runOff) {
            race = runs.runOff(race);
        }
        LOG.info("{}", race.level());
        return goOn(race.winner(), race.level(), examples);
    }

    private TrainedNetwork goOn(InTraining winner, Level level, HeldOutExamples examples) {
        long heat = level.winnerIterations();
        long every = options.evaluateEvery();
        boolean undecided = level.undecided();
        double floor = undecided ? level.lambda() / options.decayFactor() : Math.min(level.lambda(), level.freeRule());
        ValidationGuard guard = new ValidationGuard(options, examples, winner.seen(floor, undecided));
        Network network = winner.network();
        long raced = Math.min(heat, network.iteration()); // less where it broke down
        observer.trained(network.model(), raced, level.lambda());
        if (network.iteration() >= options.budget()) { // all was race
            Lambda.set(network.model(), guard.evaluate(network, options.budget()));
        }
        for (long iteration = network.iteration(); iteration < options.budget(); ) {
            stopIfInterrupted();
            long before = iteration;
            iteration = winner.step();
            if (iteration / every > before / every || iteration >= options.budget()) {
                Lambda.set(network.model(), guard.evaluate(network, Math.min(iteration, options.budget())));
            }
            observer.trained(network.model(), iteration, guard.state().lambda());
        }
        long spent = options.budget() + level.iterationsSpent() - heat;
        return guard.trained(network, level, options.budget(), spent);
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the training was cancelled");
        }
    }
}
