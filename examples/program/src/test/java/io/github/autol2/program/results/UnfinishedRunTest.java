package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedRunTest {

    @TempDir
    private Path out;

    private Path parts() {
        return out.resolve(UnfinishedRun.FOLDER);
    }

    @Test
    void keepsPartsUntilItIsRemovedWithAllThatItHasWritten() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of("key", "value"));
        run.put("part", 7);
        run.claim("model.zip");
        Files.writeString(parts().resolve("model.zip"), "a model");
        Files.writeString(parts().resolve(".part.json.1234.tmp"), "killed while it wrote");

        assertThat(UnfinishedRun.isIn(out)).isTrue();
        assertThat(run.parts()).isEqualTo(1);
        assertThat(run.get("part", new TypeReference<Integer>() {})).contains(7);
        run.remove();
        assertThat(parts()).doesNotExist();
    }

    @Test
    void leavesForeignFilesWhereTheyAre() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Path foreign = Files.writeString(parts().resolve("notes.txt"), "mine");

        run.remove();

        assertThat(foreign).hasContent("mine");
        assertThat(UnfinishedRun.isIn(out)).isFalse();
    }
}
