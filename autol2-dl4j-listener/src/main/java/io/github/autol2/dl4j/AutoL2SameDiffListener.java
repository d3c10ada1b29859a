package io.github.autol2.dl4j;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.validation.ValidationDecision;
import java.util.List;
import java.util.Objects;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * AutoL2 for SameDiff: what {@link AutoL2Listener} is for Deeplearning4j's networks, with the same rules and options.
 *
 * <pre>{@code
 * network.addListeners(new AutoL2SameDiffListener(AutoL2Options.adaptive(iterations)));
 * network.fit(data, epochs);
 * }</pre>
 *
 * <p>The variables of rank 2 and more take part, but for rows and columns that are only ever added or multiplied element by element:
 * weights, not biases. The log names them once. The loss is the sum of the network's loss variables, read from the training step that
 * runs anyway. The training error is read from the inputs of SameDiff's own losses; for another loss the builder asks
 * where it is. SameDiff's list of penalties acts on everything that trains, so where only some variables take part, the listener adds the
 * penalty's gradient to theirs itself, as SameDiff would: a network that is saved, or trained without this listener, has no penalty on them
 * then. An L2 of the user's own is replaced, on those that take part.
 *
 * <p>The updater may be Sgd, Nesterovs, Adam, AMSGrad, Nadam, AdaMax, AdaGrad, RmsProp, AdaDelta or NoOp. With those that divide by the
 * size of the gradients, a first lambda that depends on them (the default of {@link AutoL2Options#adaptive()}) takes one further pass over
 * the first batch; without held-out data nothing else does. Layers whose output is normalised are not recognised, other than in
 * Deeplearning4j's networks.
 *
 * <p>With {@link AutoL2SameDiffListenerBuilder#validation(org.nd4j.linalg.dataset.api.iterator.DataSetIterator) held-out data} their performance decides instead, and a network that is harmed
 * goes back to the best one: the rule of {@code io.github.autol2.validation}. lambda begins as it does without them, and
 * is raised to that of {@link io.github.autol2.schedule.AutoL2Options#fromTheStart} once the network overfits.
 *
 * <p>Errors: the first iteration throws an {@code IllegalStateException} if nothing takes part, if there is no loss or no telling where
 * the training error is, if the loss is maximised, if the updater is not known, if the network has a second such listener, or if this one
 * has followed another training. An iteration whose loss is not finite is skipped, with one warning a run.
 *
 * <p>One listener follows one training run, on one thread; its results may be asked for on others.
 */
public final class AutoL2SameDiffListener extends BaseListener {

    private final SameDiffTraining training;

    /**
     * A listener with all else at its default: L2 on the weights.
     *
     * @param options of the rule
     */
    public AutoL2SameDiffListener(AutoL2Options options) {
        this(builder(options));
    }

    AutoL2SameDiffListener(AutoL2SameDiffListenerBuilder builder) {
        this.training = new SameDiffTraining(this, builder);
    }

    /**
     * {@return a builder, for the settings beyond the rule's own}
     *
     * @param options of the rule
     */
    public static AutoL2SameDiffListenerBuilder builder(AutoL2Options options) {
        return new AutoL2SameDiffListenerBuilder(Objects.requireNonNull(options, "options"));
    }

    /**
     * {@return a builder of a listener that continues a saved run} Add it to the network that was saved at the same moment, with its
     * updater's state. The same variables take part as before; the history begins anew.
     *
     * @param saved of a SameDiff training
     */
    public static AutoL2SameDiffListenerBuilder resume(SavedRun saved) {
        return new AutoL2SameDiffListenerBuilder(Objects.requireNonNull(saved, "saved"));
    }

    /** Takes part in training only. */
    @Override
    public boolean isActive(Operation operation) {
        return operation == Operation.TRAINING;
    }

    /** Asks SameDiff to compute the loss, and sets the penalty. */
    @Override
    public synchronized void iterationStart(SameDiff network, At at, MultiDataSet batch, long loadingTime) {
        training.begins(network, at, batch);
    }

    /** Measures and decides when the loss is known, before any update. */
    @Override
    public synchronized void opExecution(
            SameDiff network, At at, MultiDataSet batch, SameDiffOp op, OpContext context, INDArray[] outputs) {
        try {
            training.executed(network, at, batch, op, context, outputs);
        } catch (RuntimeException | Error e) { // of an observer, for example
            training.done();
            throw e;
        }
    }

    /** Adds the penalty's gradient to that of the variables that take part. */
    @Override
    public synchronized void activationAvailable(
            SameDiff network, At at, MultiDataSet batch, SameDiffOp op, String name, INDArray values) {
        training.gradient(network, at, op, name, values);
    }

    /** Adds weight decay to the updates of the variables that take part. */
    @Override
    public synchronized void preUpdate(SameDiff network, At at, Variable variable, INDArray update) {
        training.update(network, at, variable.getName(), update);
    }

    /**
     * Gives the training configuration its evaluations back, and its list of penalties where only some variables take part. Where all take
     * part, the current penalty stays in that list. Then held-out data may decide.
     */
    @Override
    public synchronized void iterationDone(SameDiff network, At at, MultiDataSet batch, Loss loss) {
        training.updated(at);
    }

    /** {@return the current coefficient; needs a run that has begun} */
    public synchronized double lambda() {
        return training.run().hasBegun() ? training.lambda() : training.run().lambda(); // throws
    }

    /** {@return what was decided by held-out data but to keep everything, oldest first; empty without such data} */
    public synchronized List<ValidationDecision> validationDecisions() {
        return training.validationDecisions();
    }

    /**
     * Brings a network back to the best one of this training, with its updater's state and its lambda. Call it after the training, and
     * always where that ended before or after its budget. The network goes on from there if it is trained further.
     *
     * @param network that was trained, or one of the same variables that has made an update, or was loaded with its updater's state
     * @return parameter updates behind the best network
     * @throws IllegalStateException without validation data, before there were evaluations enough to tell, or if the network has other
     *                               parameters or another updater
     */
    public synchronized long restoreBest(SameDiff network) {
        return training.restoreBest(network);
    }

    /** {@return the time since the run began, over all its divisions, in units of tau; 0 before that, and with the published rule} */
    public synchronized double timescales() {
        return training.run().hasBegun() ? training.run().timescales() : 0;
    }

    /** {@return the measurements so far, thinned evenly where there were more than the history holds} */
    public synchronized List<HistoryPoint> history() {
        return training.report().history();
    }

    /** {@return the changes of lambda so far, divisions and the raise, oldest first, thinned evenly where there were more than the history holds} */
    public synchronized List<Decision.Change> changes() {
        return training.report().changes();
    }

    /**
     * {@return all that is needed to continue this run later; needs a run that has begun} Take it between two iterations, and save the
     * network with its updater's state at the same moment: {@code network.save(file, true)} and {@link SavedRun#write}. Where held-out data
     * decide, the best network is in it.
     */
    public synchronized SavedRun savedRun() {
        return training.savedRun();
    }
}
