package io.github.autol2.quickstart;

import io.github.autol2.dl4j.SavedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
        var net = SavedNetwork.read(file); // numbers and JSON, no Java objects
        JsonNode table = new ObjectMapper()
                .readTree(SavedNetwork.text(file, "autol2-table.json")
                        .orElseThrow(() -> new IllegalArgumentException(file + " was not trained on a table")));
        String[] row = Arrays.copyOfRange(args, 1, Math.max(1, args.length));
        INDArray input = Nd4j.createFromArray(new float[][] {standardised(table.get("features"), row)});
        INDArray output = net instanceof ComputationGraph graph
                ? graph.outputSingle(input)
                : ((MultiLayerNetwork) net).output(input);
        JsonNode target = table.get("target");
        if (target.has("names")) {
            int best = output.argMax(1).getInt(0);
            String name = target.get("names").get(best).asText();
            System.out.printf("%s: %s with probability %.3f%n", Arrays.toString(row), name, output.getDouble(0, best));
        } else {
            double distance = target.get("deviation").asDouble() * output.getDouble(0);
            double mean = target.get("mean").asDouble();
            System.out.printf("%s: %s%n", Arrays.toString(row), mean + distance);
        }
    }

    private static float[] standardised(JsonNode features, String... row) {
        if (row.length != features.size()) {
            throw new IllegalArgumentException("the row must have " + features.size() + " numbers, got " + row.length);
        }
        float[] inputs = new float[row.length]; // 0 in a column that was the same everywhere
        for (int i = 0; i < row.length; i++) {
            JsonNode feature = features.get(i);
            if (!feature.get("categories").isEmpty() || !row[i].matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?")) {
                throw new IllegalArgumentException(
                        "only numbers such as 0.4 (autol2 predict takes others): '" + row[i] + "' for " + feature);
            }
            double distance = Double.parseDouble(row[i]) - feature.get("mean").asDouble();
            double deviation = feature.get("deviation").asDouble();
            inputs[i] = deviation == 0 ? 0 : (float) (distance / deviation);
        }
        return inputs;
    }
}
