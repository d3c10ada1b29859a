package io.github.autol2.program.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;

/**
 * Reads a fixed value of a search space. Arbiter writes objects such as activation functions as bytes of Java serialisation and
 * deserialises whatever bytes it finds. Here such bytes only count if they are those of the class's default object, or of an input of some
 * size, which is then made by its constructor.
 */
final class FixedValueReader extends JsonDeserializer<FixedValue<?>> {

    private static final List<String> PACKAGES = List.of("org.nd4j.linalg.", "org.deeplearning4j.nn.");
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
    private static final int LONGEST_INPUT_TYPE = 4096;
    private static final ObjectMapper VALUES = new ObjectMapper();

    /** To be mixed in. */
    @JsonDeserialize(using = FixedValueReader.class)
    interface Annotation {}

    @Override
    public FixedValue<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode tree = parser.getCodec().readTree(parser);
        Class<?> type = type(tree.path("@valueclass").asText(), parser);
        if (tree.has("value")) {
            return new FixedValue<>(VALUES.treeToValue(tree.get("value"), type));
        }
        try {
            byte[] data = Base64.getDecoder().decode(tree.path("data").asText().replaceAll("\\s", ""));
            Object object = type == InputType.InputTypeFeedForward.class
                    ? inputType(data)
                    : type.getDeclaredConstructor().newInstance();
            if (Arrays.equals(bytes(object), data)) {
                return new FixedValue<>(object);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw JsonMappingException.from(parser, "a fixed value of " + type.getName() + " cannot be made", e);
        }
        throw JsonMappingException.from(
                parser,
                "a fixed value of " + type.getName()
                        + " holds Java objects with settings of their own, which are not read from a file");
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

    /** The input of that size which would be written as these bytes, where there is one; its size stands among them as a long. */
    private static InputType inputType(byte[] data) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(data);
        for (int at = 0; at + Long.BYTES <= Math.min(data.length, LONGEST_INPUT_TYPE); at++) {
            long size = buffer.getLong(at);
            if (size > 0 && size <= Integer.MAX_VALUE && Arrays.equals(bytes(InputType.feedForward(size)), data)) {
                return InputType.feedForward(size);
            }
        }
        return InputType.feedForward(1);
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
