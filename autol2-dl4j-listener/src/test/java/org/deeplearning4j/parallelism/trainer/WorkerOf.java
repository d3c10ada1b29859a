package org.deeplearning4j.parallelism.trainer;

import java.util.concurrent.Callable;

/**
 * Work on a thread that looks like one of ParallelWrapper's.
 *
 * @param work to be done on it
 */
public record WorkerOf(Callable<Void> work) implements Callable<Void> {

    @Override
    public Void call() throws Exception {
        return work.call();
    }
}
