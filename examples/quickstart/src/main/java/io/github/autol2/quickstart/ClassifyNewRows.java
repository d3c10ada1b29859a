package io.github.autol2.quickstart;

import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.dl4j.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Asks the model.zip that {@code autol2 train} has written for a table of numbers about a new row: its class, or its quantity. */
public final class ClassifyNewRows {

    private ClassifyNewRows() {}

    /** Takes the file (out/train/model.zip), then the numbers of the row in the order of the table's columns, without those that were left out and the label. */
    public static void main(String... args) throws IOException {
        Path file = Path.of(args.length == 0 ? "out/train/model.zip" : args[0]);
        Network network = Network.of(SavedNetwork.read(file)); // numbers and JSON, no Java objects
        JsonNode table = new ObjectMapper()
                .readTree(SavedNetwork.text(file, "autol2-table.json")
                        .orElseThrow(() -> new IllegalArgumentException(file + " was not trained on a table")));
        String[] row = Arrays.copyOfRange(args, 1, Math.max(1, args.length));

        INDArray output = network.output(Nd4j.createFromArray(new float[][] {inputs(table.get("features"), row)}));

        JsonNode target = table.get("target");
        if (target.has("names")) {
            int best = output.argMax(1).getInt(0);
            String name = target.get("names").get(best).asText();
            System.out.printf("%s: %s with probability %.3f%n", Arrays.toString(row), name, output.getDouble(0, best));
        } else {
            double value =
                    target.get("mean").asDouble() + target.get("deviation").asDouble() * output.getDouble(0);
            System.out.printf("%s: %s%n", Arrays.toString(row), value);
        }
    }

    /** What the network sees: numbers, standardised as the training rows were. */
    private static float[] inputs(JsonNode features, String... row) {
        if (row.length != features.size()) {
            throw new IllegalArgumentException("the row must have " + features.size() + " numbers, got " + row.length);
        }
        float[] inputs = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            JsonNode feature = features.get(i);
            if (!feature.get("categories").isEmpty() || !row[i].matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?")) {
                throw new IllegalArgumentException(
                        "only numbers such as 0.4 (autol2 predict takes others): '" + row[i] + "' for " + feature);
            }
            double deviation = feature.get("deviation").asDouble(); // 0 in a column that was the same everywhere
            double distance = Double.parseDouble(row[i]) - feature.get("mean").asDouble();
            inputs[i] = deviation == 0 ? 0 : (float) (distance / deviation);
        }
        return inputs;
    }
}
