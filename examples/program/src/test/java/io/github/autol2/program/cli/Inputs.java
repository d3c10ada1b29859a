package io.github.autol2.program.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small files for the program to read, and a way to see that it has not written any. */
final class Inputs {

    private Inputs() {}

    /** A header, then rows of two features and one of the classes a and b, which overlap a little. */
    static String table(int rows) {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("x,y,kind\n");
        for (int i = 0; i < rows; i++) {
            int kind = i % 2;
            table.append(2 * kind + random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',')
                    .append(kind == 0 ? 'a' : 'b')
                    .append('\n');
        }
        return table.toString();
    }

    /** The four files of MNIST with 4 x 4 pixels and three classes: 128 training and 64 test images. */
    static Path digits(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Integer> part : Map.of("train", 128, "t10k", 64).entrySet()) {
            Files.write(folder.resolve(part.getKey() + "-images-idx3-ubyte"), images(part.getValue()));
            Files.write(folder.resolve(part.getKey() + "-labels-idx1-ubyte"), labels(part.getValue()));
        }
        return folder;
    }

    static byte[] images(int count) {
        ByteBuffer content = ByteBuffer.allocate(16 + count * 16)
                .putInt(0x803)
                .putInt(count)
                .putInt(4)
                .putInt(4);
        byte[] pixels = new byte[count * 16];
        new Random(1).nextBytes(pixels);
        return content.put(pixels).array();
    }

    static byte[] labels(int count) {
        ByteBuffer content = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            content.put((byte) (i % 3));
        }
        return content.array();
    }

    static MultiLayerConfiguration network(IUpdater updater, int inputs, int classes) {
        return base(updater).list().layer(hidden(inputs)).layer(output(classes)).build();
    }

    static ComputationGraphConfiguration graph(IUpdater updater, int inputs, int classes) {
        return base(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(inputs), "in")
                .addLayer("out", output(classes), "hidden")
                .setOutputs("out")
                .build();
    }

    static NeuralNetConfiguration.Builder base(IUpdater updater) {
        return new NeuralNetConfiguration.Builder().seed(7).updater(updater);
    }

    static DenseLayer hidden(int inputs) {
        return new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(8)
                .activation(Activation.RELU)
                .dropOut(0.8)
                .build();
    }

    private static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(8)
                .nOut(classes)
                .build();
    }

    /** Every path below the folder; files with their bytes as text. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                contents.put(
                        path.toString(),
                        Files.isRegularFile(path)
                                ? new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1)
                                : "a folder");
            }
        }
        return contents;
    }
}
