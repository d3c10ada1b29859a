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

/** Settings in a .properties file. */
@Tag("slow")
class PropertiesFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("run.properties"));

    static Stream<Arguments> seeds() {
        return Damaged.files(Seeds.of(
                "seeds = 1,2\ntrain.steps = 40\ntrain.schedule = 0.2@0.3,0.6,0.9\n",
                "lambda.mode = constant\nlambda.value = 1e-3\n",
                "data.kind = csv\ndata.path = ${x}\nx = a\n! c\n\\u0041 : b\\\n c"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsSettingsOrRefusesThem(byte @NotNull [] content) throws IOException {
        file.readSettings(content);
    }
}
