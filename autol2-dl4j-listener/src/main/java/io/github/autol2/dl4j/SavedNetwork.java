package io.github.autol2.dl4j;

import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.TextLimits;
import io.github.autol2.files.ZipCopy;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Reads a network's zip file that {@link ModelSerializer} has written, with all its parts checked. ModelSerializer's own reader runs
 * Java deserialisation on an entry of the file, if there is one: whoever can write the file could make it run any code. This one reads
 * JSON and numbers only, and leaves all other entries alone.
 */
public final class SavedNetwork {

    private static final int LONGEST_TEXT = 1 << 28;

    private SavedNetwork() {}

    /**
     * Reads the network with the state of its updater, if that has been saved.
     *
     * @param file written by Deeplearning4j's ModelSerializer
     * @return a {@code MultiLayerNetwork} or a {@code ComputationGraph}
     * @throws IOException if the file cannot be read, or is not such a network; the message begins with the file
     */
    public static Model read(Path file) throws IOException {
        try (ZipFile zip = open(file)) {
            String json = text(file, zip, ModelSerializer.CONFIGURATION_JSON)
                    .orElseThrow(() -> new IOException(file + " is not a network of Deeplearning4j: it has no entry "
                            + ModelSerializer.CONFIGURATION_JSON));
            INDArray parameters = array(file, zip, ModelSerializer.COEFFICIENTS_BIN)
                    .orElseThrow(() -> new IOException(file + " is not a network of Deeplearning4j: it has no entry "
                            + ModelSerializer.COEFFICIENTS_BIN));
            Optional<INDArray> updater = array(file, zip, ModelSerializer.UPDATER_BIN);
            return build(file, json, parameters, updater);
        }
    }

    /**
     * Reads an entry of text.
     *
     * @param file  a zip file
     * @param entry its name in the zip file
     * @return empty if there is no such entry
     * @throws IOException if the file is no zip file, or the entry is not UTF-8 text of at most 256 MB, or breaks the {@link TextLimits}
     */
    public static Optional<String> text(Path file, String entry) throws IOException {
        try (ZipFile zip = open(file)) {
            return text(file, zip, entry);
        }
    }

    /**
     * Reads an entry that {@code Nd4j.write} has written.
     *
     * @param file  a zip file
     * @param entry its name in the zip file
     * @return {@code [1, length]}, of type float or double; empty if there is no such entry
     * @throws IOException if the file is no zip file, or the entry is no such vector
     */
    public static Optional<INDArray> array(Path file, String entry) throws IOException {
        try (ZipFile zip = open(file)) {
            return array(file, zip, entry);
        }
    }

    /**
     * Writes a network as {@link ModelSerializer} does, with further entries, in one step.
     *
     * @param model       a {@code MultiLayerNetwork} or a {@code ComputationGraph}
     * @param file        in an existing folder
     * @param saveUpdater whether the state of the updater is written, too
     * @param entries     by name
     * @throws IOException names the file; an earlier one is then as it was
     */
    public static void write(Model model, Path file, boolean saveUpdater, Map<String, byte[]> entries)
            throws IOException {
        AtomicFile.write(file, temporary -> {
            Path plain = temporary.resolveSibling(temporary.getFileName() + ".tmp");
            try {
                ModelSerializer.writeModel(model, plain.toFile(), saveUpdater);
                ZipCopy.write(plain, temporary, entries);
            } finally {
                Files.deleteIfExists(plain);
            }
        });
    }

    private static ZipFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " must be an existing file");
        }
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IOException(file + " is not a zip file: " + e.getMessage(), e);
        } catch (EOFException e) { // a damaged directory points behind the end
            throw new IOException(file + " is not a zip file: it ends too early", e);
        }
    }

    private static Optional<String> text(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LONGEST_TEXT + 1);
            if (bytes.length > LONGEST_TEXT) {
                throw damaged(file, name, "it is longer than " + LONGEST_TEXT + " bytes", null);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Optional<String> problem = TextLimits.problem(text);
            if (problem.isPresent()) {
                throw damaged(file, name, problem.get(), null);
            }
            return Optional.of(text);
        } catch (CharacterCodingException e) {
            throw damaged(file, name, "it is not UTF-8 text", e);
        } catch (ZipException | EOFException e) {
            throw damaged(file, name, e.getMessage(), e);
        }
    }

    private static Optional<INDArray> array(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
            return Optional.of(SavedArray.read(in, Math.max(0, entry.getSize())));
        } catch (EOFException e) {
            throw damaged(file, name, "it ends too early", e);
        } catch (IOException e) {
            throw damaged(file, name, e.getMessage(), e);
        }
    }

    private static Model build(Path file, String json, INDArray parameters, Optional<INDArray> updater)
            throws IOException {
        try {
            JsonNode tree = NeuralNetConfiguration.mapper().readTree(json);
            if (tree.has("confs")) {
                MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
                network.init(parameters, false);
                updater.ifPresent(state -> network.getUpdater().setStateViewArray(network, state, false));
                return network;
            }
            if (tree.has("vertices")) {
                ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
                graph.init(parameters, false);
                updater.ifPresent(state -> graph.getUpdater().setStateViewArray(state));
                return graph;
            }
        } catch (JsonProcessingException e) {
            throw damaged(file, ModelSerializer.CONFIGURATION_JSON, "it is not JSON: " + e.getOriginalMessage(), e);
        } catch (RuntimeException | StackOverflowError e) { // Deeplearning4j has a dozen kinds for this
            throw new IOException(file + " is damaged: the network cannot be built from it: " + e.getMessage(), e);
        }
        throw damaged(file, ModelSerializer.CONFIGURATION_JSON, "it has no key confs or vertices", null);
    }

    private static IOException damaged(Path file, String entry, String reason, Throwable cause) {
        return new IOException(file + " is damaged: " + entry + ": " + reason, cause);
    }
}
