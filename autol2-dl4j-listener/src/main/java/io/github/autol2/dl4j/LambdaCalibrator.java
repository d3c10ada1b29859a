package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures which lambda a network wants: trains copies of it for a short time with a large lambda, sees when the validation accuracy
 * peaks, and predicts the lambda for any budget. Then a race of short runs asks the validation data for lambda itself, because the law
 * behind the prediction holds for networks that fit their training data only; {@link Calibration#regime()} says what came out.
 *
 * <pre>{@code
 * Calibration calibration = new LambdaCalibrator(CalibrationOptions.forBudget(iterations)).calibrate(network, training, validation);
 * Lambda.set(network, calibration.predict(iterations).lambda());
 * }</pre>
 *
 * <p>During the race there are up to eight copies of the network in memory. It runs with the first seed.
 *
 * <p>What it leaves alone: the network, which serves as a recipe only (its weights, listeners and counters are not used), and ND4J's
 * random numbers. What it resets: both iterators, before and after. The order of the training examples is the iterator's own.
 *
 * <p>If the network is too slow to peak in the iterations allowed at a lambda that it stands (a small learning rate without
 * momentum), the copies train with momentum {@value HighMomentum#MOMENTUM}, and c is scaled as 1/etaEff; the calibration says so.
 *
 * <p>Thread-safe; each calibration trains on the thread that asks for it.
 */
public final class LambdaCalibrator {

    private static final RunLog LOG = RunLog.of(LambdaCalibrator.class);

    /** Evaluations are evenly spaced in the logarithm of time, as the peak is judged there. */
    private static final double BETWEEN_EVALUATIONS = 1.06;

    private static final int FIRST_EVALUATION = 5;

    /** Enough to tell 0.95 from 1. */
    private static final int TRAINING_EXAMPLES_JUDGED = 1000;

    private final CalibrationOptions options;
    private final CalibrationObserver observer;
    private volatile boolean cancelled;

    /**
     * A calibrator that tells nobody of its runs.
     *
     * @param options what a calibration may spend
     */
    public LambdaCalibrator(CalibrationOptions options) {
        this(options, new CalibrationObserver() {});
    }

    /**
     * A calibrator that tells of its runs.
     *
     * @param options  what a calibration may spend
     * @param observer is told on the thread that calibrates
     */
    public LambdaCalibrator(CalibrationOptions options, CalibrationObserver observer) {
        this.options = Objects.requireNonNull(options, "options");
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    /**
     * {@link #calibrate(Model, DataSetIterator, DataSetIterator, List)} from the beginning.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, a classifier
     * @param training   at least one batch; can be reset
     * @param validation at least two classes, labels one-hot; can be reset
     * @return c of this network on these data, with its interval
     */
    public Calibration calibrate(Model network, DataSetIterator training, DataSetIterator validation) {
        return calibrate(network, training, validation, List.of());
    }

    /**
     * Calibrates.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, a classifier. To calibrate a configuration,
     *                   make a network of it: {@code new MultiLayerNetwork(configuration)}, without {@code init()}
     * @param training   at least one batch; can be reset
     * @param validation at least two classes, labels one-hot; can be reset. It chooses; test data do not belong here
     * @param finished   runs that an earlier, interrupted calibration with the same options has reported to its observer
     * @return c of this network on these data, with its interval
     * @throws IllegalArgumentException                           if any of these does not hold, or the budget is shorter than
     *                                                            an epoch; nothing has been trained then
     * @throws CalibrationException                               if the network trains at no lambda
     * @throws CancellationException                              after {@link #cancel()} or an interrupt
     */
    public Calibration calibrate(
            Model network, DataSetIterator training, DataSetIterator validation, List<CalibrationRun> finished) {
        return calibrate(network, ClassifierData.fromTheStart(training), validation, finished);
    }

    /**
     * The same for training data whose order depends on the seed of a run, so that a calibration that was interrupted and goes on
     * has the very same result.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output, a classifier
     * @param training   gives an iterator for each seed, at each call at the beginning of a pass; those of two seeds differ in nothing but
     *                   the order of the examples
     * @param validation at least two classes, labels one-hot; can be reset
     * @param finished   runs that an earlier, interrupted calibration has reported to its observer
     * @return c of this network on these data, with its interval
     */
    public Calibration calibrate(
            Model network,
            LongFunction<DataSetIterator> training,
            DataSetIterator validation,
            List<CalibrationRun> finished) {
        Recipe recipe = Recipe.of(network);
        ClassifierData trainingExamples =
                new ClassifierData("training", training.apply(options.seeds().get(0)));
        ClassifierData validationExamples = new ClassifierData("validation", validation);
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        try {
            Calibration calibration =
                    calibrate(recipe, trainingExamples.batches(), training, validationExamples, finished);
            if (options.race()) {
                calibration = withRace(calibration, recipe, training, validation);
            }
            calibration.warnings().forEach(warning -> LOG.warn(warning.sentence()));
            return calibration;
        } finally {
            random.setStates(rootState, nodeState);
            trainingExamples.reset();
            validationExamples.reset();
        }
    }

    /** Ends a calibration in progress, and every later one, at its next iteration. */
    public void cancel() {
        cancelled = true;
    }

    private Calibration calibrate(
            Recipe recipe,
            long epoch,
            LongFunction<DataSetIterator> training,
            ClassifierData validation,
            List<CalibrationRun> finished) {
        validation.requireClasses();
        long allowance = options.iterationsPerSeed();
        double etaEff = recipe.etaEff(allowance, epoch);
        boolean faster = CalibrationSearch.needsMoreSpeed(options, etaEff, epoch) && recipe.canTakeHighMomentum();
        Recipe copies = faster ? recipe.withHighMomentum() : recipe;
        if (faster) {
            observer.moreMomentum();
        }
        double etaEffOfCopies = copies.etaEff(allowance, epoch);
        CalibrationSearch search = new CalibrationSearch(options, etaEffOfCopies, epoch);

        List<CalibrationRun> runs = new ArrayList<>(finished);
        Optional<Trial> trial = search.next(runs);
        while (trial.isPresent()) {
            long seed = trial.get().seed();
            CalibrationRun run = run(
                    search,
                    trial.get(),
                    copies.build(seed),
                    etaEffOfCopies,
                    new ClassifierData("training", training.apply(seed)),
                    validation,
                    spent(runs));
            runs.add(run);
            LOG.info(
                    "seed {}, lambda {}: {} at iteration {} (accuracy {}), after {} iterations",
                    run.seed(),
                    run.lambda(),
                    run.peak().verdict(),
                    Math.round(run.peak().maximumAt()),
                    run.peak().maximum(),
                    run.curve().length());
            observer.finished(run);
            trial = search.next(runs);
        }
        Calibration calibration = Calibration.of(runs, etaEff);
        if (faster) {
            calibration = calibration.withWarning(
                    "the learning rate is too small for a peak in the calibration runs, so they trained with momentum "
                            + HighMomentum.MOMENTUM);
        } else if (CalibrationSearch.needsMoreSpeed(options, etaEff, epoch)) {
            calibration = calibration.withWarning(new CalibrationWarning(
                    "the calibration runs ended before accuracy peaked: give them more steps (calibration.share of the program)",
                    CalibrationWarning.Holds.UNTIL_A_RACE));
        }
        if (recipe.hasTrained()) {
            calibration = calibration.withWarning("the network has been trained already; c is that of a fresh start, "
                    + "and how much of the budget the earlier training has used up is not known");
        }
        return calibration;
    }

    /** A race in which no network lives takes nothing from what the calibration runs have shown. */
    private Calibration withRace(
            Calibration calibration,
            Recipe recipe,
            LongFunction<DataSetIterator> training,
            DataSetIterator validation) {
        try {
            Level level = race(recipe, training, new HeldOutExamples(validation), spent(calibration.runs()));
            LOG.info("{}", level);
            return calibration.withLevels(List.of(level));
        } catch (CalibrationException dead) {
            return calibration.withWarning(
                    "the race of short runs has no winner, so lambda is c/T: " + dead.getMessage());
        }
    }

    /** The race of short runs, with the first seed. */
    private Level race(
            Recipe recipe, LongFunction<DataSetIterator> training, HeldOutExamples validation, long spentBefore) {
        long seed = options.seeds().get(0);
        long most = spentBefore + options.mostRaceIterations();
        AtomicLong spent = new AtomicLong(spentBefore);
        ShortRuns runs = new ShortRuns(recipe, training, seed, validation, (heat, iteration) -> {
            stopIfCancelled();
            observer.iteration(
                    new Trial(seed, heat.lambda(), heat.iterations()), iteration, spent.incrementAndGet(), most);
        });
        return runs.run(new LevelRace(options.budget(), LevelRace.DEFAULT_SHARE, 1))
                .level();
    }

    private CalibrationRun run(
            CalibrationSearch search,
            Trial trial,
            Network network,
            double etaEff,
            ClassifierData training,
            ClassifierData validation,
            long spentBefore) {
        Lambda.set(network.model(), trial.lambda());
        List<LearningCurve.Point> points = new ArrayList<>();
        LearningCurve curve = null;
        long most = Math.max(options.iterationsPerSeed() * options.seeds().size(), spentBefore + trial.iterations())
                + options.mostRaceIterations();
        long nextEvaluation = FIRST_EVALUATION;
        training.reset();
        boolean done = false;
        for (long iteration = 1; !done; iteration++) {
            stopIfCancelled();
            network.fit(training.nextBatch());
            boolean broken = !Double.isFinite(network.score());
            if (broken || iteration >= nextEvaluation || iteration >= trial.iterations()) {
                points.add(new LearningCurve.Point(iteration, broken ? Double.NaN : validation.accuracy(network)));
                curve = new LearningCurve(points, validation.chance(), validation.count());
                nextEvaluation = (long) Math.ceil(iteration * BETWEEN_EVALUATIONS);
                done = search.isDone(trial, curve);
            }
            observer.iteration(trial, iteration, spentBefore + iteration, most);
        }
        boolean broken = Double.isNaN(points.get(points.size() - 1).accuracy());
        return new CalibrationRun(
                trial.seed(),
                trial.lambda(),
                etaEff,
                curve,
                broken ? Double.NaN : training.accuracy(network, TRAINING_EXAMPLES_JUDGED));
    }

    private void stopIfCancelled() {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the calibration was cancelled");
        }
    }

    private static long spent(List<CalibrationRun> runs) {
        return runs.stream().mapToLong(run -> run.curve().length()).sum();
    }
}
