package io.github.autol2.arbiter.candidate;

import io.github.autol2.dl4j.network.Network;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.GraphConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a search space proposes: a network and how long to train it.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 *
 * @param configuration a DL4JConfiguration or a GraphConfiguration, as it comes from the search space; with the lambda of the network that
 *                      was trained
 */
public record CandidateNetwork(Object configuration) implements Serializable {

    public CandidateNetwork {
        if (!(configuration instanceof DL4JConfiguration || configuration instanceof GraphConfiguration)) {
            throw new IllegalArgumentException(
                    "a candidate must be a DL4JConfiguration (MultiLayerSpace) or a GraphConfiguration "
                            + "(ComputationGraphSpace), got "
                            + (configuration == null
                                    ? "null"
                                    : configuration.getClass().getName()));
        }
    }

    /** {@return a network that shares its configuration with this candidate, not initialised} */
    public Network network() {
        return Network.of(either(
                multiLayer -> new MultiLayerNetwork(multiLayer.getMultiLayerConfiguration()),
                graph -> new ComputationGraph(graph.getConfiguration())));
    }

    /** {@return when training stops early; empty if it takes {@link #epochs} epochs} */
    public Optional<EarlyStoppingConfiguration<?>> earlyStopping() {
        return Optional.ofNullable(either(
                DL4JConfiguration::getEarlyStoppingConfiguration, GraphConfiguration::getEarlyStoppingConfiguration));
    }

    /** {@return the epochs to train without early stopping} */
    public int epochs() {
        return either(DL4JConfiguration::getNumEpochs, GraphConfiguration::getNumEpochs);
    }

    private <T> T either(
            Function<DL4JConfiguration, ? extends T> multiLayer, Function<GraphConfiguration, ? extends T> graph) {
        return configuration instanceof DL4JConfiguration layers
                ? multiLayer.apply(layers)
                : graph.apply((GraphConfiguration) configuration);
    }
}
