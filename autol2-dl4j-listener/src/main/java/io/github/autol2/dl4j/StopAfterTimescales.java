package io.github.autol2.dl4j;

import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;

/**
 * Ends an {@code EarlyStoppingTrainer}'s run when a number of timescales tau = 1/(eta_eff lambda) have passed since lambda was last
 * divided: accuracy peaks some tau after that and decays slowly afterwards (arXiv:2006.08643v2, section 2).
 *
 * <p>With {@code AutoL2Options.adaptive()} lambda is divided at the latest after one tau, so this ends a run only where lambda has
 * reached its floor: {@code adaptive().withMinimumLambda(...)} says at which lambda the run is to finish.
 */
public final class StopAfterTimescales implements IterationTerminationCondition {

    private static final long serialVersionUID = 1;

    private final transient AutoL2Listener listener;
    private final double timescales;

    /**
     * @param listener   on the network that is trained, with a rule that measures time in tau
     * @param timescales finite and greater than 0
     */
    public StopAfterTimescales(AutoL2Listener listener, double timescales) {
        if (!(timescales > 0 && Double.isFinite(timescales))) {
            throw new IllegalArgumentException("timescales must be finite and > 0, got " + timescales);
        }
        this.listener = listener;
        this.timescales = timescales;
    }

    @Override
    public void initialize() {
        // All is in the listener.
    }

    @Override
    public boolean terminate(double lastMiniBatchScore) {
        return listener.timescalesSinceDivision() >= timescales;
    }

    @Override
    public String toString() {
        return "StopAfterTimescales(" + timescales + ")";
    }
}
