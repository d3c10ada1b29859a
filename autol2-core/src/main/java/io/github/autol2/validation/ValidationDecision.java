package io.github.autol2.validation;

/** What the rule says after an evaluation. */
public sealed interface ValidationDecision {

    /** Network and lambda stay as they are. */
    record Keep() implements ValidationDecision {}

    /**
     * The network stays, lambda is divided: performance has been stale for the refractory period, {@link ValidationOptions#refractoryPeriod} iterations,
     * or half of a training is over whose race has told nothing of smaller lambdas.
     *
     * @param iteration parameter updates so far
     */
    record Divide(long iteration, double oldLambda, double newLambda) implements ValidationDecision {}

    /**
     * Performance was harmed, the network gave no finite numbers, or the budget is over: the best network comes back with its updater's
     * state, and goes on with {@code newLambda}, which is the one it was best with. Where a smaller lambda did the harm, {@code newLambda}
     * is the floor from now on. Where a classifier has died, {@code newLambda} is smaller than the one that it died with.
     *
     * @param iteration     parameter updates so far
     * @param bestIteration that of the network that comes back
     */
    record RestoreAndHold(long iteration, long bestIteration, double oldLambda, double newLambda)
            implements ValidationDecision {}

    /**
     * Performance was harmed at the very lambda of the best network: that network comes back with its updater's state, and goes on with a
     * larger lambda. The best network's lambda is the floor from now on.
     *
     * @param iteration     parameter updates so far
     * @param bestIteration that of the network that comes back
     */
    record RestoreAndRaise(long iteration, long bestIteration, double oldLambda, double newLambda)
            implements ValidationDecision {}
}
