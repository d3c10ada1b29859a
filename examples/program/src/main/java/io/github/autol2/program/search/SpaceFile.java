package io.github.autol2.program.search;

import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.model.ModelText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.ComputationGraphSpace;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.exc.UnrecognizedPropertyException;
import org.nd4j.shade.jackson.databind.introspect.BeanPropertyDefinition;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * A file with a search space, or with a generator or a whole configuration that has one, as Arbiter writes it. Such files name classes
 * to load: use only your own. Nothing in them is deserialised by Java, unlike by Arbiter's own reader.
 */
public final class SpaceFile {

    private static final String NOT_A_SPACE =
            "neither a MultiLayerSpace nor a ComputationGraphSpace of Arbiter in JSON or YAML, nor a "
                    + "candidate generator or an OptimizationConfiguration with one";
    private static final int LONGEST = 500; // characters of a problem
    private static final Set<String> NUMBERS = Set.of("index", "indices"); // Arbiter gives them itself
    private static final String AXES = "numParameters";

    private final Path file;
    private final ObjectMapper mapper;

    private SpaceFile(Path file, ObjectMapper mapper) {
        this.file = file;
        this.mapper = mapper.copy().addMixIn(FixedValue.class, FixedValueReader.Annotation.class);
    }

    /**
     * Reads the space.
     *
     * @throws InvalidModelException if the file holds none, or one that cannot be searched
     */
    public static BaseNetworkSpace<?> load(Path file) {
        String text = ModelText.read(file, "a search space");
        boolean json = text.stripLeading().startsWith("{");
        try {
            SpaceFile space = new SpaceFile(file, json ? JsonMapper.getMapper() : JsonMapper.getYamlMapper());
            return space.checked(space.find(space.mapper.readTree(text)));
        } catch (InvalidModelException e) {
            throw e;
        } catch (JsonMappingException e) {
            throw withPlace(file, e);
        } catch (JsonProcessingException | RuntimeException e) { // Arbiter has a dozen kinds for this
            throw new InvalidModelException(file, NOT_A_SPACE, e);
        } catch (StackOverflowError e) {
            throw new InvalidModelException(file, "it is nested too deeply for a search space");
        }
    }

    private ObjectNode find(JsonNode tree) {
        for (String holder : new String[] {"parameterSpace", "candidateGenerator", "generator"}) {
            if (tree.has(holder)) {
                return find(tree.get(holder));
            }
        }
        if (tree.has("layerSpaces") && tree instanceof ObjectNode space) {
            return space;
        }
        throw new InvalidModelException(file, NOT_A_SPACE);
    }

    /**
     * Arbiter writes the number of axes beside them and believes it, so it is counted anew: somebody may have changed an axis. Where
     * layers share an axis, Arbiter forgets that, and there are more axes than were written.
     */
    private BaseNetworkSpace<?> checked(ObjectNode tree) throws JsonProcessingException {
        BaseNetworkSpace<?> space = bind(tree);
        int axes = 0;
        int unlike = 0;
        Set<String> seen = new HashSet<>();
        for (ParameterSpace<?> leaf : LeafUtils.getUniqueObjects(leaves(space, tree))) {
            axes += leaf.numParameters();
            unlike += seen.add(JsonMapper.getMapper().writeValueAsString(leaf)) ? leaf.numParameters() : 0;
        }
        int written = tree.path(AXES).asInt(axes);
        if (written == axes) {
            return space;
        }
        if (written == unlike) {
            throw new InvalidModelException(
                    file,
                    "a search space that layers share cannot be read from a file, because Arbiter forgets that they share it: "
                            + axes
                            + " parameters were read, " + written
                            + " written; if they shall not share it, write numParameters " + axes);
        }
        return bind(tree.put(AXES, axes));
    }

    /** The file's own class name is not asked: it is one of two. */
    private BaseNetworkSpace<?> bind(JsonNode tree) throws JsonProcessingException {
        return tree.has("networkInputs")
                ? mapper.treeToValue(tree, ComputationGraphSpace.class)
                : mapper.treeToValue(tree, MultiLayerSpace.class);
    }

    private static InvalidModelException withPlace(Path file, JsonMappingException e) {
        String place = place(e);
        String problem = e.getCause() instanceof NullPointerException
                ? "must be whole, but a value in it is missing"
                : "cannot be read: "
                        + e.getOriginalMessage().lines().findFirst().orElse("");
        String all = NOT_A_SPACE + ": " + (place.isEmpty() ? "the space" : place) + " " + problem;
        return refused(file, all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "...", e);
    }

    private static InvalidModelException refused(Path file, String problem, Exception cause) {
        InvalidModelException told = new InvalidModelException(file, problem);
        told.initCause(cause);
        return told;
    }

    /** Arbiter reads a space that is not whole, and stumbles over it later. */
    @SuppressWarnings("rawtypes") // as Arbiter has it
    private List<ParameterSpace> leaves(BaseNetworkSpace<?> space, ObjectNode tree) throws JsonProcessingException {
        try {
            return space.collectLeaves();
        } catch (NullPointerException e) {
            throw refused(file, NOT_A_SPACE + ": " + whatLacks(tree), e);
        }
    }

    private String whatLacks(ObjectNode tree) throws JsonProcessingException {
        JsonNode layers = tree.path("layerSpaces");
        if (!layers.isArray()) {
            return "layerSpaces must be a list, got " + layers;
        }
        for (int i = 0; i < layers.size(); i++) {
            for (String key : List.of("layerSpace", "numLayers")) {
                if (!layers.get(i).path(key).isObject()) {
                    return "layerSpaces[" + i + "]." + key + " must be a space, got "
                            + (layers.get(i).has(key) ? layers.get(i).get(key) : "none");
                }
            }
        }
        try {
            new SpaceFile(file, mapper.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)).bind(tree);
        } catch (UnrecognizedPropertyException e) {
            return place(e) + " must be one of " + e.getKnownPropertyIds() + ", got '" + e.getPropertyName() + "'";
        }
        return innermostLack(tree, "")
                .orElse("layerSpaces must be whole, but a layer has not all spaces that it needs");
    }

    /** The innermost space over which Arbiter stumbles, with the keys that it has not. */
    private Optional<String> innermostLack(JsonNode node, String place) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            Optional<String> inner = innermostLack(node.get(key), place.isEmpty() ? key : place + "." + key);
            if (inner.isPresent()) {
                return inner;
            }
        }
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            Optional<String> inner = innermostLack(node.get(i), place + "[" + i + "]");
            if (inner.isPresent()) {
                return inner;
            }
        }
        return node.has("@class") && !place.isEmpty() ? lack(node, place) : Optional.empty();
    }

    private Optional<String> lack(JsonNode node, String place) {
        ParameterSpace<?> space;
        try {
            space = mapper.treeToValue(node, ParameterSpace.class);
        } catch (JsonProcessingException | RuntimeException e) {
            return Optional.empty(); // a value, no space
        }
        try {
            space.collectLeaves();
            return Optional.empty();
        } catch (NullPointerException e) {
            String missing = mapper
                    .getDeserializationConfig()
                    .introspect(mapper.constructType(space.getClass()))
                    .findProperties()
                    .stream()
                    .map(BeanPropertyDefinition::getName)
                    .filter(key -> !node.hasNonNull(key) && !NUMBERS.contains(key))
                    .collect(Collectors.joining(", "));
            return Optional.of(place + " must be whole, but has no " + missing);
        }
    }

    /** Where the reader stood, such as {@code layerSpaces[0].layerSpace}. */
    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
