package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A pass through a SameDiff network beside its training. */
final class SameDiffPass {

    private static final boolean HAS_CACHE = Arrays.stream(SameDiff.class.getMethods())
            .anyMatch(method -> method.getName().equals("isEnableCache"));

    private SameDiffPass() {}

    /** What a pass gives. Nobody else notices it: not the network's listeners, not ND4J's random numbers. */
    static <T> T quietly(SameDiff network, Supplier<T> pass) {
        List<Listener> listeners = List.copyOf(network.getListeners());
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        network.setListeners(List.of());
        try {
            return pass.get();
        } finally {
            network.setListeners(listeners);
            random.setStates(rootState, nodeState);
        }
    }

    /** What gives a network the switch of its cache back that it has now. Versions before 1.0.0-M2.1 have none. */
    static Runnable cacheAsItIs(SameDiff network) {
        if (!HAS_CACHE) {
            return () -> {};
        }
        boolean caches = network.isEnableCache();
        return () -> network.setEnableCache(caches);
    }

    /** The arrays of a batch by the names that the training configuration gives them. */
    static Map<String, INDArray> placeholders(SameDiff network, MultiDataSet batch) {
        TrainingConfig config = network.getTrainingConfig();
        Map<String, INDArray> values = new HashMap<>();
        put(values, config.getDataSetFeatureMapping(), batch.getFeatures());
        put(values, config.getDataSetLabelMapping(), batch.getLabels());
        put(values, config.getDataSetFeatureMaskMapping(), batch.getFeaturesMaskArrays());
        put(values, config.getDataSetLabelMaskMapping(), batch.getLabelsMaskArrays());
        return values;
    }

    private static void put(Map<String, INDArray> values, List<String> names, INDArray[] arrays) {
        for (int i = 0; names != null && arrays != null && i < names.size(); i++) {
            if (arrays[i] != null) {
                values.put(names.get(i), arrays[i]);
            }
        }
    }
}
