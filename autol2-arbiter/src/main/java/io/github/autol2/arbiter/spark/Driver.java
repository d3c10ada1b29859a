package io.github.autol2.arbiter.spark;

/** The way from a job to the driver of its search, where the cluster has one. */
@FunctionalInterface
public interface Driver {

    /**
     * Asks, and waits for the answer.
     *
     * @param question for the driver's {@link DriverAnswers#answer}
     * @return what that returns there
     * @throws Exception if there is none
     */
    byte[] ask(byte[] question) throws Exception;
}
