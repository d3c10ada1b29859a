package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings in a .yaml file. */
@Tag("slow")
class YamlFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("run.yaml"));

    static Stream<Arguments> seeds() {
        return Damaged.files(Seeds.of(
                "seeds: [1, 2]\ntrain:\n  steps: 40\n  batchSize: 10\n",
                "lambda: {mode: constant, value: 1e-3}\n",
                "a: &x 1\nb: *x\n? c\n: |\n  d\n"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsSettingsOrRefusesThem(byte @NotNull [] content) throws IOException {
        file.readSettings(content);
    }
}
