package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

        PartialReport.write(out, folder -> Files.writeString(folder.resolve("report.csv"), "one part"));

        assertThat(out.resolve("report.csv")).hasContent("one part");
        assertThat(files(parts)).isEqualTo(before);
        assertThat(parts.resolve(".autol2-parts")).hasContent(claims);
        assertThat(files(out)).containsExactly("report.csv", UnfinishedRun.FOLDER);
    }

    @Test
    void leavesTheResultsOfARunThatEndsMeanwhile() throws IOException {
        UnfinishedRun run = UnfinishedRun.begin(out, Map.of());

        assertThatThrownBy(() -> PartialReport.write(out, folder -> {
                    Files.writeString(folder.resolve("report.csv"), "one part");
                    run.finish(whole -> Files.writeString(whole.resolve("report.csv"), "all parts"));
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the run in " + out + " has ended meanwhile: its own results are there");

        assertThat(out.resolve("report.csv")).hasContent("all parts");
        assertThat(files(out)).containsExactly("report.csv");
    }
}
