package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Deeplearning4jNames;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * The networks that a listener has met: the one that it follows, or the replicas of one that trains in parallel. It does not keep them
 * alive (the listener itself holds the latest one). Not thread-safe.
 */
final class Replicas {

    private final List<Replica> all = new ArrayList<>();

    /** One of them: its lambda, and the iteration and the update that were seen last (-1: none). */
    static final class Replica {
        private final WeakReference<Model> model;
        private final NetworkLambda lambda;
        private long measuredAt = -1;
        private long updates = -1;

        private Replica(Model model, NetworkLambda lambda) {
            this.model = new WeakReference<>(model);
            this.lambda = lambda;
        }

        boolean isOf(Model other) {
            return model.refersTo(other);
        }

        NetworkLambda lambda() {
            return lambda;
        }

        /**
         * Notes an iteration.
         *
         * @return false if this iteration was measured already: line searches and LBFGS pass several times an iteration
         */
        boolean firstTimeAt(long iteration) {
            boolean first = measuredAt != iteration;
            measuredAt = iteration;
            return first;
        }

        /**
         * Notes an update.
         *
         * @param number of updates, with this one
         * @return false if this one was noted already: a listener that was added twice hears of it twice
         */
        boolean firstTimeAfter(long number) {
            boolean first = updates != number;
            updates = number;
            return first;
        }
    }

    /** Whether this thread trains as a worker of {@code ParallelWrapper}: only those train replicas of one run at the same time. */
    static boolean onWorkerThread() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(Deeplearning4jNames.parallelTrainers()));
    }

    /** By identity, because networks compare their parameters; null if it is not known. */
    Replica find(Model model) {
        all.removeIf(replica -> replica.isOf(null));
        for (Replica replica : all) {
            if (replica.isOf(model)) {
                return replica;
            }
        }
        return null;
    }

    Replica add(Model model, NetworkLambda lambda) {
        Replica replica = new Replica(model, lambda);
        all.add(replica);
        return replica;
    }
}
