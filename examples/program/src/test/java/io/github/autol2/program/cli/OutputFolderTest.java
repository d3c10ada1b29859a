package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    @TempDir
    private Path folder;

    @Test
    void checkingLeavesNothingBehind() throws IOException {
        Path existing = Files.createDirectories(folder.resolve("existing"));
        Files.writeString(existing.resolve("result.json"), "{}");
        Map<String, String> before = Inputs.contents(folder);

        OutputFolder.check(existing);
        OutputFolder.check(existing.resolve("a/b/c"));
        OutputFolder.check(folder.resolve("new"));

        assertThat(Inputs.contents(folder)).isEqualTo(before);
    }

    @Test
    void makesTheFolderAndThoseAboveIt() throws IOException {
        OutputFolder.make(folder.resolve("a/b"));
        OutputFolder.make(folder.resolve("a/b"));

        assertThat(folder.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void namesTheFileInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");

        assertThatThrownBy(() -> OutputFolder.check(file))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessage(
                        "--out " + file + " must be a folder that can be written to, but " + file + " is not a folder");
        assertThatThrownBy(() -> OutputFolder.check(file.resolve("a/b")))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessage("--out " + file.resolve("a/b") + " must be a folder that can be written to, but " + file
                        + " is not a folder");
        assertThat(file).hasContent("kept");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void followsALinkToAFolder() throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        OutputFolder.check(link);
        OutputFolder.make(link);
        OutputFolder.make(link.resolve("inside"));

        assertThat(target.resolve("inside")).isDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void keepsALinkToNowhere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThatThrownBy(() -> OutputFolder.check(link.resolve("inside")))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessageContaining(link + " is not a folder");
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
