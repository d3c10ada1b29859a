package io.github.autol2.arbiter.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What stays of a network's configuration when lambda and the seed do not matter. Two configurations with the same key have the same c:
 * they agree in layers, updater, learning rate and in the ratios between the layers' coefficients.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class ConfigurationKey {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String L2 = "L2Regularization";

    /** This part of the key stays: lambda is not a coefficient of the biases. */
    private static final String BIASES = "regularizationBias";

    private ConfigurationKey() {}

    /**
     * {@return the key of a configuration: equal for networks that differ in nothing but lambda}
     *
     * @param configuration JSON of a MultiLayerConfiguration or ComputationGraphConfiguration
     */
    public static String of(String configuration) {
        try {
            JsonNode tree = JSON.readTree(configuration);
            List<ObjectNode> coefficients = new ArrayList<>();
            collect(tree, coefficients);
            double largest = coefficients.stream()
                    .mapToDouble(c -> c.path("value").asDouble())
                    .max()
                    .orElse(0);
            coefficients.forEach(c ->
                    c.put("value", largest == 0 ? 1 : ratio(c.path("value").asDouble(), largest)));
            removeWhole(tree);
            return JSON.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory
        }
    }

    /** Without the last digits, as 0.1 * x / x is not always 0.1. */
    private static double ratio(double coefficient, double largest) {
        return (float) (coefficient / largest);
    }

    /**
     * {@return 16 hexadecimal digits that stand for the text}
     *
     * @param text of any length
     */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Forgets seeds and counters, and finds the places where a constant L2 coefficient stands. */
    private static void collect(JsonNode node, List<ObjectNode> coefficients) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("seed", "iterationCount", "epochCount"));
            if (isL2(object) && object.path("l2") instanceof ObjectNode coefficient && coefficient.has("value")) {
                coefficients.add(coefficient);
            }
        }
        forEachPart(node, part -> collect(part, coefficients));
    }

    /** A layer without a coefficient gets all of lambda, just as one with the largest. */
    private static void removeWhole(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); ) {
                JsonNode element = elements.next();
                if (isL2(element) && element.path("l2").path("value").asDouble() == 1) {
                    elements.remove();
                }
            }
        }
        forEachPart(node, ConfigurationKey::removeWhole);
    }

    private static void forEachPart(JsonNode node, Consumer<JsonNode> action) {
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> {
                if (!field.getKey().equals(BIASES)) {
                    action.accept(field.getValue());
                }
            });
        } else {
            node.forEach(action);
        }
    }

    private static boolean isL2(JsonNode node) {
        return node.path("@class").asText().endsWith(L2);
    }
}
