package io.github.autol2.program.training;

import io.github.autol2.config.LambdaSettings;
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
import java.util.Locale;
import java.util.Optional;

/** Trains one network with one seed, by a constant lambda or by a rule that judges by training data. */
public final class TrainingRun implements Training {

    private static final String FREE_RULE = "free-rule";

    private final RunSettings settings;
    private final DataSplit data;
    private final Optional<AutoL2Options> rule;
    private final boolean free;
    private final boolean keepBest;
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

    /** A run whose lambda follows the keys {@code lambda.*}. */
    public TrainingRun(RunSettings settings, DataSplit data) {
        this(
                settings,
                data,
                settings.lambda().hasRule()
                        ? Optional.of(settings.lambda().options(settings.iterations()))
                        : Optional.empty(),
                false,
                false);
    }

    /** A run with this rule instead of the keys {@code lambda.*}, which cannot say all that a program can. */
    public TrainingRun(RunSettings settings, DataSplit data, AutoL2Options rule) {
        this(settings, data, Optional.of(rule), false, false);
    }

    private TrainingRun(
            RunSettings settings, DataSplit data, Optional<AutoL2Options> rule, boolean free, boolean keepBest) {
        this.settings = settings;
        this.data = data;
        this.rule = rule;
        this.free = free;
        this.keepBest = keepBest;
        this.evaluator = new Evaluator(data, Evaluator.rowsAtATime(settings));
    }

    /**
     * A run with {@link FreeRule}.
     *
     * @param settings of the run; its own lambda does not count
     */
    public static TrainingRun withFreeRule(RunSettings settings, DataSplit data) {
        return new TrainingRun(settings.withLambda(LambdaSettings.constant(0)), data, Optional.empty(), true, false);
    }

    @Override
    public TrainingRun keepingBest() {
        return new TrainingRun(settings, data, rule, free, true);
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

    @Override
    public Outcome train(long seed, Progress progress) {
        Network network = build(seed);
        Optional<AutoL2Listener> listener = control(network);
        Optional<FreeRule> freeRule =
                free ? Optional.of(new FreeRule(network, settings.iterations())) : Optional.empty();
        double constant = settings.lambda().value().orElse(Double.NaN);
        double initial = constant;
        BestNetwork best = new BestNetwork(keepBest);
        List<CurvePoint> curve = new ArrayList<>();
        long iterations = settings.iterations();
        long start = System.nanoTime();

        try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
            for (long done = 0; done < iterations; done++) {
                network.fit(batches.next());
                long iteration = done + 1;
                double lambda = listener.map(AutoL2Listener::lambda)
                        .or(() -> freeRule.map(rule -> rule.after(iteration)))
                        .orElse(constant);
                if (done == 0) {
                    initial = lambda;
                }
                if (iteration % settings.train().evaluateEvery() == 0 || iteration == iterations) {
                    CurvePoint point = evaluator.evaluate(network, iteration, lambda);
                    curve.add(point);
                    best.see(network, point);
                }
                progress.iteration(
                        iteration,
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
                new RunResult(seed, seconds, mode(), initial, divisions, curve),
                List.of(),
                iterations,
                best.or(network),
                network,
                listener);
    }

    private String mode() {
        return free ? FREE_RULE : settings.lambda().mode().name().toLowerCase(Locale.ROOT);
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
