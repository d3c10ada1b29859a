package io.github.autol2.arbiter.candidate;

import io.github.autol2.dl4j.log.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.layers.fixed.FixedLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Keeps what Arbiter 1.0.0-beta7 does wrong with some search spaces from a search: mends it, or refuses the space.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class SpaceGuard {

    private static final RunLog LOG = RunLog.of(SpaceGuard.class);

    private final CandidateGenerator generator;
    private final Map<FixedLayerSpace<Layer>, String> wrappers;
    private final List<ParameterSpace<?>> leaves;

    private SpaceGuard(
            CandidateGenerator generator,
            Map<FixedLayerSpace<Layer>, String> wrappers,
            List<ParameterSpace<?>> leaves) {
        this.generator = generator;
        this.wrappers = wrappers;
        this.leaves = leaves;
    }

    /**
     * {@return the guard of a generator's space}
     *
     * @param generator over a MultiLayerSpace or ComputationGraphSpace
     * @throws IllegalArgumentException if the space cannot be searched
     */
    public static SpaceGuard of(CandidateGenerator generator) {
        if (!(generator.getParameterSpace() instanceof BaseNetworkSpace<?> space)) {
            throw new IllegalArgumentException(
                    "the generator must search a MultiLayerSpace or a ComputationGraphSpace, got "
                            + (generator.getParameterSpace() == null
                                    ? "none"
                                    : generator.getParameterSpace().getClass().getName()));
        }
        if (space.getLayerSpaces().isEmpty()) {
            throw new IllegalArgumentException("the search space must have at least one layer, got none");
        }
        List<ParameterSpace<?>> leaves = leaves(space);
        if (generator instanceof GridSearchCandidateGenerator) {
            refuseSharedSpacesFromJson(leaves);
            leaves.forEach(SpaceGuard::refuseSingleValue);
        }
        if (space.numParameters() == 0) {
            LOG.warn("the search space has no free parameter: there is only one network to try");
        }
        return new SpaceGuard(generator, wrappers(space), leaves);
    }

    /**
     * {@return the single spaces of a space, each once}
     *
     * @param space of networks
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Arbiter's are raw
    public static List<ParameterSpace<?>> leaves(ParameterSpace<?> space) {
        return (List) LeafUtils.getUniqueObjects(space.collectLeaves());
    }

    /** A grid leaves an axis with one value out and shifts all behind it. */
    private static void refuseSingleValue(ParameterSpace<?> leaf) {
        if ((leaf instanceof DiscreteParameterSpace<?> discrete && discrete.numValues() == 1)
                || (leaf instanceof IntegerParameterSpace integer && integer.getMin() == integer.getMax())) {
            throw new IllegalArgumentException("every axis of a grid must have at least 2 values, but " + leaf
                    + " has 1: give a single value as it is, not as a space");
        }
    }

    /**
     * A space that two layers share is one axis of a grid. Read from JSON it is two objects with the same index, and the grid would take
     * it for two axes, which shifts all axes behind it.
     */
    private static void refuseSharedSpacesFromJson(List<ParameterSpace<?>> leaves) {
        Set<Integer> indices = new HashSet<>();
        for (ParameterSpace<?> leaf : leaves) {
            OptionalInt index = index(leaf);
            if (index.isPresent() && !indices.add(index.getAsInt())) {
                throw new IllegalArgumentException(
                        "two layers share the search space " + leaf + ", and Arbiter's JSON forgets that they do: "
                                + "a grid over it must be built in the program; a random, genetic or TPE search can be read from JSON");
            }
        }
    }

    /**
     * {@return the place of a hyperparameter among the flat parameters; empty if it has none, or does not tell it}
     *
     * @param leaf of a search space
     */
    public static OptionalInt index(ParameterSpace<?> leaf) {
        JsonNode index = JsonMapper.getMapper().valueToTree(leaf).path("index");
        return index.isInt() && index.asInt() >= 0 ? OptionalInt.of(index.asInt()) : OptionalInt.empty();
    }

    /** Wrapper layers given as they are, with what they are before the first candidate. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // collectLeaves() is raw
    private static IdentityHashMap<FixedLayerSpace<Layer>, String> wrappers(BaseNetworkSpace<?> space) {
        IdentityHashMap<FixedLayerSpace<Layer>, String> wrappers = new IdentityHashMap<>();
        for (BaseNetworkSpace.LayerConf conf : space.getLayerSpaces()) {
            if (conf.getLayerSpace() instanceof FixedLayerSpace fixed
                    && (fixed.getLayer() instanceof BaseWrapperLayer || fixed.getLayer() instanceof Bidirectional)) {
                wrappers.put(fixed, json(fixed.getLayer()));
            }
        }
        return wrappers;
    }

    /**
     * {@return the generator's next candidate}
     *
     * @throws IllegalStateException if a grid leaves axes out
     */
    public Candidate<?> draw() {
        // Arbiter copies a wrapper, but not the layer inside, which would keep the hyperparameters of the first
        // candidate for ever.
        wrappers.forEach((space, json) -> space.setLayer(layer(json)));
        Candidate<?> candidate = generator.getCandidate();
        return generator instanceof GridSearchCandidateGenerator ? onTheAxes(candidate) : candidate;
    }

    /** A grid takes each fixed layer for an axis, and gives its place in the grid to the hyperparameter behind it. */
    private Candidate<?> onTheAxes(Candidate<?> candidate) {
        double[] places = candidate.getFlatParameters();
        int axes = generator.getParameterSpace().numParameters();
        int fixedLayers =
                (int) leaves.stream().filter(FixedLayerSpace.class::isInstance).count();
        if (places.length == axes) {
            return candidate;
        }
        if (places.length != axes + fixedLayers) {
            throw new IllegalStateException("every axis of a grid must have at least 2 values, but some of " + axes
                    + " have 1: the discretizationCount must be at least 2");
        }
        double[] onAxes = new double[axes];
        int place = 0;
        int axis = 0;
        for (ParameterSpace<?> leaf : leaves) {
            if (leaf instanceof FixedLayerSpace) {
                place++;
            } else if (leaf.numParameters() > 0) {
                onAxes[axis++] = places[place++];
            }
        }
        try {
            return new Candidate<>(
                    generator.getParameterSpace().getValue(onAxes),
                    candidate.getIndex(),
                    onAxes,
                    candidate.getDataParameters(),
                    null);
        } catch (RuntimeException e) {
            return new Candidate<>((Object) null, candidate.getIndex(), onAxes, candidate.getDataParameters(), e);
        }
    }

    private static String json(Layer layer) {
        try {
            return NeuralNetConfiguration.mapper().writeValueAsString(layer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the wrapper layer " + layer + " cannot be copied: " + e.getOriginalMessage(), e);
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
