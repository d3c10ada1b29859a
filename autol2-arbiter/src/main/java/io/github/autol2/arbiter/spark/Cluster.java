package io.github.autol2.arbiter.spark;

/**
 * Machines that do the jobs of a search. This is all that a search wants of Spark, so that this module compiles without it and works with
 * any version. Without pruning, which needs {@link #jobsCanAsk}:
 *
 * <pre>{@code
 * record OnSpark(JavaSparkContext context) implements Cluster {
 *   public byte[] run(String name, ClusterJob job) {
 *     context.setJobGroup(name, "AutoL2", true);
 *     return context.parallelize(List.of(0), 1).map(none -> job.call()).collect().get(0);
 *   }
 *   public void cancel(String name) { context.cancelJobGroup(name); }
 * }
 * }</pre>
 *
 * <p>The rules:
 * <ol>
 * <li>A job is whole: it needs nothing but the classes of the program and the data that its data source opens, and with pruning the driver's
 *     answers, which are the same each time. It may be done more than once, for example when a machine was lost, and gives the same each
 *     time, with the same number of threads (OMP_NUM_THREADS). A job that throws was lost, too: for want of memory, perhaps beside other
 *     jobs, because its data cannot be opened on that machine, or because the driver does not answer. Do it again a few times, on other
 *     machines if there are any.
 * <li>Many threads call at the same time.
 * </ol>
 */
public interface Cluster {

    /**
     * Does a job on one of the machines, and waits for it. When the calling thread is interrupted, an exception ends the wait; the job is
     * cancelled then.
     *
     * @param name of this job alone
     * @param job  serialisable
     * @return what the job returns
     * @throws Exception if it could not be done, for example because it has ended several machines
     */
    byte[] run(String name, ClusterJob job) throws Exception;

    /**
     * {@return whether {@link #run} gives jobs a way to ask the driver while they run} A search with pruning needs it. Such a cluster does
     * {@code job.call(driver)} on its machines, and brings each {@code driver.ask(question)} to {@code DriverAnswers.answer(question)} in
     * this JVM. On Spark that is its plug-in, {@code org.apache.spark.api.plugin.SparkPlugin}, whose executors may ask its driver.
     */
    default boolean jobsCanAsk() {
        return false;
    }

    /**
     * Interrupts the thread that does a job, wherever that is. Does not wait.
     *
     * @param name of the job
     */
    void cancel(String name);
}
