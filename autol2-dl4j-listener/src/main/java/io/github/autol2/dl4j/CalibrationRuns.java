package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Carries out the runs of a {@link CalibrationSearch}, one after the other, on the thread that asks for it. */
final class CalibrationRuns {

    private static final RunLog LOG = RunLog.of(LambdaCalibrator.class);

    /** Evaluations are evenly spaced in the logarithm of time, as the peak is judged there. */
    private static final double BETWEEN_EVALUATIONS = 1.06;

    private static final int FIRST_EVALUATION = 5;

    /** About as many; enough to tell 0.95 from 1. */
    private static final int TRAINING_EXAMPLES_JUDGED = 1000;

    private final CalibrationOptions options;
    private final CalibrationObserver observer;
    private final Runnable stopIfCancelled;
    private final TrainingPass pass;
    private final LabelledExamples validation;
    private final Recipe copies;
    private final double etaEffOfNetwork;
    private final double etaEff; // of the copies
    private final boolean slow; // no peak is to be expected without more speed
    private final boolean faster; // than the network
    private final CalibrationSearch search;

    /**
     * @param stopIfCancelled throws if the calibration is to end
     * @param pass            over the training data
     * @param validation      is looked at
     */
    CalibrationRuns(
            CalibrationOptions options,
            CalibrationObserver observer,
            Runnable stopIfCancelled,
            Recipe recipe,
            TrainingPass pass,
            LabelledExamples validation) {
        this.options = options;
        this.observer = observer;
        this.stopIfCancelled = stopIfCancelled;
        this.pass = pass;
        this.validation = validation;
        validation.look(recipe.build(options.seeds().get(0)));
        long allowance = options.iterationsPerSeed();
        long epoch = pass.updates();
        etaEffOfNetwork = recipe.etaEff(allowance, epoch);
        slow = CalibrationSearch.needsMoreSpeed(options, etaEffOfNetwork, epoch);
        faster = slow && recipe.canTakeHighMomentum();
        copies = faster ? recipe.withHighMomentum() : recipe;
        etaEff = copies.etaEff(allowance, epoch);
        search = new CalibrationSearch(options, etaEff, epoch);
    }

    /** Of the training that lambda is wanted for; the copies may train with another one. */
    double etaEffOfNetwork() {
        return etaEffOfNetwork;
    }

    /**
     * Runs all that are missing.
     *
     * @param finished runs that an earlier, interrupted calibration has made
     */
    List<CalibrationRun> run(LongFunction<DataSetIterator> training, List<CalibrationRun> finished) {
        if (faster) {
            observer.moreMomentum();
        }
        List<CalibrationRun> runs = new ArrayList<>(finished);
        Optional<Trial> trial = search.next(runs);
        while (trial.isPresent()) {
            long seed = trial.get().seed();
            long spent = runs.stream().mapToLong(one -> one.curve().length()).sum();
            CalibrationRun run = run(trial.get(), new LabelledExamples("training", training.apply(seed)), spent);
            runs.add(run);
            LOG.info(
                    "seed {}, lambda {}: {} at iteration {} ({} {}), after {} iterations",
                    run.seed(),
                    run.lambda(),
                    run.peak().verdict(),
                    Math.round(run.peak().maximumAt()),
                    run.curve().figure().label(),
                    run.peak().maximum(),
                    run.curve().length());
            observer.finished(run);
            trial = search.next(runs);
        }
        return runs;
    }

    private CalibrationRun run(Trial trial, LabelledExamples training, long spentBefore) {
        Network network = copies.build(trial.seed());
        Lambda.set(network.model(), trial.lambda());
        List<LearningCurve.Point> points = new ArrayList<>();
        LearningCurve curve = null;
        long most = Math.max(options.iterationsPerSeed() * options.seeds().size(), spentBefore + trial.iterations())
                + options.mostRaceIterations();
        long nextEvaluation = FIRST_EVALUATION;
        training.reset();
        boolean done = false;
        while (!done) {
            stopIfCancelled.run();
            training.fitNext(network);
            long iteration = network.iteration();
            boolean broken = !Double.isFinite(network.score());
            if (broken || iteration >= nextEvaluation || iteration >= trial.iterations()) {
                points.add(new LearningCurve.Point(iteration, broken ? Double.NaN : validation.performance(network)));
                curve = new LearningCurve(points, validation.chance(), validation.count(), metric());
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
                broken
                        ? Double.NaN
                        : training.performance(network, validation.classify(), pass.evenly(TRAINING_EXAMPLES_JUDGED)));
    }

    private Metric metric() {
        return validation.classify() ? Metric.ACCURACY : Metric.R2;
    }

    /**
     * What the speed of the runs gives rise to.
     *
     * @param raced whether a race has found lambda
     */
    List<CalibrationWarning> warnings(boolean raced) {
        if (faster) {
            return List.of(new CalibrationWarning(
                    "the learning rate is too small for a peak in the calibration runs, so they trained with momentum "
                            + HighMomentum.MOMENTUM,
                    CalibrationWarning.Holds.ALWAYS));
        }
        return slow && !raced
                ? List.of(new CalibrationWarning(
                        "the calibration runs ended before " + metric().label()
                                + " peaked: give them more steps (calibration.share of the program)",
                        CalibrationWarning.Holds.UNTIL_A_RACE))
                : List.of();
    }
}
