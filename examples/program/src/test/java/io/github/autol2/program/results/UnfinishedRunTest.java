package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.training.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"settings", "calibration-1", "run-1"})
    void aPartThatIsNotTextIsNamed(String name) throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Path part =
                Files.write(parts().resolve(name + ".json"), new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, '"', '}'});

        assertDamaged(
                () -> run.get(name, new TypeReference<Calibration>() {}), part, " is damaged: it is not UTF-8 text");
        assertDamaged(
                () -> run.get(name, new TypeReference<RunResult>() {}), part, " is damaged: it is not UTF-8 text");
        assertDamaged(
                () -> run.get(name, new TypeReference<Map<String, String>>() {}),
                part,
                " is damaged: it is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "7", "{\"seed\":", "[{\"seed\":1,\"lambda\":0.03,\"accuracy\"5}]"})
    void aPartThatIsAnotherThingIsNamed(String json) throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Path part = Files.writeString(parts().resolve("part.json"), json);

        assertDamaged(() -> run.get("part", new TypeReference<Calibration>() {}), part, " is not a part of a run: ");
        assertDamaged(() -> run.get("part", new TypeReference<RunResult>() {}), part, " is not a part of a run: ");
    }

    private static void assertDamaged(ThrowingCallable reading, Path part, String problem) {
        assertThatThrownBy(reading).isInstanceOf(IOException.class).hasMessageStartingWith(part + problem);
    }

    @Test
    void saysWhichResultsAreReplacedIfALaterOneCannotBe() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Path first = Files.writeString(out.resolve("a.csv"), "old");
        Path second = Files.writeString(out.resolve("b.csv"), "old");

        assertThatThrownBy(() -> run.finish(folder -> {
                    Files.writeString(folder.resolve("a.csv"), "new");
                    Files.createDirectory(folder.resolve("b.csv")); // takes no file's place
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.csv")
                .hasMessageEndingWith("; of earlier results are replaced: a.csv, and the finished parts are kept in "
                        + parts() + ": go on with --resume");

        assertThat(first).hasContent("new");
        assertThat(second).hasContent("old");
        assertThat(UnfinishedRun.isIn(out)).isTrue();
    }

    @Test
    void earlierResultsAreAsTheyWereIfOneOfThemCannotBeWritten() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Path first = Files.writeString(out.resolve("a.csv"), "old");

        assertThatThrownBy(() -> run.finish(folder -> {
                    Files.writeString(folder.resolve("a.csv"), "new");
                    throw new IOException("no space left");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no space left; earlier results are as they were, and the finished parts");

        assertThat(first).hasContent("old");
    }

    @Test
    void aFolderThatIsGoneDoesNotComeBackWithTheLaterPartsAlone() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of("seeds", "1"));
        run.put("first", 1);
        Files.move(parts(), out.resolve("moved"));
        String problem = parts().resolve("settings.json")
                + " is gone: somebody has moved or removed the finished parts while the run went on";

        assertThatThrownBy(() -> run.put("second", 2))
                .isInstanceOf(IOException.class)
                .hasMessage(problem);
        assertThatThrownBy(() -> run.claim("model.zip"))
                .isInstanceOf(IOException.class)
                .hasMessage(problem);

        assertThat(parts()).doesNotExist();
        Files.move(out.resolve("moved"), parts());
        run.put("second", 2);
        assertThat(run.parts()).isEqualTo(2);
    }

    @Test
    void saysWhetherPartsCouldBeSetAside() throws IOException {
        assertThat(UnfinishedRun.begin(out, Map.of()).setAside()).isTrue();
        assertThat(UnfinishedRun.setAsideIn(out)).isPresent();

        Path foreign = Files.writeString(out.resolve(UnfinishedRun.SET_ASIDE).resolve("notes.txt"), "mine");
        assertThat(UnfinishedRun.begin(out, Map.of()).setAside()).isFalse();
        assertThat(foreign).hasContent("mine");
        assertThat(parts()).doesNotExist();
    }

    @Test
    void movesNoFilesOfSomebodyElses() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        run.put("candidate-1", 1);
        Path foreign = Files.writeString(parts().resolve("notes.txt"), "mine");
        Path aside = out.resolve(UnfinishedRun.SET_ASIDE);

        assertThat(run.setAside()).isTrue();
        assertThat(foreign).hasContent("mine");
        assertThat(aside.resolve("notes.txt")).doesNotExist();
        assertThat(aside.resolve("candidate-1.json")).exists();
        Path other = Files.writeString(aside.resolve("other.txt"), "mine, too");

        UnfinishedRun.setAsideIn(out).orElseThrow().takeUp();
        assertThat(foreign).hasContent("mine");
        assertThat(other).hasContent("mine, too");
        assertThat(UnfinishedRun.goOn(out).parts()).isEqualTo(1);
        assertThat(parts().resolve("other.txt")).doesNotExist();
        assertThat(UnfinishedRun.setAsideIn(out)).isEmpty();
    }

    @Test
    void takesNothingUpWhereAFileOfSomebodyElsesIsInTheWay() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        assertThat(run.setAside()).isTrue();
        Files.createDirectory(parts());
        Path foreign = Files.writeString(parts().resolve(".autol2-parts"), "mine");

        assertThatThrownBy(() -> UnfinishedRun.setAsideIn(out).orElseThrow().takeUp())
                .isInstanceOf(IOException.class)
                .hasMessage(foreign + " is in the way: AutoL2 has not written it");
        assertThat(foreign).hasContent("mine");
    }
}
