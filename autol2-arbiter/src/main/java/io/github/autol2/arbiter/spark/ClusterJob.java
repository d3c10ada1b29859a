package io.github.autol2.arbiter.spark;

import java.io.Serializable;

/** Work of a search that any machine can do. How it gets there, is the cluster's affair; what comes home is JSON. */
public sealed interface ClusterJob extends Serializable permits CalibrationJob, TrainingJob, PresenceJob {

    /**
     * Does the work on the calling thread, until that is interrupted.
     *
     * @param driver that a job asks in a search with pruning
     * @return JSON in UTF-8
     */
    byte[] call(Driver driver);

    /**
     * {@return what {@link #call(Driver)} returns} For a cluster whose {@link Cluster#jobsCanAsk} is false: none of its jobs asks.
     */
    default byte[] call() {
        return call(question -> {
            throw new UnsupportedOperationException("the jobs of this cluster cannot ask");
        });
    }
}
