package io.github.autol2.arbiter.run;

import io.github.autol2.dl4j.log.RunLog;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/**
 * Listeners that cannot do harm to a search: what they throw is logged.
 *
 * @param all may change while the search runs
 */
public record StatusListeners(List<StatusListener> all) {

    private static final RunLog LOG = RunLog.of(StatusListeners.class);

    /**
     * Passes a message to each listener; what a listener throws is logged, and the search goes on.
     *
     * @param message one call of the listener
     */
    public void tell(Consumer<StatusListener> message) {
        for (StatusListener listener : all) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("the status listener {} failed", listener.getClass().getName(), e);
            }
        }
    }
}
