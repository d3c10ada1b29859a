package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupted runs of {@code train}, and folders that others use or have used. */
class TrainResumeTest {

    @TempDir
    private Path folder;

    @Tag("slow")
    @Test
    void goesOnAfterAKillWithTheSameResult() throws Exception {
        // given
        Path cut = folder.resolve("cut");
        Program.small("train", folder.resolve("whole").toString());
        Program.killedWhenThereIs(
                cut.resolve("unfinished/seed1.zip"), "train", cut.toString(), "--set", "train.keepEvery=0");
        assertThat(cut.resolve("unfinished/seed1.zip")).exists();
        assertThat(cut.resolve("result.json")).doesNotExist();

        // when
        Program forgotten = Program.small("train", cut.toString());
        Program other = Program.small("train", cut.toString(), "--resume", "--set", "train.learningRate=0.06");
        Program resumed = Program.small("train", cut.toString(), "--resume");

        // then
        assertThat(forgotten.exitCode()).isEqualTo(2);
        assertThat(forgotten.errors())
                .contains(
                        "has ended without giving its lock back",
                        "holds the finished parts of an interrupted run: go on with --resume");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.errors()).contains("train.learningRate was 0.05 and is 0.06");
        assertThat(resumed.errors()).contains("Going on with the interrupted run");
        assertThat(resumed.exitCode()).isZero();
        assertThat(cut.resolve("curve.csv")).hasSameBinaryContentAs(folder.resolve("whole/curve.csv"));
        assertThat(result("cut")).isEqualTo(result("whole"));
        assertThat(network("cut").params()).isEqualTo(network("whole").params());
        assertThat(cut)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
        assertThat(cut.resolve("unfinished")).doesNotExist();
    }

    /** A process that was started with SIGINT ignored, as by nohup or in the background of a script, hands that on to those it starts. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+", 2)[1], 16) & 2) != 0);
    }

    @Tag("slow")
    @DisabledOnOs(OS.WINDOWS)
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void whoTerminatesARunIsToldWhatIsKeptAndHowToGoOn(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && ignoresInterrupts());

        String errors = Program.signalledWhenThereIs(
                signal, folder.resolve("unfinished/seed1.json"), "train", folder.toString());

        // not always the last line: where the next run had not trained yet, its listener says so as the program ends
        assertThat(errors.lines())
                .anyMatch(line -> line.matches("Interrupted\\. The finished parts \\(\\d\\) are kept in \\Q" + folder
                        + "\\E: go on with --resume, or begin anew with --restart\\."));
    }

    @Test
    void refusesAFolderWithResultsUnlessTheyAreToBeThrownAway() throws IOException {
        // given
        Program.small("train", folder.toString(), "--set", "train.steps=20");
        Map<String, String> before = Inputs.contents(folder);

        // when
        Program second = Program.small("train", folder.toString(), "--set", "train.steps=20");
        Program resumed = Program.small("train", folder.toString(), "--set", "train.steps=20", "--resume");

        // then
        assertThat(second)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: " + folder + " holds the results of an earlier run (result.json): throw them away "
                                + "with --restart, or choose another --out\n"));
        assertThat(resumed)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: " + folder
                                + " holds the results of an earlier run (result.json) and no parts to "
                                + "go on with: throw them away with --restart, or choose another --out\n"));
        assertThat(Inputs.contents(folder)).isEqualTo(before);
        assertThat(Program.small("train", folder.toString(), "--set", "train.steps=20", "--restart")
                        .exitCode())
                .isZero();
    }

    @Test
    void refusesAFolderOfSomebodyElsesInThePlaceOfUnwrittenResults() throws IOException {
        Path notes =
                Files.createDirectories(folder.resolve("unfinished/results")).resolve("notes.txt");
        Files.writeString(notes, "mine");

        Program program = Program.small("train", folder.toString());

        assertThat(program)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: " + folder.resolve("unfinished") + " holds files that autol2 has not written, such as "
                                + "results: move them away, or choose another --out\n"));
        assertThat(notes).hasContent("mine");
    }

    @Test
    void refusesAFolderInWhichAnotherRunIsAtWork() throws IOException {
        try (FolderLock other = FolderLock.acquire(folder)) {
            assertThat(other).isNotNull();
            for (String command : new String[] {"train", "tune", "calibrate", "search"}) {
                Program program = Program.small(command, folder.toString(), "--restart");

                assertThat(program.errors())
                        .isEqualTo("autol2: " + folder + " is in use by another run of AutoL2 (in this same program): "
                                + "wait until that has ended, or choose another --out\n");
                assertThat(program.exitCode()).isEqualTo(2);
            }
        }
    }

    private JsonNode result(String name) throws IOException {
        JsonNode result = new ObjectMapper()
                .readTree(folder.resolve(name).resolve("result.json").toFile());
        result.get("runs").forEach(run -> ((ObjectNode) run).remove("seconds"));
        ((ObjectNode) result.get("config")).remove("train.keepEvery");
        return result;
    }

    private MultiLayerNetwork network(String name) throws IOException {
        return (MultiLayerNetwork) SavedNetwork.read(folder.resolve(name).resolve("model.zip"));
    }
}
