package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code autol2 search --join} in two processes. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JoinedSearchCommandTest {

    private static final String[] ARGUMENTS = {
        "--set", "model.width=8", "--set", "data.validationSize=64", "--candidates", "6", "--threads", "1"
    };

    /** Of one process; tests only read it. */
    @TempDir
    private static Path alone;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchAlone() {
        assertThat(Program.small("search", alone.toString(), ARGUMENTS).exitCode())
                .isZero();
    }

    @Test
    void twoProcessesWriteTheResultOfOneAndAThirdThatComesLateTheSame() throws Exception {
        // given
        Path out = folder.resolve("out");
        Path begun = out.resolve("unfinished/candidate-00000.json");

        // when
        Process other = Program.startedUntilThereIs(
                begun, ProcessBuilder.Redirect.INHERIT, "search", out.toString(), joining());
        Program refused = Program.small("search", out.toString(), ARGUMENTS);
        Program joined = Program.small("search", out.toString(), joining());
        int exitCode = other.waitFor();

        // then
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("is in use by another run of AutoL2 (shared by process " + other.pid());
        assertThat(joined.errors()).isEmpty();
        assertThat(joined.exitCode()).isZero();
        assertThat(exitCode).isZero();
        assertSameAsAlone(out);

        // when
        Program late = Program.small("search", out.toString(), joining());
        Program different = Program.small("search", out.toString(), joining("--seed", "7"));

        // then
        assertThat(late.output()).contains("Written to " + out);
        assertSameAsAlone(out);
        assertThat(different.exitCode()).isEqualTo(2);
        assertThat(different.errors()).contains("--join needs the settings of the run in " + out, "was 1 and is 7");
    }

    private static String[] joining(String... more) {
        List<String> all = new ArrayList<>(List.of(ARGUMENTS));
        all.add("--join");
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void assertSameAsAlone(Path out) throws IOException {
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(alone));
        assertThat(model(out)).isEqualTo(model(alone));
        assertThat(out.resolve("unfinished")).doesNotExist();
        assertThat(out.resolve(".autol2-lock")).doesNotExist();
        assertThat(Files.exists(out.resolve("report.html"))).isTrue();
    }

    private static Object model(Path out) throws IOException {
        return MultiLayerNetwork.load(out.resolve("model.zip").toFile(), true).params();
    }

    private static JsonNode withoutTimes(Path out) throws IOException {
        JsonNode search = new ObjectMapper().readTree(out.resolve("search.json").toFile());
        search.get("candidates").forEach(candidate -> ((ObjectNode) candidate).remove("seconds"));
        return search;
    }

    @Test
    void goesOnWithWhatAKilledProcessHasLeft() throws Exception {
        Path out = folder.resolve("out");
        Program.killedWhenThereIs(out.resolve("unfinished/candidate-00002.json"), "search", out.toString(), joining());

        Program program = Program.small("search", out.toString(), joining());

        assertThat(program.errors()).isEmpty();
        assertSameAsAlone(out);
    }

    @Test
    void joinAndRestartExcludeEachOther() {
        Program program = Program.small("search", folder.resolve("out").toString(), joining("--restart"));

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().strip())
                .contains("--join and --restart exclude each other")
                .doesNotContain("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
