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

/** Collects the settings of an {@link AutoL2SameDiffListener}. Not thread-safe. */
public final class AutoL2SameDiffListenerBuilder {

    private final Supplier<AutoL2Run> run;
    private final SavedRun saved; // null for a run that begins
    private Penalty penalty = Penalty.L2;
    private Predicate<String> variables = name -> true;
    private boolean biases;
    private SameDiffLoss.Source source = new SameDiffLoss.Loss();
    private final List<AutoL2Observer> observers = new ArrayList<>();
    private int historySize = RunReport.HISTORY_SIZE;
    private ValidationPart.Settings validation; // null where training signals decide

    /** For a run that begins. */
    AutoL2SameDiffListenerBuilder(AutoL2Options options) {
        this.run = options::newRun;
        this.saved = null;
    }

    /** For a run that goes on. */
    AutoL2SameDiffListenerBuilder(SavedRun saved) {
        this.run = saved.state().run()::resume;
        this.saved = saved;
        this.penalty = saved.state().penalty();
        this.biases = saved.state().biases();
    }

    /**
     * Which penalty lambda is the coefficient of; the default is {@link Penalty#L2}.
     *
     * @param kind of penalty
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2SameDiffListenerBuilder penalty(Penalty kind) {
        refuseOfASavedRun("penalty");
        penalty = Objects.requireNonNull(kind, "penalty");
        return this;
    }

    /**
     * Which of the variables that train take part, by name. The others keep what the training configuration says. The default is all of
     * them. Biases and gains are left out whatever their names are, unless {@link #biases} says otherwise: {@code biases(true)} and a filter
     * choose by name alone.
     *
     * @param filter true for the names of those that take part
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2SameDiffListenerBuilder variables(Predicate<String> filter) {
        refuseOfASavedRun("variables");
        variables = Objects.requireNonNull(filter, "variables");
        return this;
    }

    /**
     * Whether biases, and the gains of normalisations, take part: variables of rank 0 and 1, and rows and columns of a higher rank, as
     * {@code sd.var("b", DataType.FLOAT, 1, n)}, that are only ever added or multiplied element by element. If then everything that trains
     * takes part, the penalty stands in SameDiff's own training configuration, and a saved network has it.
     *
     * @param included whether they do
     * @return this builder
     * @throws IllegalStateException if a saved run goes on, which keeps its own
     */
    public AutoL2SameDiffListenerBuilder biases(boolean included) {
        refuseOfASavedRun("biases");
        biases = included;
        return this;
    }

    /**
     * Where a classifier's training error is to be read, for a loss that is not one of SameDiff's.
     *
     * @param predictions a variable that is computed on the way to the loss, {@code [minibatch, classes]}, the larger the more likely
     * @param labels      a label variable of the training configuration, {@code [minibatch, classes]} or the numbers of the classes
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder classes(String predictions, String labels) {
        source = new SameDiffLoss.Named(
                Objects.requireNonNull(predictions, "predictions"), Objects.requireNonNull(labels, "labels"));
        return this;
    }

    /**
     * There are no classes, and so no training error, whatever the loss is.
     *
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder regression() {
        source = new SameDiffLoss.None();
        return this;
    }

    /**
     * Lets held-out data decide instead of training signals, as {@link AutoL2ListenerBuilder#validation(DataSetIterator, int)} does: the
     * same rule, the same budget, the same options, and one copy of the parameters and of the updater's state. Iterations and epochs count
     * on when the network goes back, and so do schedules and the order of the batches.
     *
     * <p>Labels that are one-hot, or a column of zeros and ones, make an accuracy, from what the loss takes or {@link #classes} names; with
     * others, or after {@link #regression}, the loss alone decides. SameDiff's own losses, with a mean or a sum behind them at most, are
     * calculated batch by batch, a loss written by hand one example at a time. Needs one feature and one label variable. The first
     * iteration throws an {@code IllegalStateException} before any update if the network does not take the first batch. A run that goes on
     * needs the same examples again, and everyIterations as before.
     *
     * @param examples        of at least two classes, or of a quantity; with fewer than
     *                        {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset,
     *                        and gives the same ones each time, in whatever order
     * @param everyIterations at least 1 and at most a third of the budget
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder validation(DataSetIterator examples, int everyIterations) {
        validation = new ValidationPart.Settings(examples, OptionalInt.of(everyIterations));
        return this;
    }

    /**
     * {@link #validation(DataSetIterator, int)} as often as {@link AutoL2ListenerBuilder#validation(DataSetIterator)} says.
     *
     * @param examples of at least two classes, or of a quantity; with fewer than
     *                 {@value io.github.autol2.validation.ValidationOptions#FEWEST_EXAMPLES} nothing counts as harm; can be reset, and
     *                 gives the same ones each time, in whatever order
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder validation(DataSetIterator examples) {
        validation = new ValidationPart.Settings(examples, OptionalInt.empty());
        return this;
    }

    /**
     * Someone to tell about measurements and changes of lambda; may be called several times.
     *
     * @param observer is told on the thread that trains
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder observer(AutoL2Observer observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * The most measurements (and changes of lambda) that the history holds; the default is {@value RunReport#HISTORY_SIZE}.
     *
     * @param points at least 2
     * @return this builder
     */
    public AutoL2SameDiffListenerBuilder historySize(int points) {
        historySize = points;
        return this;
    }

    private void refuseOfASavedRun(String setting) {
        if (saved != null) {
            throw new IllegalStateException(setting
                    + "(..) cannot be set for a run that goes on: the same variables take part as before it was saved");
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

    List<LambdaSchedule.Step> steps() {
        return saved == null ? List.of() : saved.state().steps();
    }

    Optional<SavedRun> saved() {
        return Optional.ofNullable(saved);
    }

    Penalty penalty() {
        return penalty;
    }

    Predicate<String> variables() {
        return variables;
    }

    boolean biases() {
        return biases;
    }

    SameDiffLoss.Source source() {
        return source;
    }

    /**
     * {@return a listener for one training run}
     *
     * @throws IllegalStateException    if held-out data decide in a saved run that goes on, and are not given again
     * @throws IllegalArgumentException if the options do not go with {@link #validation validation data}, or these are not those of the
     *                                  saved run
     */
    public AutoL2SameDiffListener build() {
        return new AutoL2SameDiffListener(this);
    }
}
