package io.github.autol2.program.training;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.model.Models;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains one network with one seed. */
public final class TrainingRun {

    private final RunSettings settings;
    private final DataSplit data;
    private final Optional<AutoL2Options> rule;
    private final Evaluator evaluator;

    /** Is told after each iteration how far the run is. */
    public interface Progress {

        /**
         * Is called after an iteration.
         *
         * @param done   iterations so far
         * @param lambda the current coefficient
         * @param loss   mean loss over the training examples without penalty at the last evaluation
         */
        void iteration(long done, double lambda, double loss);
    }

    /** A trained network and its record. */
    public record Outcome(RunResult result, Network network, Optional<AutoL2Listener> listener) {}

    /** A run whose lambda follows the keys {@code lambda.*}. */
    public TrainingRun(RunSettings settings, DataSplit data) {
        this(
                settings,
                data,
                settings.lambda().hasRule()
                        ? Optional.of(settings.lambda().options(settings.iterations()))
                        : Optional.empty());
    }

    /** A run with this rule instead of the keys {@code lambda.*}, which cannot say all that a program can. */
    public TrainingRun(RunSettings settings, DataSplit data, AutoL2Options rule) {
        this(settings, data, Optional.of(rule));
    }

    private TrainingRun(RunSettings settings, DataSplit data, Optional<AutoL2Options> rule) {
        this.settings = settings;
        this.data = data;
        this.rule = rule;
        this.evaluator = new Evaluator(data, Evaluator.rowsAtATime(settings));
    }

    /**
     * Builds a network and throws it away, after one step if it comes from a file: a model that cannot be trained shows before the run.
     *
     * @throws InvalidModelException if the model does not fit the data, or a model file cannot be trained
     */
    public void tryOut() {
        long seed = settings.seeds().get(0);
        Network network = build(seed);
        if (settings.model().kind() != ModelSettings.Kind.FILE) {
            return;
        }
        try {
            control(network);
            network.fit(Batches.of(
                            data, settings.train().batchSize(), settings.data().augment(), seed)
                    .next());
        } catch (RuntimeException e) { // Deeplearning4j has a dozen kinds for this
            throw new InvalidModelException(settings.model().file().orElseThrow(), "the network cannot be trained", e);
        }
    }

    private Network build(long seed) {
        return Models.build(
                settings.model(),
                settings.train(),
                settings.iterations(),
                data.shape(),
                data.classNames().size(),
                seed);
    }

    /**
     * Trains from scratch.
     *
     * @param seed of the initial weights, of the order of the batches and of their augmentation
     */
    public Outcome train(long seed, Progress progress) {
        Network network = build(seed);
        Optional<AutoL2Listener> listener = control(network);
        double constant = settings.lambda().value().orElse(Double.NaN);
        double initial = constant;
        List<CurvePoint> curve = new ArrayList<>();
        long iterations = settings.iterations();
        long start = System.nanoTime();

        try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
            for (long done = 0; done < iterations; done++) {
                network.fit(batches.next());
                double lambda = listener.map(AutoL2Listener::lambda).orElse(constant);
                if (done == 0) {
                    initial = lambda;
                }
                if ((done + 1) % settings.train().evaluateEvery() == 0 || done + 1 == iterations) {
                    curve.add(evaluator.evaluate(network, done + 1, lambda));
                }
                progress.iteration(
                        done + 1,
                        lambda,
                        curve.isEmpty()
                                ? Double.NaN
                                : curve.get(curve.size() - 1).loss());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Decision.Divide> divisions =
                listener.map(AutoL2Listener::divisions).orElse(List.of());
        return new Outcome(
                new RunResult(seed, seconds, settings.lambda().mode(), initial, divisions, curve), network, listener);
    }

    /** Puts AutoL2 or the constant lambda on the network. */
    private Optional<AutoL2Listener> control(Network network) {
        if (rule.isEmpty()) {
            settings.lambda()
                    .value()
                    .ifPresent(value -> Lambda.set(
                            network.model(), value)); // none before the calibration, when the model is tried out
            return Optional.empty();
        }
        AutoL2Listener listener = new AutoL2Listener(rule.get());
        network.addListener(listener);
        return Optional.of(listener);
    }
}
