package io.github.autol2.dl4j;

import org.deeplearning4j.earlystopping.trainer.IEarlyStoppingTrainer;

/** Whether this thread is that of one of Deeplearning4j's early stopping trainers, which train a network step by step. */
final class EarlyStoppingThread {

    private EarlyStoppingThread() {}

    /** Walks the stack: once in a run is cheap, in each iteration it is not. */
    static boolean isCurrent() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(
                        frame -> IEarlyStoppingTrainer.class.isAssignableFrom(frame.getDeclaringClass())));
    }
}
