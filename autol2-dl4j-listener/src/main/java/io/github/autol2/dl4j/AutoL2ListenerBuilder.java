package io.github.autol2.dl4j;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Collects the settings of an {@link AutoL2Listener}. Not thread-safe. */
public final class AutoL2ListenerBuilder {

    private final Supplier<AutoL2Run> run;
    private final SavedRun saved; // null for a run that begins
    private Penalty penalty = Penalty.L2;
    private Predicate<String> layers = name -> true;
    private boolean biases;
    private boolean scales;
    private final List<AutoL2Observer> observers = new ArrayList<>();
    private int historySize = RunReport.HISTORY_SIZE;
    private ValidationPart.Settings validation;

    /** For a run that begins. */
    AutoL2ListenerBuilder(AutoL2Options options) {
        this.run = options::newRun;
        this.saved = null;
    }

    /** For a run that goes on. */
    AutoL2ListenerBuilder(SavedRun saved) {
        this.run = saved.state().run()::resume;
        this.saved = saved;
    }

    /**
     * Which penalty lambda is the coefficient of; the default is {@link Penalty#L2}.
     *
     * @param kind of penalty
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2ListenerBuilder penalty(Penalty kind) {
        refuseOfASavedRun("penalty");
        penalty = Objects.requireNonNull(kind, "penalty");
        return this;
    }

    /**
     * Which layers take part, by name; Deeplearning4j itself names layers {@code layer0}, {@code layer1} ... The others keep
     * what the user set. The default is all.
     *
     * @param filter true for the names of the layers that take part
     * @return this builder
     */
    public AutoL2ListenerBuilder layers(Predicate<String> filter) {
        layers = Objects.requireNonNull(filter, "layers");
        return this;
    }

    /**
     * Whether biases take part; by default they keep what the user set, usually nothing.
     *
     * @param included whether they do
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2ListenerBuilder biases(boolean included) {
        refuseOfASavedRun("biases");
        biases = included;
        return this;
    }

    /**
     * Lets held-out data decide instead of training signals. The network is evaluated outside of training after every so many updates;
     * one copy of its parameters and of its updater's state is kept. When it goes back to that, iterations, schedules and the order of
     * the batches go on. At the end of the budget, which is counted from the run's first iteration, it comes back, too, if the last network
     * is worse by more than a standard error. A training that ends before its budget keeps its last network, and one that goes on beyond
     * it holds lambda and keeps its last network, too: {@link AutoL2Listener#restoreBest} gives the best one.
     *
     * <p>Where each example has one class (one-hot labels, a column of zeros and ones, or shares below a softmax) accuracy judges, at a
     * threshold of a half for a column; elsewhere the loss does. With rare positives accuracy hardly moves, so give them their share.
     *
     * <p>Needs options with a budget, and a single network with one input and one output: no replicas, no graphs with several of them; and one
     * that takes the first batch of the examples, at which a copy of it looks. Otherwise the first iteration throws an
     * {@code IllegalStateException} before any update. All examples are read twice by {@link #build}. Of the options, {@code minimumLambda} is the floor,
     * {@code decayFactor} and {@code measureEvery} hold as ever; {@code refractory} and {@code holdFrom} belong to training signals, and
     * other values than the usual ones are refused by {@link #build}. A run that goes on needs the same examples again, and everyIterations as
     * before. {@link AutoL2Listener#save} keeps the best network beside the one in training; the checkpoints of
     * Deeplearning4j's CheckpointListener do not.
     *
     * @param examples        of at least two classes, or of a quantity; with fewer than
     *                        {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset,
     *                        and gives the same ones each time, in whatever order
     * @param everyIterations at least 1 and at most a third of the budget, because the rule judges by three evaluations; above a third of
     *                        the refractory period, a tenth of the budget, lambda is divided late, and the log says so
     * @return this builder
     */
    public AutoL2ListenerBuilder validation(DataSetIterator examples, int everyIterations) {
        validation = new ValidationPart.Settings(examples, OptionalInt.of(everyIterations));
        return this;
    }

    /**
     * {@link #validation(DataSetIterator, int)} with an evaluation after each fiftieth of the budget, but not more often than every 10
     * iterations where that leaves room for three. Beyond the budget they become rarer, as many as within it each time that the run's length
     * grows to e times as much.
     *
     * @param examples of at least two classes, or of a quantity; with fewer than
     *                 {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset, and
     *                 gives the same ones each time, in whatever order
     * @return this builder
     */
    public AutoL2ListenerBuilder validation(DataSetIterator examples) {
        validation = new ValidationPart.Settings(examples, OptionalInt.empty());
        return this;
    }

    /**
     * Whether parameters take part that only scale: PReLU's slopes, element-wise multiplications, and layers with layer normalisation
     * (their gains have no list of penalties of their own). By default they keep what the user set.
     *
     * @param included whether they do
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2ListenerBuilder scales(boolean included) {
        refuseOfASavedRun("scales");
        scales = included;
        return this;
    }

    /**
     * Someone to tell about measurements and changes of lambda; may be called several times.
     *
     * @param observer is told on the thread that trains
     * @return this builder
     */
    public AutoL2ListenerBuilder observer(AutoL2Observer observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * The most measurements (and changes of lambda) that the history holds, at least 2; the default is 1024.
     *
     * @param points at least 2
     * @return this builder
     */
    public AutoL2ListenerBuilder historySize(int points) {
        historySize = points;
        return this;
    }

    private void refuseOfASavedRun(String setting) {
        if (saved != null) {
            throw new IllegalStateException(
                    setting
                            + "(..) cannot be set for a run that goes on: the same parameters take part as before it was saved");
        }
    }

    AutoL2Run newRun() {
        return run.get();
    }

    RunReport newReport() {
        return new RunReport(observers, historySize);
    }

    /** Null where training signals decide. */
    ValidationPart validationOf(AutoL2Run begun) {
        return ValidationPart.of(validation, begun, saved);
    }

    FollowedNetworks followedBy(AutoL2Listener listener) {
        return saved == null
                ? new FollowedNetworks(listener, participants(), penalty, keepsOwn())
                : new FollowedNetworks(listener, saved, participants());
    }

    /** Whether a network keeps its own coefficients if lambda begins with the largest of them: not beside a lambda that the user chose. */
    boolean keepsOwn() {
        return run.get().options().fixedLambda().isEmpty();
    }

    /** As the user chose them; a saved run names its own. */
    Participants participants() {
        return new Participants(layers, biases, scales);
    }

    /** Of a run that begins. */
    Penalty penalty() {
        return penalty;
    }

    /** Whether held-out data are to decide. */
    boolean hasValidation() {
        return validation != null;
    }

    /** The run that goes on; empty for one that begins. */
    Optional<SavedRun> saved() {
        return Optional.ofNullable(saved);
    }

    /** Of lambda, before a saved run goes on; empty for one that begins. */
    double sampledPenalty() {
        return saved == null ? 0 : saved.state().sampledPenalty();
    }

    List<LambdaSchedule.Step> steps() {
        return saved == null ? List.of() : saved.state().steps();
    }

    /**
     * {@return a listener for one training run}
     *
     * @throws IllegalStateException    if held-out data decide in a saved run that goes on, and are not given again
     * @throws IllegalArgumentException if the options do not go with {@link #validation validation data}, or these are not those of the
     *                                  saved run
     */
    public AutoL2Listener build() {
        return new AutoL2Listener(this);
    }
}
