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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** Trains one network with one seed, by a constant lambda or by a rule that judges by training data. */
public final class TrainingRun implements Training {

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
         * @param loss   mean loss over the training examples without penalty at the last evaluation; NaN where it was not measured
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
                settings.lambda().mode() == LambdaSettings.Mode.FREE,
                false,
                new Evaluator(data, Evaluator.rowsAtATime(settings)));
    }

    /** A run with this rule instead of the keys {@code lambda.*}, which cannot say all that a program can. */
    public TrainingRun(RunSettings settings, DataSplit data, AutoL2Options rule) {
        this(settings, data, Optional.of(rule), false, false, new Evaluator(data, Evaluator.rowsAtATime(settings)));
    }

    private TrainingRun(
            RunSettings settings,
            DataSplit data,
            Optional<AutoL2Options> rule,
            boolean free,
            boolean keepBest,
            Evaluator evaluator) {
        this.settings = settings;
        this.data = data;
        this.rule = rule;
        this.free = free;
        this.keepBest = keepBest;
        this.evaluator = evaluator;
    }

    /**
     * A run with {@link FreeRule}.
     *
     * @param settings of the run; its own lambda does not count
     */
    public static TrainingRun withFreeRule(RunSettings settings, DataSplit data) {
        return new TrainingRun(settings.withLambda(LambdaSettings.free()), data);
    }

    @Override
    public TrainingRun keepingBest() {
        return new TrainingRun(settings, data, rule, free, true, evaluator);
    }

    @Override
    public TrainingRun withTrainingAtEndOnly() {
        return new TrainingRun(settings, data, rule, free, keepBest, evaluator.withTrainingFrom(settings.iterations()));
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
            throw new InvalidModelException(
                    settings.model().file().orElseThrow().file(), "the network cannot be trained", e);
        }
    }

    private Network build(long seed) {
        return Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.target(), seed);
    }

    @Override
    public Outcome train(long seed, Progress progress) {
        Network network = build(seed);
        Course course = new Course(network, control(network));
        try {
            course.run(seed, progress, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is kept, so nothing can fail", e);
        }
        return course.outcome(seed);
    }

    /**
     * Trains, or goes on where an earlier run with the same settings and this seed was interrupted; its state is kept on the way, and the
     * trained network at the end.
     *
     * @throws IOException           if the state cannot be read or written
     * @throws IllegalStateException for a run that keeps its best network, which is not a part of the state
     */
    public RunResult train(long seed, Progress progress, KeptTraining kept) throws IOException {
        if (keepBest) {
            throw new IllegalStateException("the best network is not kept for an interrupted run");
        }
        Optional<KeptTraining.Kept> before = kept.read(rule.isPresent());
        Network network = build(seed); // also for its random numbers and helpers
        Course course = before.isEmpty()
                ? new Course(network, control(network))
                : new Course(
                        before.get().network(), goOn(before.get()), before.get().state());
        course.run(seed, progress, Optional.of(kept));
        return course.result(seed);
    }

    private static Optional<AutoL2Listener> goOn(KeptTraining.Kept kept) {
        Optional<AutoL2Listener> listener =
                kept.rule().map(saved -> AutoL2Listener.resume(saved).build());
        listener.ifPresent(kept.network()::addListener);
        Nd4j.getRandom().setStates(kept.state().rootState(), kept.state().nodeState());
        return listener;
    }

    /** One network on its way through the run. */
    private final class Course {
        private final Network network;
        private final Optional<AutoL2Listener> listener;
        private final Optional<FreeRule> freeRule;
        private final BestNetwork best = new BestNetwork(keepBest);
        private final long begin;
        private final double secondsBefore;
        private final List<Decision.Change> divisionsBefore;
        private final List<CurvePoint> curve;
        private final double constant = settings.lambda().value().orElse(Double.NaN);
        private final long start = System.nanoTime();
        private double initial;
        private long done;
        private double written; // seconds since the start
        private double writing; // seconds that it took the last time

        Course(Network network, Optional<AutoL2Listener> listener) {
            this(network, listener, KeptTraining.State.now(0, 0, Double.NaN, List.of(), List.of()));
        }

        Course(Network network, Optional<AutoL2Listener> listener, KeptTraining.State before) {
            this.network = network;
            this.listener = listener;
            freeRule = free ? Optional.of(freeRule(before)) : Optional.empty();
            begin = before.done();
            done = begin;
            secondsBefore = before.seconds();
            divisionsBefore = before.divisions();
            curve = new ArrayList<>(before.curve());
            initial = before.initialLambda();
        }

        private FreeRule freeRule(KeptTraining.State before) {
            return before.curve().isEmpty()
                    ? new FreeRule(network, settings.iterations())
                    : FreeRule.goOn(
                            network,
                            settings.iterations(),
                            before.curve().get(before.curve().size() - 1).lambda());
        }

        void run(long seed, Progress progress, Optional<KeptTraining> kept) throws IOException {
            long iterations = settings.iterations();
            try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
                batches.skip(begin);
                while (done < iterations) {
                    batches.fitNext(network);
                    done++;
                    double lambda = lambda();
                    if (done == 1) {
                        initial = lambda;
                    }
                    if (done % settings.train().evaluateEvery() == 0 || done == iterations) {
                        CurvePoint point = evaluator.evaluate(network, done, lambda);
                        curve.add(point);
                        best.see(network, point);
                        if (kept.isPresent()) {
                            keep(kept.get(), done == iterations);
                        }
                    }
                    progress.iteration(done, lambda, loss());
                }
            }
        }

        /** lambda of the next update. */
        private double lambda() {
            return listener.map(AutoL2Listener::lambda)
                    .or(() -> freeRule.map(rule -> rule.after(done)))
                    .orElse(constant);
        }

        private double loss() {
            return curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).loss();
        }

        private void keep(KeptTraining kept, boolean end) throws IOException {
            double now = seconds();
            if (end || kept.isDue(now - written, writing)) {
                kept.write(
                        KeptTraining.State.now(done, secondsBefore + now, initial, divisions(), curve),
                        network,
                        listener);
                written = seconds();
                writing = written - now;
            }
        }

        private double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }

        private List<Decision.Change> divisions() {
            List<Decision.Change> divisions = new ArrayList<>(divisionsBefore);
            listener.ifPresent(one -> divisions.addAll(one.changes()));
            return divisions;
        }

        RunResult result(long seed) {
            return new RunResult(seed, secondsBefore + seconds(), mode(), initial, divisions(), curve);
        }

        Outcome outcome(long seed) {
            return new Outcome(
                    result(seed),
                    List.of(),
                    settings.iterations(),
                    best.or(network),
                    network,
                    Optional.empty(),
                    listener);
        }
    }

    private String mode() {
        return settings.lambda().mode().name().toLowerCase(Locale.ROOT);
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
