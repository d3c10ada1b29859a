package io.github.autol2.program.training;

import io.github.autol2.dl4j.TrainedNetwork;
import io.github.autol2.dl4j.TrainingObserver;
import io.github.autol2.dl4j.ValidatedTrainer;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Portions;
import io.github.autol2.program.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;

/** AutoL2 with validation data: a race of short runs, whose winner goes on as the training. It hands out its best network. */
public final class ValidatedRun implements Training {

    /** How it chooses lambda, for result files. */
    static final String MODE = "validated";

    private final RunSettings settings;
    private final DataSplit data;
    private final Optional<Level> level;
    private final boolean hold;
    private final boolean keepBest;
    private final Evaluator evaluator;

    /**
     * A run with a race of its own.
     *
     * @param settings of the run; its own lambda does not count
     */
    public ValidatedRun(RunSettings settings, DataSplit data) {
        this(settings, data, Optional.empty());
    }

    /**
     * @param settings of the run; its own lambda does not count
     * @param level    what a race for this run has shown, if there was one
     */
    public ValidatedRun(RunSettings settings, DataSplit data, Optional<Level> level) {
        this(settings, data, level, false, false, new Evaluator(data, Evaluator.rowsAtATime(settings)));
    }

    private ValidatedRun(
            RunSettings settings,
            DataSplit data,
            Optional<Level> level,
            boolean hold,
            boolean keepBest,
            Evaluator evaluator) {
        this.settings = settings;
        this.data = data;
        this.level = level;
        this.hold = hold;
        this.keepBest = keepBest;
        this.evaluator = evaluator;
    }

    /** Returns the same run that holds lambda to the end: that of the race's winner, or half a decade below it. */
    public ValidatedRun holdingLambda() {
        return new ValidatedRun(settings, data, level, true, keepBest, evaluator);
    }

    @Override
    public ValidatedRun keepingBest() {
        return new ValidatedRun(settings, data, level, hold, true, evaluator);
    }

    @Override
    public ValidatedRun withTrainingAtEndOnly() {
        return new ValidatedRun(
                settings, data, level, hold, keepBest, evaluator.withTrainingFrom(settings.iterations()));
    }

    @Override
    public Outcome train(long seed, TrainingRun.Progress progress) {
        Watcher watcher = new Watcher(progress);
        long start = System.nanoTime();
        Network recipe = Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.target(), seed);
        ValidatedTrainer trainer =
                new ValidatedTrainer(settings.iterations()).withSeed(seed).withObserver(watcher);
        trainer = hold ? trainer.withConstantLambda().withRunOff() : trainer;
        TrainedNetwork trained = level.map(trainer::withLevel)
                .orElse(trainer)
                .train(
                        recipe.model(),
                        order -> TrainingBatches.iterator(settings, data, order),
                        new ExistingDataSetIterator(Portions.of(data.validation(), Evaluator.rowsAtATime(settings))));
        double seconds = (System.nanoTime() - start) / 1e9;
        Network best = Network.of(trained.best());
        CurvePoint kept = evaluator.evaluate(best, trained.bestIteration(), trained.lambda());
        watcher.seeBefore(best, kept);
        Network last = Network.of(trained.last());
        return new Outcome(
                new RunResult(seed, seconds, MODE, trained.level().lambda(), List.of(), watcher.curve),
                watcher.changes,
                trained.iterationsSpent(),
                watcher.best.or(last),
                last,
                Optional.of(kept),
                Optional.empty());
    }

    /** Watches the training; the short runs are not its own. */
    private final class Watcher implements TrainingObserver {
        private final TrainingRun.Progress progress;
        private final BestNetwork best = new BestNetwork(keepBest);
        private final List<CurvePoint> curve = new ArrayList<>();
        private final List<LambdaChange> changes = new ArrayList<>();
        private double lambda = Double.NaN;
        private double loss = Double.NaN;

        private Watcher(TrainingRun.Progress progress) {
            this.progress = progress;
        }

        /** A best network of before the training's first evaluation: it is that of the winner's short run. */
        private void seeBefore(Network network, CurvePoint point) {
            if (curve.isEmpty() || point.step() < curve.get(0).step()) {
                curve.add(0, point);
                best.see(network, point);
            }
        }

        @Override
        public void trained(Model model, long iteration, double next) {
            if (next != lambda && !Double.isNaN(lambda)) {
                changes.add(new LambdaChange(iteration, next));
            }
            lambda = next;
            if (iteration % settings.train().evaluateEvery() == 0 || iteration == settings.iterations()) {
                Network network = Network.of(model);
                CurvePoint point = evaluator.evaluate(network, iteration, next);
                curve.add(point);
                best.see(network, point);
                loss = point.loss();
            }
            progress.iteration(iteration, next, loss);
        }
    }
}
