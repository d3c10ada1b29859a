package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialReportTest {

    @TempDir
    private Path out;

    private List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesNothingAmongThePartsOfTheRun() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        run.put("part", 1);
        Path parts = out.resolve(UnfinishedRun.FOLDER);
        List<String> before = files(parts);
        String claims = Files.readString(parts.resolve(".autol2-parts"));
        Files.writeString(out.resolve("report.csv"), "earlier");

        new PartialReport(out).write(folder -> Files.writeString(folder.resolve("report.csv"), "one part"));

        assertThat(out.resolve("report.csv")).hasContent("one part");
        assertThat(files(parts)).isEqualTo(before);
        assertThat(parts.resolve(".autol2-parts")).hasContent(claims);
        assertThat(files(out)).containsExactly("report.csv", UnfinishedRun.FOLDER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheResultsOfARunThatEndsMeanwhile(boolean keepsItsParts) throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());
        Files.writeString(out.resolve("report.csv"), "earlier");
        PartialReport report = new PartialReport(out);

        assertThatThrownBy(() -> report.write(folder -> {
                    Files.writeString(folder.resolve("report.csv"), "one part");
                    run.replaceResults(whole -> Files.writeString(whole.resolve("report.csv"), "all parts"));
                    if (!keepsItsParts) {
                        run.remove();
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the run in " + out
                        + " has written its own results meanwhile; earlier results are as they were");

        assertThat(out.resolve("report.csv")).hasContent("all parts");
        assertThat(files(out)).doesNotContain(".report");
    }

    @Test
    void removesWhatAKilledOneHasLeft() throws IOException {
        UnfinishedRun.begin(out, Map.of());
        PartsFolder killed = new PartsFolder(out.resolve(".report"));
        Files.writeString(killed.emptyFolder("results").resolve("other.csv"), "half");

        new PartialReport(out).write(folder -> Files.writeString(folder.resolve("report.csv"), "one part"));

        assertThat(files(out)).containsExactly("report.csv", UnfinishedRun.FOLDER);
    }

    @Test
    void aFullDiskIsToldByTheNameOfTheResult() throws IOException {
        UnfinishedRun.begin(out, Map.of());

        assertThatThrownBy(() -> new PartialReport(out).write(folder -> {
                    throw new IOException(folder.resolve("report.csv") + " cannot be written: No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(out.resolve("report.csv")
                        + " cannot be written: No space left on device; earlier results are as they were");
        assertThat(files(out)).containsExactly(UnfinishedRun.FOLDER);
    }
}
