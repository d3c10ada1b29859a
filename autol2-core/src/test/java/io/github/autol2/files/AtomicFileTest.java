package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    /** A file of Linux that takes nothing. */
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void replacesAFileByTheWholeNewContent() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        AtomicFile.write(file, temporary -> {
            Files.writeString(temporary, "new");
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aFailureLeavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: disk full");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aFullDiskIsToldWithTheNameOfTheFile() throws IOException {
        assumeTrue(Files.exists(FULL_DISK), "needs " + FULL_DISK);
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> Files.writeString(FULL_DISK, "new")))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: No space left on device");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void tellsWhyAFileWasNotWrittenAlsoIfWhatIsThereOfItCannotBeRemoved() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {
                    Files.delete(temporary);
                    Files.createDirectory(temporary);
                    Files.createFile(temporary.resolve("in the way"));
                    throw new IOException("read-only file system");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: read-only file system")
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().isInstanceOf(DirectoryNotEmptyException.class));

        assertThat(file).hasContent("old");
    }

    @Test
    void tellsThatTheFolderIsGone() throws IOException {
        Path file = Files.createDirectory(folder.resolve("gone")).resolve("file");
        Files.delete(file.getParent());

        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> Files.writeString(temporary, "new")))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be written: its folder is gone");

        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void leavesNoTemporaryFileAfterAnExceptionOfAnyKind() throws IOException {
        Path file = folder.resolve("file");

        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {
                    throw new IllegalStateException("no network");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no network");

        assertThat(folder).isEmptyDirectory();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
