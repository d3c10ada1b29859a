package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenFilesTest {

    private static final SplitSizes SIZES = new SplitSizes(2, 1, 1);

    @TempDir
    private Path folder;

    private Path file;
    private final SeenFiles seen = new SeenFiles();

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("table.csv"), "1,a\n2,b\n3,a\n4,b\n");
    }

    private String read() {
        return seen.read(List.of(file), () -> "rows");
    }

    private void grow() throws IOException {
        Files.writeString(file, "5,a\n", StandardOpenOption.APPEND);
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(this::read)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage(file + problem + ", and must be read again: put it back as it was");
    }

    @Test
    void theHashOfAFileThatHasGrownSinceItWasReadIsRefused() throws IOException {
        CsvTable table = new CsvTable(file, "last");
        table.load(SIZES, 1);
        grow();

        assertThatThrownBy(table::hashes)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": must not change while it is read: begin again when it is whole");
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsRefused() {
        assertThatThrownBy(() -> seen.read(List.of(file), () -> {
                    try {
                        grow();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return "half of the rows";
                }))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": must not change while it is read: begin again when it is whole");
    }

    @Test
    void whatStaysInMemoryNeedsNoFileAnyMore() throws IOException {
        CsvTable table = new CsvTable(file, "last");
        table.load(SIZES, 1);
        assertThat(table.hashes()).containsOnlyKeys(file);
        assertThat(table.changed()).isEmpty();
        grow();

        assertThat(table.load(SIZES, 2).training().numExamples()).isEqualTo(2);
        assertThat(table.rowCount()).isEqualTo(4);
        assertThat(table.changed()).containsExactly(file);
    }

    @Test
    void aFileIsReadAgainOnlyIfItHoldsTheSame() throws IOException {
        read();
        seen.hashes(List.of(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThat(read()).isEqualTo("rows");
        assertThat(seen.changed()).isEmpty();
        grow();
        assertRefused(" has changed since it was first read");
        Files.delete(file);
        assertRefused(" is gone since it was first read");
        Files.createDirectory(file);
        assertRefused(" cannot be read any more (Is a directory)");
        assertThat(seen.changed()).containsExactly(file);
    }

    @Test
    void aFileThatLooksTheSameIsNotTheSame() throws IOException {
        read();
        seen.hashes(List.of(file));
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "2,a\n1,b\n3,a\n4,b\n");
        Files.setLastModifiedTime(file, time);

        assertRefused(" has changed since it was first read");
    }

    @Test
    void aFileThatNobodyHasSeenDoesNotTakeThePlaceOfAnother() throws IOException {
        seen.hashes(List.of(Files.writeString(folder.resolve("table.csv.gz"), "packed")));

        assertRefused(" has changed since it was first read");
    }
}
