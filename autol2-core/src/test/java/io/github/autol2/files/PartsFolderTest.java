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
        parts.claim("model.zip");
        Files.writeString(parts.folder().resolve("model.zip"), "a model");
        Files.writeString(parts.folder().resolve(".one.json.123.tmp"), "not whole");
        Files.writeString(parts.folder().resolve("zipfstmp123.tmp"), "a zip file that is not whole");

        parts.remove("settings");

        assertThat(parts.folder()).doesNotExist();
        parts.remove("settings"); // twice does no harm
    }

    @Test
    void aFolderWithinIsEmptiedAndRemovedWithTheParts() throws IOException {
        Files.writeString(parts.emptyFolder("results").resolve("half.csv"), "not whole");

        assertThat(parts.emptyFolder("results")).isEmptyDirectory();
        Files.writeString(parts.folder().resolve("results/a.csv"), "1");
        parts.remove("settings");

        assertThat(parts.folder()).doesNotExist();
    }

    @Test
    void aFolderWithinThatSomebodyElseHasMadeIsTheirs() throws IOException {
        Path notes = parts.folder().resolve("results/notes.txt");
        Files.createDirectories(notes.getParent());
        Files.writeString(notes, "mine");
        parts.write("settings", "{}");

        assertThat(parts.foreign(".zip", "results")).containsExactly("results");
        assertThatThrownBy(() -> parts.emptyFolder("results"))
                .isInstanceOf(IOException.class)
                .hasMessage(notes.getParent() + " is in the way: AutoL2 has not written it");
        parts.remove("settings");

        assertThat(notes).hasContent("mine");
    }

    @Test
    void aFolderWithinThatIsOursIsNotForeign() throws IOException {
        parts.emptyFolder("results");

        assertThat(parts.foreign(".zip", "results")).isEmpty();
    }

    @Test
    void aPartWithANumberOfAMillionDigitsIsRefusedByName() throws IOException {
        parts.write("one", "1".repeat(1_000_000));

        assertThatThrownBy(() -> parts.read("one"))
                .isInstanceOf(IOException.class)
                .hasMessage(parts.file("one") + " is damaged: line 1: a number must have at most 100 digits");
    }

    @Test
    void removingLeavesFilesOfOthers() throws IOException {
        parts.write("one", "1");
        Path other = Files.writeString(parts.folder().resolve("notes.txt"), "mine");

        parts.remove("settings");

        assertThat(parts.folder()).isDirectoryContaining(other::equals);
        assertThat(parts.has("one")).isFalse();
    }

    @Test
    void removingLeavesFilesThatOnlyLookLikeParts() throws IOException {
        Files.createDirectories(parts.folder());
        Path json = Files.writeString(parts.file("settings"), "{\"mine\": 1}");
        Path zip = Files.writeString(parts.folder().resolve("model.zip"), "mine");
        Path hidden = Files.writeString(parts.folder().resolve(".mine.tmp"), "mine");
        parts.write("one", "1");

        assertThat(parts.foreign(".zip", "results")).containsExactly("model.zip", "settings.json");
        assertThat(parts.owns("settings")).isFalse();
        assertThat(parts.owns("one")).isTrue();
        parts.remove("settings");

        assertThat(json).hasContent("{\"mine\": 1}");
        assertThat(zip).hasContent("mine");
        assertThat(hidden).hasContent("mine");
        assertThat(parts.has("one")).isFalse();
    }

    @Test
    void removingFollowsNoLinks() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path json = Files.writeString(elsewhere.resolve("settings.json"), "{}");
        Files.createSymbolicLink(parts.folder(), elsewhere);

        parts.remove("settings");
        assertThat(json).exists();

        Files.delete(parts.folder());
        parts.write("one", "1");
        Path target = Files.writeString(folder.resolve("target.json"), "mine");
        Files.delete(parts.file("one"));
        Files.createSymbolicLink(parts.file("one"), target);
        parts.remove("settings");
        assertThat(target).hasContent("mine");
    }

    @Test
    void movesAllThatIsOursAndNothingElse() throws IOException {
        PartsFolder from = new PartsFolder(folder.resolve("from"));
        PartsFolder to = new PartsFolder(folder.resolve("to"));
        from.write("part", "1");
        Path mine = Files.writeString(from.folder().resolve("notes.txt"), "mine");
        Files.createDirectory(to.folder());
        Path other = Files.writeString(to.folder().resolve("other.txt"), "mine, too");

        from.moveTo(to);

        assertThat(mine).hasContent("mine");
        assertThat(other).hasContent("mine, too");
        assertThat(to.owns("part")).isTrue();
        assertThat(from.names("")).isEmpty();
        to.remove("part");
        assertThat(to.folder()).isDirectoryContaining(file -> file.endsWith("other.txt"));
    }

    @Test
    void movesNothingOverAFileOfSomebodyElses() throws IOException {
        PartsFolder from = new PartsFolder(folder.resolve("from"));
        PartsFolder to = new PartsFolder(folder.resolve("to"));
        from.write("part", "1");
        Files.createDirectory(to.folder());
        Path other = Files.writeString(to.folder().resolve("part.json"), "mine");

        assertThatThrownBy(() -> from.moveTo(to))
                .isInstanceOf(IOException.class)
                .hasMessage(other + " is in the way: AutoL2 has not written it");
        assertThat(from.owns("part")).isTrue();
        assertThat(other).hasContent("mine");
    }
}
