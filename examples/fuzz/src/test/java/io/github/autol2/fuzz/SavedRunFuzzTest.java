package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.schedule.AutoL2Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** The state of AutoL2 in a file of its own. */
@Tag("slow")
class SavedRunFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("state.json"));

    static Stream<Arguments> seeds() throws IOException {
        return Damaged.files(Stream.of(state(AutoL2Options.adaptive(100)), state(AutoL2Options.paper())));
    }

    private static byte[] state(AutoL2Options options) throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(Seeds.network());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(options);
        network.setListeners(listener);
        for (int i = 0; i < 3; i++) {
            network.fit(Nd4j.ones(2, Seeds.INPUTS), Nd4j.eye(Seeds.CLASSES));
        }
        Path file = folder.resolve("seed.json");
        listener.savedRun().write(file);
        return Files.readAllBytes(file);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAStateOrRefusesIt(byte @NotNull [] content) throws IOException {
        file.read(content, path -> AutoL2Listener.resume(SavedRun.read(path)).build(), IOException.class);
    }
}
