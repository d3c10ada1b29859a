package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network as JSON or YAML. */
@Tag("slow")
class ModelFileFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("network.json"));

    static Stream<Arguments> seeds() {
        return Damaged.files(Seeds.of(
                Seeds.network().toJson(),
                Seeds.graph().toJson(),
                Seeds.network().toYaml(),
                Seeds.graph().toYaml()));
    }

    @MethodSource("seeds")
    @FuzzTest
    void buildsANetworkOrRefusesIt(byte @NotNull [] content) throws IOException {
        file.read(content, ModelFileFuzzTest::build, InvalidModelException.class);
    }

    private static void build(Path path) {
        RunSettings settings = RunSettings.read(
                new SettingsReader(Settings.load(Optional.empty(), List.of("model.kind=file", "model.file=" + path))));
        Models.build(
                settings.model(),
                settings.train(),
                1,
                InputShape.row(Seeds.INPUTS),
                Target.Classes.numbered(Seeds.CLASSES),
                1);
    }
}
