package io.github.autol2.dl4j;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/** What a listener keeps for each model that it has met: one, or the replicas of one. It does not keep the models alive (the
 * listener itself holds the latest one). */
final class Followers {

    private final List<Follower> all = new ArrayList<>();

    /** The coefficients of one model, and the iteration at which it was measured last (-1: never). */
    static final class Follower {
        private final WeakReference<Model> model;
        private final Coefficients coefficients;
        private long measuredAt = -1;

        private Follower(Model model, Coefficients coefficients) {
            this.model = new WeakReference<>(model);
            this.coefficients = coefficients;
        }

        boolean isOf(Model other) {
            return model.refersTo(other);
        }

        Coefficients coefficients() {
            return coefficients;
        }

        /**
         * @return false if this iteration was measured already: line searches and LBFGS pass several times an iteration
         */
        boolean firstTimeAt(long iteration) {
            boolean first = measuredAt != iteration;
            measuredAt = iteration;
            return first;
        }
    }

    /** By identity, because networks compare their parameters; null if it is not known. */
    Follower find(Model model) {
        all.removeIf(follower -> follower.isOf(null));
        for (Follower follower : all) {
            if (follower.isOf(model)) {
                return follower;
            }
        }
        return null;
    }

    Follower add(Model model, Coefficients coefficients) {
        Follower follower = new Follower(model, coefficients);
        all.add(follower);
        return follower;
    }
}
