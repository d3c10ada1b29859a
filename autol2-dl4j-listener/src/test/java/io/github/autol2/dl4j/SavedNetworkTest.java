package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class SavedNetworkTest {

    @TempDir
    private Path folder;

    static Stream<Model> networks() {
        return Stream.of(trained(multiLayer(DataType.FLOAT)), trained(graph()));
    }

    private static NeuralNetConfiguration.Builder configuration(DataType type) {
        return new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(new Adam(0.01));
    }

    private static MultiLayerNetwork multiLayer(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(type)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(configuration(DataType.FLOAT)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(3).build(), "in")
                .addLayer("out", new OutputLayer.Builder().nIn(3).nOut(2).build(), "hidden")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static Model trained(Model model) {
        Network network = Network.of(model);
        for (int i = 0; i < 5; i++) {
            network.fit(batch());
        }
        return model;
    }

    private static DataSet batch() {
        Nd4j.getRandom().setSeed(2);
        return new DataSet(Nd4j.rand(6, 4), Nd4j.eye(2).repeat(0, 3));
    }

    private Path saved(Model model) throws IOException {
        Path file = folder.resolve("model.zip");
        ModelSerializer.writeModel(model, file.toFile(), true);
        return file;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void readsANetworkThatTrainsOnAsIfItHadNotBeenSaved(Model model) throws IOException {
        Model read = SavedNetwork.read(saved(model));

        assertThat(read.params()).isEqualTo(model.params());
        assertThat(Network.of(read).iteration()).isEqualTo(5);
        trained(model);
        trained(read);
        assertThat(read.params()).isEqualTo(model.params());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void readsBothTypesOfNumbers(DataType type) throws IOException {
        MultiLayerNetwork network = multiLayer(type);

        assertThat(SavedNetwork.read(saved(network)).params()).isEqualTo(network.params());
    }

    @Test
    void readsANetworkWithoutAnUpdaterState() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .list()
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        network.init();

        assertThat(SavedNetwork.read(saved(network)).params()).isEqualTo(network.params());
    }

    /** Notes that it has been deserialised. */
    private static final class Hostile implements Serializable {

        private static final long serialVersionUID = 1;
        private static int deserialised;

        private void readObject(ObjectInputStream in) {
            deserialised++;
        }
    }

    @Test
    void deserialisesNothingWhereDeeplearning4jDoes() throws IOException {
        Path file = saved(multiLayer(DataType.FLOAT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Hostile());
        }
        put(file, ModelSerializer.PREPROCESSOR_BIN, bytes.toByteArray());
        Hostile.deserialised = 0;

        SavedNetwork.read(file);
        assertThat(Hostile.deserialised).isZero();

        assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file.toFile()))
                .isInstanceOf(ClassCastException.class);
        assertThat(Hostile.deserialised).isOne();
    }

    private static void put(Path file, String entry, byte[] content) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
            if (zip.getPath(entry).getParent() != null) {
                Files.createDirectories(zip.getPath(entry).getParent());
            }
            Files.write(zip.getPath(entry), content);
        }
    }

    private static byte[] array(String mode, long[] shape, long length, String type, int values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(mode);
        out.writeLong(shape.length);
        out.writeUTF("LONG");
        for (long number : shape) {
            out.writeLong(number);
        }
        out.writeUTF(mode);
        out.writeLong(length);
        out.writeUTF(type);
        for (int i = 0; i < values; i++) {
            out.writeFloat(i);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MIXED_DATA_TYPES | 2,1,23,23,1,0,1,99              | 23            | FLOAT  | 22 | it ends too early",
                "MIXED_DATA_TYPES | 2,1,23,23,1,0,1,99              | 24            | FLOAT  | 24 | a shape of 23 values goes with 24",
                "MIXED_DATA_TYPES | 2,1,1099511627776,1,1,0,1,99    | 1099511627776 | FLOAT  | 23 | more than there are",
                "MIXED_DATA_TYPES | 2,1,300,300,1,0,1,99            | 300           | FLOAT  | 23 | more than there are",
                "MIXED_DATA_TYPES | 2,5,5,5,1,0,1,99                | 25            | FLOAT  | 25 | it must be "
                        + "a vector, got the shape [5, 5]",
                "MIXED_DATA_TYPES | 2,1,-1,1,1,0,1,99               | -1            | FLOAT  | 23 | it must be a vector",
                "MIXED_DATA_TYPES | 9,1,23,23,1,0,1,99              | 23            | FLOAT  | 23 | a rank of 9",
                "MIXED_DATA_TYPES | 2,1,23,23,1,0,1,99              | 23            | UTF8   | 23 | must be of "
                        + "type FLOAT or DOUBLE, got UTF8",
                "MIXED_DATA_TYPES | 2,1,23,23,1,0,1,99              | 23            | ODD    | 23 | it is no array of ND4J",
                "ANYTHING         | 2,1,23,23,1,0,1,99              | 23            | FLOAT  | 23 | it is no array of ND4J",
                "MIXED_DATA_TYPES | 2,1,22,22,1,0,1,99              | 22            | FLOAT  | 22 | the network cannot be built from it"
            })
    void refusesNumbersThatAreNotTheNetworks(
            String mode, String shape, long length, String type, int values, String told) throws IOException {
        Path file = saved(multiLayer(DataType.FLOAT));
        long[] numbers = Stream.of(shape.split(",")).mapToLong(Long::parseLong).toArray();
        put(file, ModelSerializer.COEFFICIENTS_BIN, array(mode, numbers, length, type, values));

        assertThatThrownBy(() -> SavedNetwork.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is damaged: ")
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"confs\": 5}",
                "{\"confs\": [], \"vertices\": {}}",
                "{\"vertices\": {}}"
            })
    void refusesAConfigurationThatIsNone(String json) throws IOException {
        Path file = saved(multiLayer(DataType.FLOAT));
        put(file, ModelSerializer.CONFIGURATION_JSON, json.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> SavedNetwork.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is damaged: ");
    }

    @Test
    void refusesFilesThatAreNoNetworks() throws IOException {
        Path missing = folder.resolve("missing.zip");
        Path text = Files.writeString(folder.resolve("text.zip"), "no zip file");
        Path empty = folder.resolve("empty.zip");
        try (FileSystem zip = FileSystems.newFileSystem(empty, Map.of("create", "true"))) {
            Files.writeString(zip.getPath("other"), "");
        }

        assertThatThrownBy(() -> SavedNetwork.read(missing)).hasMessage(missing + " must be an existing file");
        assertThatThrownBy(() -> SavedNetwork.read(text)).hasMessageStartingWith(text + " is not a zip file");
        assertThatThrownBy(() -> SavedNetwork.read(empty))
                .hasMessage(empty + " is not a network of Deeplearning4j: it has no entry configuration.json");
    }

    /** The fuzzer's: four bytes of the directory's record come twice, and the JDK reads behind the end. */
    @Test
    void namesAFileWhoseDirectoryIsDamaged() throws IOException {
        Path file = saved(multiLayer(DataType.FLOAT));
        byte[] sound = Files.readAllBytes(file);
        byte[] damaged = new byte[sound.length + 4];
        System.arraycopy(sound, 0, damaged, 0, sound.length - 2);
        System.arraycopy(sound, sound.length - 6, damaged, sound.length - 2, 6);
        Files.write(file, damaged);

        assertThatThrownBy(() -> SavedNetwork.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a zip file: it ends too early");
    }

    @Test
    void readsTextOfAnEntryOrSaysThatThereIsNone() throws IOException {
        Path file = saved(multiLayer(DataType.FLOAT));
        put(file, "note.json", "{}".getBytes(StandardCharsets.UTF_8));
        put(file, "latin.json", new byte[] {'"', (byte) 0xE9, '"'});

        assertThat(SavedNetwork.text(file, "note.json")).contains("{}");
        assertThat(SavedNetwork.text(file, "other.json")).isEmpty();
        assertThatThrownBy(() -> SavedNetwork.text(file, "latin.json"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is damaged: latin.json: it is not UTF-8 text");
    }
}
