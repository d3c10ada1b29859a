package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Files change after a run has read them. */
class ChangedWhileRunningTest {

    private static final int PAUSE_MILLISECONDS = 5;

    @TempDir
    private Path folder;

    /** Something that happens to a file. */
    private interface Change {
        void make() throws IOException;
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** Changes files as soon as the run has begun. */
    private Program changed(Change change, String... arguments) throws Exception {
        return changedAfter("settings.json", change, arguments);
    }

    /** Changes files as soon as a part is there. */
    private Program changedAfter(String part, Change change, String... arguments) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
            try {
                while (!Files.exists(out().resolve("unfinished").resolve(part)) && !over.get()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
                }
                change.make();
                return !over.get();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Program run = run(arguments);
        over.set(true);
        assertThat(other.get()).as("changed in mid-run: " + run.errors()).isTrue();
        return run;
    }

    private Program run(String... arguments) {
        return Program.small("train", out().toString(), arguments);
    }

    private static String[] settings(String... settings) {
        return Stream.of(settings)
                .flatMap(setting -> Stream.of("--set", setting))
                .toArray(String[]::new);
    }

    @Test
    void aRunThatHasItsFilesInMemoryEndsAndSaysSo() throws Exception {
        Path table = Files.writeString(folder.resolve("table.csv"), Inputs.table(256));
        Path model = Files.writeString(
                folder.resolve("model.json"),
                Inputs.network(new Nesterovs(0.05), 2, 2).toJson());
        String[] settings =
                settings("data.kind=csv", "data.path=" + table, "model.kind=file", "model.file=" + model, "seeds=1,2");
        String note =
                " holds something else now than when it was read, or is gone: all results are those of what it held then.";

        Program run = changed(
                () -> {
                    Files.writeString(table, "0.5,0.5,a\n", StandardOpenOption.APPEND);
                    Files.delete(model);
                },
                settings);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("Note: " + table + note, "Note: " + model + note);
        assertThat(out().resolve("result.json")).content().contains("Note: " + table + note);
        assertThat(Program.run(
                                "predict",
                                out().resolve("model.zip").toString(),
                                table.toString(),
                                "--out",
                                folder.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aRunThatMustReadItsFilesAgainKeepsWhatIsRightAndGoesOnWhenTheyAreBack() throws Exception {
        Path images = Inputs.digits(folder.resolve("digits"));
        Path labels = images.resolve("train-labels-idx1-ubyte");
        byte[] content = Files.readAllBytes(labels);
        byte[] others = content.clone();
        others[others.length - 1] = (byte) ((others[others.length - 1] + 1) % 3);
        String[] settings = settings(
                "data.kind=idx",
                "data.path=" + images,
                "data.split=seeds",
                "data.trainSize=64",
                "data.validationSize=32",
                "data.testSize=32",
                "seeds=1,2");

        Program run = changed(() -> Files.write(labels, others), settings);

        assertThat(run.errors())
                .isEqualTo("autol2: the run failed: " + labels
                        + " has changed since it was first read, and must be read again: put it back as it was. The finished "
                        + "parts (1) are kept in " + out() + ": go on with --resume, or begin anew with --restart "
                        + "(--verbose shows where)\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(out().resolve("result.json")).doesNotExist();
        assertThat(out().resolve("unfinished/seed1.json")).exists();

        Files.write(labels, content);
        Program resumed =
                run(Stream.concat(Stream.of("--resume"), Stream.of(settings)).toArray(String[]::new));
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.output()).doesNotContain("Note: " + labels);
    }

    @Test
    void aRunThatHasReadAllThatItNeedsEndsWhateverItsFilesHoldThen() throws Exception {
        Path images = Inputs.digits(folder.resolve("digits"));
        Path labels = images.resolve("train-labels-idx1-ubyte");

        Program run = changedAfter(
                "seed2.zip",
                () -> Files.delete(labels),
                settings(
                        "data.kind=idx",
                        "data.path=" + images,
                        "data.split=seeds",
                        "data.trainSize=64",
                        "data.validationSize=32",
                        "data.testSize=32",
                        "train.keepEvery=0",
                        "train.steps=200",
                        "seeds=2"));

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("The most frequent class has ", "Written to " + out());
    }
}
