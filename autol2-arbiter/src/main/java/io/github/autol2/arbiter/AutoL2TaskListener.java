package io.github.autol2.arbiter;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.nn.api.Model;

/**
 * Puts an {@link AutoL2Listener} of its own on the network of each candidate before it is trained.
 *
 * <pre>{@code
 * new LambdaTaskCreator(new AutoL2TaskListener(AutoL2Options.adaptive(iterations)))
 * }</pre>
 *
 * <p>With a {@link LambdaTaskCreator} scores leave AutoL2's penalty out, those of early stopping too. Arbiter's own task creators take the
 * listener as well, but they cannot do that: give them a score without penalty, such as accuracy.
 *
 * <p>The candidate's network keeps the last lambda in its configuration. Thread-safe: candidates may be trained side by side.
 */
@SuppressWarnings("rawtypes") // Arbiter declares Candidate raw
public final class AutoL2TaskListener implements TaskListener {

    private static final long serialVersionUID = 1;

    private final AutoL2Options options;

    /**
     * @param options the same for all candidates; times in units of tau adapt to each candidate's learning rate
     */
    public AutoL2TaskListener(AutoL2Options options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /** Called on the worker thread, after the network is initialised and before it is trained. */
    @Override
    public <T extends Model> T preProcess(T model, Candidate candidate) {
        AutoL2Listener listener = new AutoL2Listener(options);
        Network.of(model).addListener(listener);
        return model;
    }

    /** Does nothing: the listener leaves with the network. */
    @Override
    public void postProcess(Model model, Candidate candidate) {}
}
