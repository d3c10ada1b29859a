package io.github.autol2.dl4j;

import io.github.autol2.dl4j.Replicas.Replica;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.validation.ValidationDecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * AutoL2 for a {@code MultiLayerNetwork} or {@code ComputationGraph}: sets the L2 coefficient at the first iteration and divides
 * it when the loss without penalty, or the training error, starts to rise.
 *
 * <pre>{@code
 * network.addListeners(new AutoL2Listener(AutoL2Options.adaptive(iterations)));
 * network.fit(data, epochs);
 * }</pre>
 *
 * <p>Both measures come from the training step that runs anyway; there is no further forward pass. A coefficient that the user
 * has configured is replaced, the ratios between layers are kept, L1 and the other kind of penalty stay. The network remains an
 * ordinary Deeplearning4j network that holds the current lambda, whenever the listener is taken off or the network saved.
 *
 * <p>Errors: the first iteration throws an {@code IllegalStateException} if no layer takes a penalty, if the network has no
 * output layer, if it has a second AutoL2 listener, or if this listener has followed another training. A batch whose score is not finite is
 * skipped, with one warning a run.
 *
 * <p>An iteration is a parameter update, whatever its batch: a {@code DataSet} or {@code MultiDataSet} of any size, or a segment of
 * truncated backpropagation. Deeplearning4j's {@code fit} has no gradient accumulation; where it is written by hand, the first batch of
 * each iteration is measured. What a schedule of the learning rate does is said in the package {@code io.github.autol2.schedule}.
 *
 * <p>With {@link Builder#validation held-out data} their performance decides instead, and a network that is harmed goes back to the best one:
 * the rule of {@code io.github.autol2.validation}. The first lambda is that of the options.
 *
 * <p>One listener follows one training run. It may be shared by the replicas of that run (ParallelWrapper): it only touches the
 * model that it is called with, under a lock, and each replica takes a new lambda over at its next iteration.
 */
public final class AutoL2Listener extends BaseTrainingListener {

    private final AutoL2Run run;
    private final MeasuredRun measured;
    private final FollowedNetworks followed;
    private final RunReport report;
    private final CarriedCheckpoints checkpoints = new CarriedCheckpoints(this::savedRun);
    private final ListenerWatch watch = new ListenerWatch(this);
    private final ValidationPart validation; // null where training signals decide

    /** A listener with all else at its default: the L2 coefficients of all layers, no biases. */
    public AutoL2Listener(AutoL2Options options) {
        this(builder(options));
    }

    private AutoL2Listener(Builder builder) {
        this.run = builder.run.get();
        this.report = new RunReport(builder.observers, builder.historySize);
        ValidationPart validation = builder.validation == null
                ? null
                : builder.validation.begin(run.options(), List.copyOf(builder.observers));
        this.validation = validation;
        this.measured = new MeasuredRun(run, report, validation);
        Participants participants = new Participants(builder.layers, builder.biases, builder.scales);
        this.followed = builder.saved == null
                ? new FollowedNetworks(this, participants, builder.penalty)
                : new FollowedNetworks(this, builder.saved, participants);
    }

    /** For the settings beyond the rule's own. */
    public static Builder builder(AutoL2Options options) {
        Objects.requireNonNull(options, "options");
        return new Builder(options::newRun);
    }

    /**
     * For a listener that continues a saved run; put it on the network that was saved with it. The same layers take part as before;
     * the history begins anew.
     */
    public static Builder resume(SavedRun saved) {
        Builder builder = new Builder(saved.run()::resume);
        builder.saved = saved;
        return builder;
    }

    /** Puts the current lambda on the network before its score is computed. */
    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        prepare(model);
    }

    /** Puts the current lambda on the network before its score is computed. */
    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        prepare(model);
    }

    /**
     * Measures and decides: the one moment at which score, parameters, labels and the output layer belong together. A new lambda
     * acts in this very update.
     */
    @Override
    public synchronized void onBackwardPass(Model model) {
        Replica replica = follow(model);
        if (replica == null) {
            return;
        }
        long iteration = followed.iteration();
        if (!replica.firstTimeAt(iteration)) {
            return;
        }
        followed.at(iteration);
        measured.step(followed.network(), replica, iteration);
        measured.apply(replica);
    }

    /** Looks at the gradients where the updater is to be compared with them. */
    @Override
    public synchronized void onGradientCalculation(Model model) {
        if (followed.isLatest(model)) {
            followed.latest().lambda().effective().watchGradients(followed.network());
        }
    }

    /** Looks at what the updater has made of the gradients, and for new checkpoints. */
    @Override
    public synchronized void iterationDone(Model model, int iteration, int epoch) {
        if (followed.isLatest(model)) {
            followed.latest().lambda().effective().compareUpdates(followed.network());
            // Deeplearning4j counts this update later.
            measured.updated(followed.network(), followed.latest(), followed.iteration() + 1);
            carryCheckpoints();
        } else if (!Network.isNetwork(model)) {
            warnOfPretraining();
        }
    }

    /** Looks for who saves checkpoints. */
    @Override
    public synchronized void onEpochStart(Model model) {
        if (Network.isNetwork(model)) {
            checkpoints.meet(Network.of(model).listeners());
        }
    }

    /** Looks for new checkpoints. */
    @Override
    public synchronized void onEpochEnd(Model model) {
        if (followed.isLatest(model)) {
            carryCheckpoints();
        }
    }

    private void carryCheckpoints() {
        if (run.hasBegun() && validation == null) {
            checkpoints.carry();
        }
    }

    /** The current coefficient; needs a run that has begun. */
    public synchronized double lambda() {
        return validation == null ? run.lambda() : measured.lambda();
    }

    /** What was decided by held-out data but to keep everything, oldest first; empty without such data. */
    public synchronized List<ValidationDecision> validationDecisions() {
        return validation == null ? List.of() : validation.decisions();
    }

    /**
     * Brings a network back to the best one of this training, with its updater's state. Call it after the training; the network goes on
     * from there if it is trained further.
     *
     * @param model the network that was trained, or one of the same configuration
     * @return parameter updates behind the best network
     * @throws IllegalStateException without validation data, or before there were evaluations enough to tell
     */
    public synchronized long restoreBest(Model model) {
        if (validation == null) {
            throw new IllegalStateException(
                    "only a listener with validation data knows the best network: AutoL2Listener.builder(..).validation(..)");
        }
        return validation.restoreBest(Network.of(model));
    }

    /** The same; NaN before the run has begun. */
    synchronized double lambdaOrNaN() {
        return measured.lambda();
    }

    /** What a calculation on a network gives while its penalty of ours is 0. */
    synchronized double withoutPenalty(Model model, DoubleSupplier calculation) {
        Replica replica = followed.find(model);
        if (replica == null || !run.hasBegun()) {
            return calculation.getAsDouble();
        }
        replica.lambda().set(0);
        try {
            return calculation.getAsDouble();
        } finally {
            measured.apply(replica);
        }
    }

    /**
     * Time since the last division, or the start, as of the last measurement, in units of tau = 1/(etaEff lambda); 0 before the run has
     * begun, and always with the published rule, which does not measure time in tau.
     */
    public synchronized double timescalesSinceDivision() {
        return run.hasBegun() ? run.timescalesSinceDivision() : 0;
    }

    /** The same since the run began, over all its divisions. */
    public synchronized double timescales() {
        return run.hasBegun() ? run.timescales() : 0;
    }

    /** The measurements so far, thinned evenly where there were more than the history holds. */
    public synchronized List<HistoryPoint> history() {
        return report.history();
    }

    /** The divisions so far, oldest first, thinned evenly where there were more than the history holds. */
    public synchronized List<Decision.Divide> divisions() {
        return report.divisions();
    }

    /**
     * All that is needed to continue this run later; needs a run that has begun. Take it between two iterations, together with
     * the network: {@link #save} does both.
     *
     * @throws IllegalStateException with validation data: such a run cannot go on later
     */
    public synchronized SavedRun savedRun() {
        if (validation != null) {
            throw new IllegalStateException(
                    "a run with validation data cannot be saved: its best network would be lost");
        }
        return followed.save(run.snapshot());
    }

    /**
     * Saves a network as Deeplearning4j does, with this run's state in the same zip file. Plain Deeplearning4j can load it.
     * The file is replaced in one step; a failure leaves an earlier one as it was.
     */
    public void save(Model model, Path file, boolean saveUpdater) throws IOException {
        savedRun().saveWith(model, file, saveUpdater);
    }

    private synchronized void prepare(Model model) {
        Replica replica = follow(model);
        if (replica != null) {
            carryCheckpoints();
            measured.apply(replica);
        }
    }

    private void warnOfPretraining() {
        report.warnOnce(
                RunReport.Once.PRETRAINING,
                "Layer-wise pretraining shows single layers: AutoL2 takes no part in it and begins with fit.");
    }

    /** Null for a single layer in layer-wise pretraining. */
    private Replica follow(Model model) {
        if (followed.isLatest(model)) {
            return followed.follow(model);
        }
        if (!Network.isNetwork(model)) {
            warnOfPretraining();
            return null;
        }
        if (validation != null && followed.latest() != null && followed.find(model) == null) {
            throw new IllegalStateException(
                    "a listener with validation data follows a single network, and meets a second one: train without replicas");
        }
        Replica replica = followed.follow(model);
        List<TrainingListener> listeners = followed.network().listeners();
        checkpoints.meet(listeners);
        if (CarriedCheckpoints.behind(listeners, this)) {
            report.warnOnce(
                    RunReport.Once.CHECKPOINT_BEHIND,
                    "A CheckpointListener comes after AutoL2Listener: the last checkpoint of the training may not hold "
                            + "AutoL2's state. Put it before.");
        }
        watch.used();
        return replica;
    }

    /** Collects the settings of a listener. Not thread-safe. */
    public static final class Builder {
        private final Supplier<AutoL2Run> run;
        private Penalty penalty = Penalty.L2;
        private Predicate<String> layers = name -> true;
        private boolean biases;
        private boolean scales;
        private final List<AutoL2Observer> observers = new ArrayList<>();
        private int historySize = 1024;
        private SavedRun saved;
        private ValidationPart.Settings validation;

        private Builder(Supplier<AutoL2Run> run) {
            this.run = run;
        }

        /** Which penalty lambda is the coefficient of; the default is {@link Penalty#L2}. */
        public Builder penalty(Penalty kind) {
            penalty = Objects.requireNonNull(kind, "penalty");
            return this;
        }

        /**
         * Which layers take part, by name; Deeplearning4j itself names layers {@code layer0}, {@code layer1} ... The others keep
         * what the user set. The default is all.
         */
        public Builder layers(Predicate<String> filter) {
            layers = Objects.requireNonNull(filter, "layers");
            return this;
        }

        /** Whether biases take part; by default they keep what the user set, usually nothing. */
        public Builder biases(boolean included) {
            biases = included;
            return this;
        }

        /**
         * Lets held-out data decide instead of training signals. The network is evaluated outside of training after every so many updates;
         * one copy of its parameters and of its updater's state is kept. When it goes back to that, iterations, schedules and the order of the batches
         * go on. Needs options with a budget, and a single network: no replicas. Such a run cannot be saved and resumed.
         *
         * @param examples        at least one example; can be reset, and gives the same ones each time
         * @param everyIterations at least 1; a fiftieth of the budget is a good choice
         */
        public Builder validation(DataSetIterator examples, int everyIterations) {
            validation = new ValidationPart.Settings(examples, everyIterations);
            return this;
        }

        /**
         * Whether parameters take part that only scale: PReLU's slopes, element-wise multiplications, and layers with layer normalisation
         * (their gains have no list of penalties of their own). By default they keep what the user set.
         */
        public Builder scales(boolean included) {
            scales = included;
            return this;
        }

        /** Someone to tell about measurements and divisions; may be called several times. */
        public Builder observer(AutoL2Observer observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /** The most measurements (and divisions) that the history holds, at least 2; the default is 1024. */
        public Builder historySize(int points) {
            historySize = points;
            return this;
        }

        /** A listener for one training run. */
        public AutoL2Listener build() {
            return new AutoL2Listener(this);
        }
    }
}
