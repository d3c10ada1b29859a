package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.spark.DriverAnswers.Question;

/**
 * Asks whether there is anybody who does jobs, and in a search with pruning whether jobs have answers.
 *
 * @param asks whether it asks
 * @param name of this job, by which it asks
 */
record PresenceJob(boolean asks, String name) implements ClusterJob {
    @Override
    public byte[] call(Driver driver) {
        if (asks) {
            DriverAnswers.ask(driver, new Question(name, null, null, false));
        }
        return new byte[0];
    }
}
