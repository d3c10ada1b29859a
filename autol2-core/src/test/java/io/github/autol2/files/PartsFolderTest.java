package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsFolderTest {

    @TempDir
    private Path folder;

    private PartsFolder parts;

    @BeforeEach
    void open() {
        parts = new PartsFolder(folder.resolve("parts"));
    }

    @Test
    void aPartComesBackAsItWasWritten() throws IOException {
        parts.write("one", "{\"\u03bb\":1}");

        assertThat(parts.has("one")).isTrue();
        assertThat(parts.read("one")).contains("{\"\u03bb\":1}");
    }

    @Test
    void aLaterPartOfTheSameNameTakesItsPlace() throws IOException {
        parts.write("one", "1");
        parts.write("one", "2");

        assertThat(parts.read("one")).contains("2");
        assertThat(parts.names("")).containsExactly("one");
    }

    @Test
    void withoutAFolderThereIsNoPart() throws IOException {
        assertThat(parts.has("one")).isFalse();
        assertThat(parts.read("one")).isEmpty();
        assertThat(parts.names("")).isEmpty();
    }

    @Test
    void namesAreThoseOfPartsOnlyInAlphabeticalOrder() throws IOException {
        parts.write("candidate-2", "2");
        parts.write("candidate-1", "1");
        parts.write("calibration-1", "1");
        Files.writeString(parts.folder().resolve("candidate-3.txt"), "not a part");
        Files.writeString(parts.folder().resolve(".candidate-4.json.123.tmp"), "not whole");

        assertThat(parts.names("candidate-")).containsExactly("candidate-1", "candidate-2");
    }

    @Test
    void aPartThatIsNotTextIsRefusedByName() throws IOException {
        Files.createDirectories(parts.folder());
        Files.write(parts.file("one"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> parts.read("one"))
                .isInstanceOf(IOException.class)
                .hasMessage(parts.file("one") + " is damaged: it is not UTF-8 text");
    }

    @Test
    void removingLeavesNothingOfItsOwn() throws IOException {
        parts.write("settings", "{}");
        parts.write("one", "1");
        Files.writeString(parts.folder().resolve("model.zip"), "a model");
        Files.writeString(parts.folder().resolve(".one.json.123.tmp"), "not whole");

        parts.remove("settings", ".zip");

        assertThat(parts.folder()).doesNotExist();
        parts.remove("settings", ".zip"); // twice does no harm
    }

    @Test
    void removingLeavesFilesOfOthers() throws IOException {
        parts.write("one", "1");
        Path other = Files.writeString(parts.folder().resolve("notes.txt"), "mine");

        parts.remove("settings", ".zip");

        assertThat(parts.folder()).isDirectoryContaining(other::equals);
        assertThat(parts.has("one")).isFalse();
    }
}
