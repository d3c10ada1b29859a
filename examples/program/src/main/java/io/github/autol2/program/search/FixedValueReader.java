package io.github.autol2.program.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * Reads a fixed value of a search space. Arbiter writes objects such as activation functions as bytes of Java serialisation and
 * deserialises whatever bytes it finds. Here such bytes only count if they are those of the class's default object, or of an input of some
 * sizes, which is then made by its constructor. {@link FixedValueWriter} writes JSON instead, which is read, too.
 */
final class FixedValueReader extends JsonDeserializer<FixedValue<?>> {

    /** The key of the value's class. */
    static final String CLASS = "@valueclass";

    /** The key of the value as JSON. */
    static final String VALUE = "value";

    /** The key of its bytes, which Arbiter writes. */
    private static final String BYTES = "data";

    private static final List<String> PACKAGES = List.of(above(Activation.class), above(NeuralNetConfiguration.class));
    private static final List<Class<?>> PLAIN = List.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            boolean[].class);
    private static final ObjectMapper VALUES = new ObjectMapper();

    /** To be mixed in. */
    @JsonDeserialize(using = FixedValueReader.class)
    @JsonSerialize(using = FixedValueWriter.class)
    interface Annotation {}

    @Override
    public FixedValue<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode tree = parser.getCodec().readTree(parser);
        if (!tree.hasNonNull(CLASS) || !(tree.hasNonNull(VALUE) || tree.hasNonNull(BYTES))) {
            throw JsonMappingException.from(parser, "a fixed value must have " + CLASS + " and " + VALUE);
        }
        Class<?> type = type(tree.path(CLASS).asText(), parser);
        if (tree.hasNonNull(VALUE)) {
            ObjectMapper mapper = PLAIN.contains(type) ? VALUES : NeuralNetConfiguration.mapper();
            return new FixedValue<>(mapper.treeToValue(tree.get(VALUE), type));
        }
        try {
            byte[] data = Base64.getDecoder().decode(tree.path(BYTES).asText().replaceAll("\\s", ""));
            if (InputType.class.isAssignableFrom(type)) {
                Optional<InputType> input = SerialisedInput.read(data);
                if (input.isPresent()) {
                    return new FixedValue<>(input.get());
                }
            } else {
                Object object = type.getDeclaredConstructor().newInstance();
                if (Arrays.equals(SerialisedInput.bytes(object), data)) {
                    return new FixedValue<>(object);
                }
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw JsonMappingException.from(parser, "a fixed value of " + type.getName() + " cannot be made", e);
        }
        throw JsonMappingException.from(
                parser,
                "a fixed value of " + type.getName()
                        + " holds Java objects with settings of their own, which are not read from a file");
    }

    /** The package that holds the package of a class, with a dot at its end. */
    private static String above(Class<?> type) {
        String name = type.getPackageName();
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    private static Class<?> type(String name, JsonParser parser) throws IOException {
        for (Class<?> plain : PLAIN) {
            if (plain.getName().equals(name)) {
                return plain;
            }
        }
        if (PACKAGES.stream().anyMatch(name::startsWith)) {
            try {
                return Class.forName(name, false, FixedValue.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                throw JsonMappingException.from(parser, "there is no class " + name, e);
            }
        }
        throw JsonMappingException.from(parser, "a fixed value may not be of the class " + name);
    }
}
