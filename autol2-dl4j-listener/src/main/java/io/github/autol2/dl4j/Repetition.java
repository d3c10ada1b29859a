package io.github.autol2.dl4j;

/** Whether the steps of lambda that a run has made lead a training without this library to the same parameters, or why they do not. */
enum Repetition {

    /** They do. */
    EXACT(""),

    /**
     * They did until {@link AutoL2Listener#restoreBest} brought the network back, after its last iteration: they lead to the network before that.
     * If training goes on, the run is {@link #RESTORED}.
     */
    UNTIL_RESTORED(""),

    /** {@link AutoL2Listener#restoreBest} brought the network back, and training went on from there. */
    RESTORED("restoreBest brought the network back to an earlier one, and training went on:"
            + " a schedule of lambda alone does not repeat that"),

    /** Held-out data brought the network back. */
    WENT_BACK(
            "by its held-out data the network went back to an earlier one: a schedule of lambda alone does not repeat that"),

    /** A SparkComputationGraph trained. */
    GRAPH_ON_SPARK(
            "without AutoL2 the iterations of a SparkComputationGraph begin at 0 in each split, so that a schedule of lambda "
                    + "would never come further than its first averagingFrequency iterations: train with AutoL2Spark, or "
                    + "with a constant lambda"),

    /** Workers on Spark made more updates than Deeplearning4j counts. */
    UNCOUNTED("the workers made more updates than Deeplearning4j counts on Spark, as with "
            + "truncated backpropagation: a schedule by its iterations does not repeat this run"),

    /** The run went on on one machine, after splits on Spark that were not full. */
    TWO_COUNTS(
            "this run began on Spark, where Deeplearning4j counted more iterations than there were updates, and went on on one machine: "
                    + "a schedule of lambda does not repeat both parts"),

    /** A SameDiff network trained. */
    SAME_DIFF(
            "SameDiff has one list of penalties for all that trains: there is no schedule of lambda for single variables");

    private final String problem;

    Repetition(String problem) {
        this.problem = problem;
    }

    /**
     * Refuses a run that its steps do not repeat.
     *
     * @throws IllegalStateException says why they do not
     */
    void require() {
        if (!problem.isEmpty()) {
            throw new IllegalStateException(problem);
        }
    }
}
