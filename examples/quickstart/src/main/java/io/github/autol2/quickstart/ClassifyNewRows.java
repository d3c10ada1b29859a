package io.github.autol2.quickstart;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Asks the model.zip that {@code autol2 train} has written for a table about a new row, with Deeplearning4j alone. Read only files of your own. */
public final class ClassifyNewRows {

    private ClassifyNewRows() {}

    /** Takes the file, then the numbers of the row in the order of the table's columns, without the class. */
    public static void main(String... args) throws IOException {
        File file = new File(args[0]);
        float[] row = new float[args.length - 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = Float.parseFloat(args[i + 1]);
        }
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file, false);
        NormalizerStandardize normalizer = ModelSerializer.restoreNormalizerFromFile(file); // as the training rows were
        JsonNode table = table(file);

        INDArray input = Nd4j.createFromArray(new float[][] {row});
        normalizer.transform(input);
        INDArray probabilities = network.output(input);

        int best = probabilities.argMax(1).getInt(0);
        String name = table.at("/target/names").get(best).asText();
        System.out.printf(
                "%s: %s with probability %.3f%n", Arrays.toString(row), name, probabilities.getDouble(0, best));
    }

    /** How the table became inputs: the columns as {@code features}, and the names of the classes. */
    private static JsonNode table(File file) throws IOException {
        try (ZipFile zip = new ZipFile(file);
                InputStream json = zip.getInputStream(zip.getEntry("autol2-table.json"))) {
            return new ObjectMapper().readTree(json);
        }
    }
}
