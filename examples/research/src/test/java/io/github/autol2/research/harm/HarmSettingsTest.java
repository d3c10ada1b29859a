package io.github.autol2.research.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.data.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmSettingsTest {

    @TempDir
    private Path folder;

    private static Map<String, String> parts(Optional<Path> mnist) {
        return new HarmSettings(HarmPrograms.generated(), List.of(10), List.of(1L), mnist.map(IdxFiles::new)).parts();
    }

    @Test
    void runsDependOnTheFilesOfMnist() throws IOException {
        for (String name : List.of(
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
                "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte")) {
            Files.writeString(folder.resolve(name), name);
        }
        Map<String, String> before = parts(Optional.of(folder));
        assertThat(before).containsEntry("harm.mnist", folder.toString());
        assertThat(parts(Optional.of(folder))).isEqualTo(before);

        Files.writeString(folder.resolve("t10k-labels-idx1-ubyte"), "others");

        assertThat(parts(Optional.of(folder))).isNotEqualTo(before);
    }

    @Test
    void runsWithoutMnistDependOnNoFile() {
        assertThat(parts(Optional.empty())).containsOnlyKeys("command", "seeds", "harm.iterations", "harm.programs");
    }
}
