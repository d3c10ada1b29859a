package io.github.autol2.arbiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.layers.fixed.FixedLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Keeps what Arbiter 1.0.0-beta7 does wrong with some search spaces from a search: mends it, or refuses the space. */
final class SpaceGuard {

    private static final Logger LOG = LogManager.getLogger(SpaceGuard.class);

    private final CandidateGenerator generator;
    private final Map<FixedLayerSpace<Layer>, String> wrappers;

    private SpaceGuard(CandidateGenerator generator, Map<FixedLayerSpace<Layer>, String> wrappers) {
        this.generator = generator;
        this.wrappers = wrappers;
    }

    /**
     * @throws IllegalArgumentException if the space cannot be searched
     */
    static SpaceGuard of(CandidateGenerator generator) {
        if (!(generator.getParameterSpace() instanceof BaseNetworkSpace<?> space)) {
            throw new IllegalArgumentException("the generator must search a MultiLayerSpace or a ComputationGraphSpace, got "
                    + (generator.getParameterSpace() == null ? "none" : generator.getParameterSpace().getClass().getName()));
        }
        if (space.getLayerSpaces().isEmpty()) {
            throw new IllegalArgumentException("the search space must have at least one layer, got none");
        }
        if (generator instanceof GridSearchCandidateGenerator) {
            refuseSharedSpacesFromJson(space);
        }
        if (space.numParameters() == 0) {
            LOG.warn("the search space has no free parameter: there is only one network to try");
        }
        return new SpaceGuard(generator, wrappers(space));
    }

    /**
     * A space that two layers share is one axis of a grid. Read from JSON it is two objects with the same index, and the grid would take
     * it for two axes, which shifts all axes behind it.
     */
    private static void refuseSharedSpacesFromJson(BaseNetworkSpace<?> space) {
        Set<Integer> indices = new HashSet<>();
        for (ParameterSpace<?> leaf : LeafUtils.getUniqueObjects(space.collectLeaves())) {
            JsonNode index = JsonMapper.getMapper().valueToTree(leaf).path("index");
            if (index.isInt() && index.asInt() >= 0 && !indices.add(index.asInt())) {
                throw new IllegalArgumentException("two layers share the search space " + leaf + ", and Arbiter's JSON forgets that they do: "
                        + "a grid over it must be built in the program; a random or genetic search can be read from JSON");
            }
        }
    }

    /** Wrapper layers given as they are, with what they are before the first candidate. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // collectLeaves() is raw
    private static Map<FixedLayerSpace<Layer>, String> wrappers(BaseNetworkSpace<?> space) {
        Map<FixedLayerSpace<Layer>, String> wrappers = new IdentityHashMap<>();
        for (BaseNetworkSpace.LayerConf conf : space.getLayerSpaces()) {
            if (conf.getLayerSpace() instanceof FixedLayerSpace fixed && fixed.getLayer() instanceof BaseWrapperLayer wrapper) {
                wrappers.put(fixed, json(wrapper));
            }
        }
        return wrappers;
    }

    /** Arbiter copies a wrapper, but not the layer inside, which would keep the hyperparameters of the first candidate for ever. */
    void beforeDrawing() {
        wrappers.forEach((space, json) -> space.setLayer(layer(json)));
    }

    /**
     * @throws IllegalStateException if a grid has an axis with a single value: Arbiter leaves it out and shifts all others
     */
    void afterDrawing(Candidate<?> candidate) {
        double[] values = candidate.getFlatParameters();
        int needed = generator.getParameterSpace().numParameters();
        if (generator instanceof GridSearchCandidateGenerator && values != null && values.length < needed) {
            throw new IllegalStateException("every axis of a grid must have at least 2 values, but " + (needed - values.length) + " of " + needed
                    + " have 1: give a single value as it is, not as a space, and a discretizationCount of at least 2");
        }
    }

    private static String json(Layer layer) {
        try {
            return NeuralNetConfiguration.mapper().writeValueAsString(layer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the wrapper layer " + layer + " cannot be copied: " + e.getOriginalMessage(), e);
        }
    }

    private static Layer layer(String json) {
        try {
            return NeuralNetConfiguration.mapper().readValue(json, Layer.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
