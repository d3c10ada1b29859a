package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
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
 * <p>Where the labels are no classes, as in a regression, the explained variance R2 takes the place of accuracy in all that is said here and
 * in the {@link Calibration}; R2 below 0 counts as 0.
 *
 * <p>During the race there are up to nine copies of the network in memory. It runs with the first seed.
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
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output
     * @param training   at least one batch; can be reset
     * @param validation at least two classes, or targets of a regression that differ; can be reset
     * @return c of this network on these data, with its interval
     */
    public Calibration calibrate(Model network, DataSetIterator training, DataSetIterator validation) {
        return calibrate(network, training, validation, List.of());
    }

    /**
     * Calibrates.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output. To calibrate a configuration,
     *                   make a network of it: {@code new MultiLayerNetwork(configuration)}, without {@code init()}
     * @param training   at least one batch; can be reset
     * @param validation at least two classes, or targets of a regression that differ; can be reset. It chooses; test data do
     *                   not belong here
     * @param finished   runs that an earlier, interrupted calibration with the same options has reported to its observer
     * @return c of this network on these data, with its interval
     * @throws IllegalArgumentException                           if any of these does not hold, or the budget is shorter than
     *                                                            an epoch; nothing has been trained then
     * @throws CalibrationException                               if the network trains at no lambda
     * @throws CancellationException                              after {@link #cancel()} or an interrupt
     */
    public Calibration calibrate(
            Model network, DataSetIterator training, DataSetIterator validation, List<CalibrationRun> finished) {
        return calibrate(network, LabelledExamples.fromTheStart(training), validation, finished);
    }

    /**
     * The same for training data whose order depends on the seed of a run, so that a calibration that was interrupted and goes on
     * has the very same result.
     *
     * @param network    a MultiLayerNetwork or ComputationGraph with one input and one output
     * @param training   gives an iterator for each seed, at each call at the beginning of a pass; those of two seeds differ in nothing but
     *                   the order of the examples
     * @param validation at least two classes, or targets of a regression that differ; can be reset
     * @param finished   runs that an earlier, interrupted calibration has reported to its observer
     * @return c of this network on these data, with its interval
     */
    public Calibration calibrate(
            Model network,
            LongFunction<DataSetIterator> training,
            DataSetIterator validation,
            List<CalibrationRun> finished) {
        Recipe recipe = Recipe.of(network);
        DataSetIterator first = training.apply(options.seeds().get(0));
        LabelledExamples.requireTwo(first, validation);
        LabelledExamples trainingExamples = new LabelledExamples("training", first);
        LabelledExamples validationExamples = new LabelledExamples("validation", validation);
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        try {
            CalibrationRuns calibrationRuns = new CalibrationRuns(
                    options,
                    observer,
                    this::stopIfCancelled,
                    recipe,
                    trainingExamples.pass(
                            recipe.build(options.seeds().get(0)), options.budget(), this::stopIfCancelled),
                    validationExamples);
            List<CalibrationRun> runs = calibrationRuns.run(training, finished);
            Optional<String> noWinner = Optional.empty();
            List<Level> raced = List.of();
            if (options.race()) {
                try {
                    raced = List.of(race(recipe, training, new HeldOutExamples(validation), spent(runs)));
                    LOG.info("{}", raced.get(0));
                } catch (CalibrationException dead) { // takes nothing from what the calibration runs have shown
                    noWinner = Optional.of(dead.getMessage());
                }
            }
            Calibration calibration = Calibration.of(runs, calibrationRuns.etaEffOfNetwork(), raced);
            for (CalibrationWarning warning : calibrationRuns.warnings(!raced.isEmpty())) {
                calibration = calibration.withWarning(warning);
            }
            if (recipe.hasTrained()) {
                calibration =
                        calibration.withWarning("the network has been trained already; c is that of a fresh start, "
                                + "and how much of the budget the earlier training has used up is not known");
            }
            if (noWinner.isPresent()) {
                calibration = calibration.withWarning(
                        "the race of short runs has no winner, so lambda is c/T: " + noWinner.get());
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

    /** The race of short runs, with the first seed. */
    private Level race(
            Recipe recipe, LongFunction<DataSetIterator> training, HeldOutExamples validation, long spentBefore) {
        long seed = options.seeds().get(0);
        long most = spentBefore + options.mostRaceIterations();
        AtomicLong spent = new AtomicLong(spentBefore);
        ShortRuns runs = new ShortRuns(recipe, training, seed, validation, Optional.empty(), (heat, iteration) -> {
            stopIfCancelled();
            observer.iteration(
                    new Trial(seed, heat.lambda(), heat.iterations()), iteration, spent.incrementAndGet(), most);
        });
        return runs.run(new LevelRace(options.budget(), LevelRace.DEFAULT_SHARE, runs.scale()))
                .level()
                .withHorizon(options.horizon());
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
