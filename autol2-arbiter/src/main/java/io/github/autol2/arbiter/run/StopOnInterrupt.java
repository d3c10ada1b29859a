package io.github.autol2.arbiter.run;

import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Ends a training whose thread was interrupted at its next iteration. Deeplearning4j itself takes no notice. */
final class StopOnInterrupt extends BaseTrainingListener {

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        check();
    }

    /**
     * @throws CancellationException if the current thread is interrupted; it stays so
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the search was stopped");
        }
    }
}
