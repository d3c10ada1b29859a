package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Which penalties of a network are a listener's, and not its user's. Networks that are built from one configuration object share its layers,
 * so that the lambda of the first would pass for an own coefficient of the second; and a listener leaves its lambda on the network when the
 * training is over. Files do not tell: a network that was saved and loaded has that lambda as its own.
 */
final class LeftLambda {

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);

    private static final Map<Key, Origin> LEFT = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Regularization> GONE = new ReferenceQueue<>();

    private final WeakReference<Model> network;
    private final IdentityHashMap<PenalisedParameters, List<Regularization>> users = new IdentityHashMap<>();

    /** An element of a listener's, by identity: elements with one coefficient are equal. */
    private static final class Key extends WeakReference<Regularization> {
        private final int hash;

        Key(Regularization element, ReferenceQueue<Regularization> queue) {
            super(element, queue);
            hash = System.identityHashCode(element);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            Regularization element = get();
            return this == other || (element != null && other instanceof Key key && key.refersTo(element));
        }
    }

    /** The network that it was set for, and the list of its user's that it stands in; null where there was none. */
    private record Origin(WeakReference<Model> network, List<Regularization> users) {}

    /** Of a network that holds its user's penalties. */
    LeftLambda(Model network, List<PenalisedParameters> penalised) {
        this.network = new WeakReference<>(network);
        penalised.forEach(parameters -> users.put(parameters, parameters.get().get()));
    }

    /** These parameters have a coefficient of the listener's. */
    void note(PenalisedParameters parameters) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            LEFT.remove(gone);
        }
        List<Regularization> before = users.get(parameters);
        parameters.elements().stream()
                .filter(element -> before == null || !before.contains(element))
                .forEach(element -> LEFT.put(new Key(element, GONE), new Origin(network, before)));
    }

    /**
     * Gives a network that is about to train its user's penalties back, where a listener has left others.
     *
     * @param network whose run begins
     */
    static void takeBack(Model network, List<PenalisedParameters> penalised) {
        boolean shared = false;
        for (PenalisedParameters parameters : penalised) {
            for (Regularization element : parameters.elements()) {
                Origin origin = LEFT.get(new Key(element, null));
                if (origin != null) {
                    parameters.set().accept(origin.users());
                    shared |= !origin.network().refersTo(network);
                }
            }
        }
        if (shared) {
            LOG.warn(
                    "this network shares its configuration with another one that AutoL2 has trained: its own l2 is given back to it, "
                            + "and the other one has lost lambda with it. Build each network from a configuration of its own (conf.clone())");
        }
    }
}
