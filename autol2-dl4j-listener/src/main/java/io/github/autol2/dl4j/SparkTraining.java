package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.TrainingStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * One rule on the driver of a training on Spark. After each split Deeplearning4j brings here what the workers saw of it, when the driver's
 * network has its new parameters and before they go out again; so does the lambda that comes of it. Thread-safe.
 */
final class SparkTraining implements StatsStorageRouter {

    private final Network network;
    private final Supplier<? extends Model> trained; // now, by Spark
    private final int splitLength; // iterations
    private final AutoL2ListenerBuilder settings;
    private final SparkProbe probe;
    private final AutoL2Run run;
    private final RunReport report;
    private final Decisions decisions;
    private final NetworkLambda lambda;
    private final Penalty penalty;
    private StatsStorageRouter others; // null: nobody else
    private long
            nextIteration; // updates that were made; Deeplearning4j counts a whole split, also where its workers had
    // fewer
    private boolean beyondSplit; // more updates in a split than Deeplearning4j counts

    /**
     * @param trained     the driver's network
     * @param splitLength iterations between two averagings, at least 1
     * @param keepsState  whether the updaters' state is averaged and handed on
     * @throws IllegalStateException if nothing takes part, or the updaters do not show what they make of a penalty
     */
    SparkTraining(
            Supplier<? extends Model> trained, int splitLength, boolean keepsState, AutoL2ListenerBuilder settings) {
        this.trained = trained;
        this.network = Network.of(trained.get());
        this.splitLength = splitLength;
        this.settings = settings;
        this.run = settings.newRun();
        this.report = settings.newReport();
        this.decisions = new Decisions(run, report, null, settings.steps());
        this.penalty = settings.saved().map(saved -> saved.state().penalty()).orElse(settings.penalty());
        SparkGuard.requireTrainable(network, settings);
        List<PenalisedParameters> penalised = PenalisedParameters.of(network, participants());
        this.lambda = new NetworkLambda(
                network,
                penalised,
                penalty,
                settings.keepsOwn(),
                settings.saved().map(SavedRun::coefficients).orElse(Coefficients.NOT_READ));
        if (run.options().needLearningRate() && penalty == Penalty.L2) {
            SparkGuard.requireKnownUpdaters(network, penalised, keepsState);
        }
        this.probe = run.options().needLearningRate()
                ? new SparkProbe(penalty, lambda.coefficients(), participants().biases())
                : new SparkProbe();
    }

    SparkProbe probe() {
        return probe;
    }

    synchronized double lambda() {
        return decisions.lambda();
    }

    synchronized List<HistoryPoint> history() {
        return report.history();
    }

    synchronized List<Decision.Change> changes() {
        return report.changes();
    }

    /** Hands on what is not of ours. */
    synchronized void forwardTo(StatsStorageRouter router) {
        others = router;
    }

    /** Chooses the first lambda by a training step on a copy of the driver's network. */
    synchronized void begin(SparkStart.Step step) {
        AutoL2Options options = run.options();
        TrainingStart start = SparkStart.of(network, settings.participants(), penalty, options, step);
        nextIteration = network.iteration();
        decisions.begin(nextIteration, start);
        lambda.begin(decisions.lambda());
        report.takePart(lambda, decisions.lambda());
        goOn(network.iteration());
    }

    /** Continues a saved run. */
    synchronized void resume(SavedRun saved) {
        nextIteration = saved.state().nextIteration();
        beyondSplit = saved.state().iterationOffset() > 0;
        SavedRun.lostIterations(
                nextIteration, network.iteration() + saved.state().iterationOffset());
        goOn(network.iteration());
    }

    /** Before a split. The workers count as Deeplearning4j does, which its schedules of the learning rate follow. */
    private void goOn(int iteration) {
        lambda.set(decisions.lambda());
        probe.beginAt(iteration, decisions.lambda());
    }

    private Participants participants() {
        Participants chosen = settings.participants();
        return settings.saved()
                .map(saved -> new Participants(chosen.layers(), saved.state().biases(), true)) // the ratios choose
                .orElse(chosen);
    }

