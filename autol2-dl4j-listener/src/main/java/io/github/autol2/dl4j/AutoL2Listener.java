package io.github.autol2.dl4j;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.validation.ValidationDecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * AutoL2 for a {@code MultiLayerNetwork} or {@code ComputationGraph}: sets the L2 coefficient while the network trains, as the rule of
 * its options says. {@link AutoL2Options#adaptive()} leaves a classifier's own coefficients as they are, or nothing without them, until it
 * fits its training data; it raises lambda then, once, and divides it from there on. {@link AutoL2Options#paper()} begins with a large lambda and
 * divides it when the loss without penalty, or the training error, starts to rise.
 *
 * <pre>{@code
 * network.addListeners(new AutoL2Listener(AutoL2Options.adaptive(iterations)));
 * network.fit(data, epochs);
 * }</pre>
 *
 * <p>Both measures come from the training step that runs anyway; there is no further forward pass, unless held-out data are
 * evaluated. A coefficient that the user has configured is replaced where the rule sets lambda, the ratios between layers are kept, L1 and the other kind of penalty stay. The network remains an
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
 * <p>With {@link AutoL2ListenerBuilder#validation held-out data} their performance decides instead, and a network that is harmed goes back to the best one:
 * the rule of {@code io.github.autol2.validation}. lambda begins as it does
 * without them, and is raised to that of {@link AutoL2Options#fromTheStart} once the network overfits.
 *
 * <p>One listener follows one training run. It may be shared by the replicas of that run (ParallelWrapper): it only touches the
 * model that it is called with, under a lock, and each replica takes a new lambda over at its next iteration. Another
 * network, such as another fold of a cross-validation, at the same time or later, needs a listener of its own, and is refused.
 */
public final class AutoL2Listener extends BaseTrainingListener {

    private final AutoL2Run run;
    private final RunReport report;
    private final ListenedTraining training;

    /**
     * A listener with all else at its default: the L2 coefficients of all layers, no biases.
     *
     * @param options of the rule
     */
    public AutoL2Listener(AutoL2Options options) {
        this(builder(options));
    }

    AutoL2Listener(AutoL2ListenerBuilder builder) {
        this.run = builder.newRun();
        this.report = builder.newReport();
        this.training = new ListenedTraining(
                this,
                run,
                report,
                builder.validationOf(run),
                builder.followedBy(this),
                builder.steps(),
                builder.sampledPenalty());
    }

    /**
     * {@return a builder, for the settings beyond the rule's own}
     *
     * @param options of the rule
     */
    public static AutoL2ListenerBuilder builder(AutoL2Options options) {
        Objects.requireNonNull(options, "options");
        return new AutoL2ListenerBuilder(options);
    }

    /**
     * {@return a builder of a listener that continues a saved run} Put the listener on the network that was saved with it. The same layers
     * take part as before; the history begins anew.
     *
     * @param saved together with the network
     */
    public static AutoL2ListenerBuilder resume(SavedRun saved) {
        return new AutoL2ListenerBuilder(saved);
    }

    /** Puts the current lambda on the network before its score is computed. */
    @Override
    public synchronized void onForwardPass(Model model, List<INDArray> activations) {
        training.prepare(model);
    }

    /** Puts the current lambda on the network before its score is computed. */
    @Override
    public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
        training.prepare(model);
    }

    /**
     * Measures and decides: the one moment at which score, parameters, labels and the output layer belong together. A new lambda
     * acts in this very update.
     */
    @Override
    public synchronized void onBackwardPass(Model model) {
        training.measure(model);
    }

    /** Looks at the gradients where the updater is to be compared with them. */
    @Override
    public synchronized void onGradientCalculation(Model model) {
        training.gradients(model);
    }

    /** Looks at what the updater has made of the gradients, and for new checkpoints. */
    @Override
    public synchronized void iterationDone(Model model, int iteration, int epoch) {
        training.updated(model);
    }

    /** Looks for who saves checkpoints. */
    @Override
    public synchronized void onEpochStart(Model model) {
        training.epochBegins(model);
    }

    /** Looks for new checkpoints. */
    @Override
    public synchronized void onEpochEnd(Model model) {
        training.epochEnds(model);
    }

    /** {@return the current coefficient; needs a run that has begun} */
    public synchronized double lambda() {
        return run.hasBegun() ? training.lambda() : run.lambda(); // throws
    }

    /** {@return what was decided by held-out data but to keep everything, oldest first; empty without such data} */
    public synchronized List<ValidationDecision> validationDecisions() {
        return training.validationDecisions();
    }

    /**
     * Brings a network back to the best one of this training, with its updater's state and its lambda. Call it after the training, and
     * always where that ended before or after its budget. The network goes on from there if it is trained further.
     *
     * @param model the network that was trained, or one of the same configuration, which may be fresh
     * @return parameter updates behind the best network
     * @throws IllegalStateException without validation data, before there were evaluations enough to tell, or if the network has other
     *                               parameters or another updater
     */
    public synchronized long restoreBest(Model model) {
        return training.restoreBest(model);
    }

    /** {@link AutoL2EarlyStopping} leaves the penalty out of what a trainer stops by. */
    synchronized void stopsEarlyBesideUs() {
        training.stopsEarlyBesideUs();
    }

    /** The current coefficient; NaN before the run has begun. */
    synchronized double lambdaOrNaN() {
        return training.lambda();
    }

    /** The part of the last batch's score that is the penalty of ours. */
    synchronized double penaltyInLastScore() {
        return training.penaltyInLastScore();
    }

    /** What a calculation on a network gives while its penalty of ours is 0. */
    synchronized double withoutPenalty(Model model, DoubleSupplier calculation) {
        return training.withoutPenalty(model, calculation);
    }

    /**
     * {@return the time since the last division, or the start, as of the last measurement, in units of tau = 1/(etaEff lambda); 0 before
     * the run has
     * begun, and always with the published rule, which does not measure time in tau}
     */
    public synchronized double timescalesSinceDivision() {
        return run.hasBegun() ? run.timescalesSinceDivision() : 0;
    }

    /** Whether lambda is divided by {@link #timescales}. */
    boolean measuresTimescales() {
        return run.options().needLearningRate() && !training.hasValidation();
    }

    /** {@return the time since the run began, over all its divisions, in the same units} */
    public synchronized double timescales() {
        return run.hasBegun() ? run.timescales() : 0;
    }

    /** {@return the measurements so far, thinned evenly where there were more than the history holds} */
    public synchronized List<HistoryPoint> history() {
        return report.history();
    }

    /** {@return the changes of lambda so far, divisions and the raise, oldest first, thinned evenly where there were more than the history holds} */
    public synchronized List<Decision.Change> changes() {
        return report.changes();
    }

    /**
     * {@return the lambda at each iteration of this run so far, as plain Deeplearning4j schedules: a training that repeats the run needs
     * nothing of this library} It goes back to the beginning of a run that was saved and resumed.
     *
     * @throws IllegalStateException before the run has begun, or if no schedule repeats the run: held-out data (or {@link #restoreBest}, and
     *                               training went on) brought the network back to an earlier one, or the run began on Spark with a graph
     *                               or with splits that were not full
     */
    public synchronized LambdaSchedule schedule() {
        return training.schedule();
    }

    /**
     * {@return all that is needed to continue this run later; needs a run that has begun} Take it between two iterations, together with
     * the network: {@link #save} does both.
     *
     * @throws IllegalStateException before the run has begun
     */
    public synchronized SavedRun savedRun() {
        return training.savedRun();
    }

    /**
     * Saves a network as Deeplearning4j does, with this run's state in the same zip file. Plain Deeplearning4j can load it.
     * The file is replaced in one step; a failure leaves an earlier one as it was.
     *
     * @param model       the network that this listener follows
     * @param file        in an existing folder
     * @param saveUpdater whether the updater's state is saved, which a training that goes on needs
     * @throws IOException if the file cannot be written
     */
    public void save(Model model, Path file, boolean saveUpdater) throws IOException {
        savedRun().saveWith(model, file, saveUpdater);
    }
}
