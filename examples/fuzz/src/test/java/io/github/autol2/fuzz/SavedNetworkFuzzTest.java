package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.program.results.TableModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** A network's zip file: its own entries, and those of a table and of a state. */
@Tag("slow")
class SavedNetworkFuzzTest {

    @TempDir
    private static Path folder;

    private static final String RECIPE =
            "{\"header\":true,\"columns\":2,\"label\":1,\"labelName\":\"k\",\"features\":[{\"name\":\"x\","
                    + "\"column\":0,\"mean\":3.1,\"deviation\":2.7,\"categories\":[],\"fill\":\"\"}],"
                    + "\"target\":{\"names\":[\"a\",\"b\"],\"weights\":[1.0,1.0]}}";

    private final FuzzedFile file = new FuzzedFile(folder.resolve("model.zip"));

    static Stream<Arguments> seeds() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(Seeds.network());
        network.init();
        Path file = folder.resolve("seed.zip");
        SavedNetwork.write(network, file, true, Map.of());
        byte[] configuration = Seeds.network().toJson().getBytes(StandardCharsets.UTF_8);
        return Damaged.of(Stream.of(
                Arguments.of(Files.readAllBytes(file), null, null),
                Arguments.of(null, configuration, array(network)),
                Arguments.of(null, RECIPE.getBytes(StandardCharsets.UTF_8), null)));
    }

    private static byte[] array(MultiLayerNetwork network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(network.params(), new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /**
     * Reads all that the file may hold.
     *
     * @param zip           the whole file; null to make it of the entries
     * @param configuration of the network, also taken for the recipe of a table and for the state of a run
     * @param array         the parameters and the state of the updater
     */
    @MethodSource("seeds")
    @FuzzTest
    void readsANetworkOrRefusesIt(byte[] zip, byte[] configuration, byte[] array) throws IOException {
        byte[] content = zip == null ? made(configuration, array) : zip;
        file.read(content, SavedNetwork::read, IOException.class);
        file.read(TableModel::read, IOException.class);
        file.read(SavedRun::readFrom, IOException.class);
    }

    private static byte[] made(byte[] configuration, byte[] array) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        if (configuration != null) {
            entries.put("configuration.json", configuration);
            entries.put("autol2-table.json", configuration);
            entries.put("autol2.json", configuration);
        }
        if (array != null) {
            entries.put("coefficients.bin", array);
            entries.put("updaterState.bin", array);
        }
        return Seeds.zip(entries);
    }
}