    @Override
    public synchronized void putUpdate(Collection<? extends Persistable> updates) {
        Map<Integer, List<SparkIteration>> ours = new TreeMap<>();
        List<Persistable> foreign = new ArrayList<>();
        for (Persistable update : updates) {
            if (update instanceof SparkIteration seen) {
                ours.computeIfAbsent(seen.position(), position -> new ArrayList<>())
                        .add(seen);
            } else {
                foreign.add(update);
            }
        }
        if (!ours.isEmpty()) {
            split(ours);
        }
        if (others != null && !foreign.isEmpty()) {
            others.putUpdate(foreign);
        }
    }

    /** The iterations of a split, each as the mean over the workers that had it. */
    @SuppressWarnings("ReferenceEquality") // an equal network is another one
    private void split(Map<Integer, List<SparkIteration>> iterations) {
        if (trained.get() != network.model()) {
            throw new IllegalStateException(
                    "the network that Spark trains has been replaced since AutoL2 was attached: "
                            + "attach it again, for a new run");
        }
        long first = nextIteration;
        beyondSplit |= iterations.size() > splitLength;
        decisions.actFrom(network.iteration() + (long) splitLength);
        iterations.forEach((position, seen) -> decide(first + position, seen));
        nextIteration = first + iterations.size();
        goOn(network.iteration() + splitLength);
    }

    private void decide(long iteration, List<SparkIteration> seen) {
        double loss = mean(seen, SparkIteration::loss);
        double held = mean(seen, SparkIteration::penalty);
        if (!decisions.count(iteration, loss, held)) {
            return;
        }
        if (run.wantsSample(iteration)) {
            double error = mean(seen, SparkIteration::error);
            OptionalDouble known = Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error);
            double etaEff = mean(seen, SparkIteration::etaEff);
            decisions.measure(new Sample(iteration, loss, held, known, etaEff, false));
        } else {
            run.add(loss);
        }
    }

    /** In an order of its own, so that it does not depend on which worker was done first. */
    private static double mean(List<SparkIteration> seen, ToDoubleFunction<SparkIteration> value) {
        return seen.stream().mapToDouble(value).sorted().average().orElseThrow();
    }

    /**
     * What is needed to continue later, taken between two calls of Spark's fit.
     *
     * @throws IllegalStateException before the run has begun
     */
    synchronized SavedRun savedRun() {
        return new SavedRun(new SavedRun.State(
                SavedRun.VERSION,
                nextIteration,
                nextIteration - network.iteration(),
                penalty,
                participants().biases(),
                lambda.coefficients().ratios(),
                lambda.coefficients().own(),
                Map.of(),
                decisions.steps(),
                repetition(),
                0,
                run.snapshot(),
                Optional.empty()));
    }

    /**
     * What lambda was at each iteration.
     *
     * @throws IllegalStateException if it does not repeat the run
     */
    synchronized LambdaSchedule schedule() {
        repetition().require();
        return lambda.coefficients().schedule(decisions.steps(), penalty);
    }

    private Repetition repetition() {
        Repetition before =
                settings.saved().map(saved -> saved.state().repetition()).orElse(Repetition.EXACT);
        if (before != Repetition.EXACT) {
            return before;
        }
        if (network.model() instanceof ComputationGraph) {
            return Repetition.GRAPH_ON_SPARK;
        }
        return beyondSplit ? Repetition.UNCOUNTED : Repetition.EXACT;
    }

    synchronized void save(Path file) throws IOException {
        savedRun().saveWith(network.model(), file, true);
    }

    @Override
    public synchronized void putUpdate(Persistable update) {
        putUpdate(List.of(update));
    }

    @Override
    public synchronized void putStorageMetaData(StorageMetaData metaData) {
        putStorageMetaData(List.of(metaData));
    }

    @Override
    public synchronized void putStorageMetaData(Collection<? extends StorageMetaData> metaData) {
        if (others != null) {
            others.putStorageMetaData(metaData);
        }
    }

    @Override
    public synchronized void putStaticInfo(Persistable info) {
        putStaticInfo(List.of(info));
    }

    @Override
    public synchronized void putStaticInfo(Collection<? extends Persistable> info) {
        if (others != null) {
            others.putStaticInfo(info);
        }
    }
}
