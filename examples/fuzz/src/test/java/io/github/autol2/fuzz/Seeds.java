package io.github.autol2.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Sound content, from which the fuzzer makes damaged one. */
final class Seeds {

    static final int INPUTS = 3;
    static final int CLASSES = 2;

    private Seeds() {}

    static Stream<byte[]> of(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                TarArchiveEntry file = new TarArchiveEntry(entry.getKey());
                file.setSize(entry.getValue().length);
                out.putArchiveEntry(file);
                out.write(entry.getValue());
                out.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** IDX images of 2 x 2 pixels. */
    static byte[] images(int count) {
        return ByteBuffer.allocate(16 + count * 4)
                .putInt(0x803)
                .putInt(count)
                .putInt(2)
                .putInt(2)
                .array();
    }

    /** IDX labels 0 and 1. */
    static byte[] labels(int count) {
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte) (i % CLASSES));
        }
        return labels.array();
    }

    static MultiLayerConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .updater(new Adam(0.1))
                .list()
                .layer(hidden())
                .layer(output())
                .build();
    }

    static ComputationGraphConfiguration graph() {
        return new NeuralNetConfiguration.Builder()
                .updater(new Adam(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(), "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .build();
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder()
                .nIn(INPUTS)
                .nOut(2)
                .activation(Activation.RELU)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(2)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
