package io.github.autol2.research.tasks;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.TrainedNetwork;
import io.github.autol2.dl4j.TrainingObserver;
import io.github.autol2.dl4j.ValidatedTrainer;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.FreeRule;
import io.github.autol2.program.training.TrainingBatches;
import io.github.autol2.schedule.AutoL2Options;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;

/** One training run of a task with one seed, evaluated on held-out examples only. */
final class Training {

    private static final Logger LOG = LogManager.getLogger(Training.class);

    private final RunSettings settings;
    private final DataSplit data;
    private final long seed;
    private final LongConsumer done;
    private final Accuracy validation;
    private final Accuracy test;
    private final List<TaskResult.Point> curve = new ArrayList<>();

    /**
     * @param done is told the number of finished iterations
     */
    Training(RunSettings settings, DataSplit data, long seed, LongConsumer done) {
        this.settings = settings;
        this.data = data;
        this.seed = seed;
        this.done = done;
        this.validation = new Accuracy(data.validation());
        this.test = new Accuracy(data.test());
    }

    TaskResult with(Way way) {
        if (way instanceof Way.Constant constant) {
            return constant(constant.lambda(), 0);
        }
        if (way instanceof Way.FreeRule) {
            return freeRule();
        }
        if (way instanceof Way.Adaptive) {
            return adaptive();
        }
        if (way instanceof Way.TimeLaw) {
            return timeLaw();
        }
        ValidatedTrainer trainer = new ValidatedTrainer(settings.iterations()).withSeed(seed);
        return validated(way instanceof Way.Level ? trainer.withConstantLambda() : trainer);
    }

    private TaskResult constant(double lambda, long spentBefore) {
        Network network = build();
        Lambda.set(network.model(), lambda);
        train(network, iteration -> lambda);
        return result(lambda, spentBefore);
    }

    private TaskResult freeRule() {
        Network network = build();
        FreeRule rule = new FreeRule(network, settings.iterations());
        train(network, rule::after);
        return result(curve.get(curve.size() - 1).lambda(), 0);
    }

    private TaskResult adaptive() {
        Network network = build();
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(settings.iterations()));
        network.addListener(listener);
        train(network, iteration -> listener.lambda());
        return result(listener.lambda(), 0);
    }

    /** Without a prediction its user is left with no penalty. */
    private TaskResult timeLaw() {
        RunSettings own = settings.withSeeds(List.of(seed)).withoutRace();
        try {
            Calibration calibration = new CalibrationTask(own, data).calibrate(List.of(), new CalibrationObserver() {});
            return constant(calibration.predict(settings.horizon()).lambda(), calibration.iterationsSpent());
        } catch (CalibrationException nothingTrained) {
            LOG.warn("no prediction c/T: {}", nothingTrained.getMessage());
            return constant(0, CalibrationTask.most(own));
        }
    }

    /** Where the race finds no lambda at which the network trains, its user is left with no penalty. */
    private TaskResult validated(ValidatedTrainer trainer) {
        AtomicLong raced = new AtomicLong();
        try {
            return validated(trainer, raced);
        } catch (CalibrationException nothingTrained) {
            LOG.warn("the race ended without a winner: {}", nothingTrained.getMessage());
            return constant(0, raced.get());
        }
    }

    private TaskResult validated(ValidatedTrainer trainer, AtomicLong raced) {
        TrainedNetwork trained = trainer.withObserver(new TrainingObserver() {
                    @Override
                    public void raced(double lambda, long iteration) {
                        raced.incrementAndGet();
                    }

                    @Override
                    public void trained(Model network, long iteration, double lambda) {
                        evaluate(Network.of(network), iteration, lambda);
                        done.accept(iteration);
                    }
                })
                .train(
                        build().model(),
                        order -> TrainingBatches.iterator(settings, data, order),
                        new ExistingDataSetIterator(data.validation().batchBy(Accuracy.ROWS_AT_A_TIME)));
        Network best = Network.of(trained.best());
        return new TaskResult(
                trained.lambda(),
                trained.iterationsSpent(),
                new TaskResult.Point(trained.bestIteration(), trained.lambda(), validation.of(best), test.of(best)),
                curve);
    }

    private void evaluate(Network network, long iteration, double lambda) {
        if (iteration % settings.train().evaluateEvery() == 0 || iteration == settings.iterations()) {
            curve.add(new TaskResult.Point(iteration, lambda, validation.of(network), test.of(network)));
        }
    }

    private Network build() {
        return Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.classes(), seed);
    }

    private TaskResult result(double lambda, long spentBefore) {
        return new TaskResult(lambda, spentBefore + settings.iterations(), null, curve);
    }

    /** Tells lambda after an iteration, and may change it. */
    private interface AfterIteration {
        double lambda(long iteration);
    }

    private void train(Network network, AfterIteration after) {
        long iterations = settings.iterations();
        try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
            for (long iteration = 1; iteration <= iterations; iteration++) {
                network.fit(batches.next());
                evaluate(network, iteration, after.lambda(iteration));
                done.accept(iteration);
            }
        }
    }
}
