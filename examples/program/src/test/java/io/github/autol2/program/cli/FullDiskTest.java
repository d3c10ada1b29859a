package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that takes no network any more, for which a limit on the size of files stands, and one that is gone. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the shell sets the limit")
class FullDiskTest {

    private static final int KILOBYTES = 64; // parts in JSON are smaller, networks are larger
    private static final String EARLIER = "of an earlier run";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"train, seed1.zip", "tune, validated-seed..best.zip", "search, model.zip"})
    void theFileIsNamedNothingIsMixedAndTheRunGoesOn(String command, String part) throws Exception {
        // given
        Path whole = folder.resolve("whole");
        Path out = folder.resolve("out");
        assertThat(run(command, whole).exitCode()).isZero();
        Files.createDirectory(out);
        for (String name : results(whole)) {
            Files.writeString(out.resolve(name), EARLIER);
        }

        // when
        Program full = Program.withSmallFiles(
                KILOBYTES, folder.resolve("errors"), command, out.toString(), arguments(command, "--restart"));

        // then
        assertThat(full.errors())
                .matches("autol2: the run failed: \\Q" + out + "\\E/unfinished/" + part
                        + " cannot be written: File too large.*--resume.* \\(--verbose shows where\\)\n");
        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(results(out))
                .allSatisfy(name -> assertThat(out.resolve(name)).hasContent(EARLIER));

        // when
        Program resumed = run(command, out, "--resume");

        // then
        assertThat(resumed.errors()).contains("Going on with the interrupted run");
        assertThat(resumed.exitCode()).isZero();
        assertThat(results(out))
                .isEqualTo(results(whole))
                .allSatisfy(name -> assertThat(Files.readAllBytes(out.resolve(name)))
                        .isNotEqualTo(EARLIER.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"train, seed1.zip", "tune, calibration-seed1.json", "search, candidate-00000.json"})
    void aFolderThatVanishesWhileTheRunGoesOnEndsItAndDoesNotComeBackWithTheRest(String command, String part)
            throws Exception {
        // given
        Path out = folder.resolve("out");
        Path unfinished = out.resolve("unfinished");
        Thread thief = new Thread(() -> await(unfinished.resolve(part))
                .renameTo(folder.resolve("stolen").toFile()));

        // when
        thief.start();
        Program robbed = run(command, out);
        thief.join();

        // then
        assertThat(robbed.errors())
                .matches("autol2: the run failed: \\Q" + unfinished
                        + "\\E/.* (cannot be written: its folder is gone|is gone: somebody has moved .*) "
                        + "\\(--verbose shows where\\)\n");
        assertThat(robbed.exitCode()).isEqualTo(1);
        assertThat(unfinished.resolve("settings.json")).doesNotExist();
        assertThat(results(out)).isEmpty();

        // when
        if (Files.exists(unfinished)) { // later candidates of the search, which count for nothing without its settings
            Files.move(unfinished, folder.resolve("later"));
        }
        Files.move(folder.resolve("stolen"), unfinished);
        Program resumed = run(command, out, "--resume");

        // then
        assertThat(resumed.errors()).contains("Going on with the interrupted run");
        assertThat(resumed.exitCode()).isZero();
    }

    /** The folder of the file, once it is there. */
    private static File await(Path file) {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        return file.getParent().toFile();
    }

    private static Program run(String command, Path out, String... further) {
        return Program.small(command, out.toString(), arguments(command, further));
    }

    private static String[] arguments(String command, String... further) {
        List<String> all = new ArrayList<>(
                switch (command) {
                    case "search" -> List.of("--candidates", "2", "--threads", "1", "--set", "calibration.race=false");
                    case "tune" -> List.of("--set", "seeds=1");
                    default -> List.of();
                });
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }

    private static List<String> results(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
