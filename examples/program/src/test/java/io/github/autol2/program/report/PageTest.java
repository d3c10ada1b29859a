package io.github.autol2.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    @TempDir
    private Path folder;

    @Test
    void escapesAllText() {
        String evil = "<script>alert(\"1\")</script> & co";

        String html = new Page(evil)
                .lead(evil)
                .heading(evil)
                .paragraph(evil)
                .notes(List.of(evil))
                .footer(evil)
                .table(List.of(evil), List.of(List.of(evil)))
                .html();

        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co");
    }

    @Test
    void writesNoListWithoutSentences() {
        assertThat(new Page("Title").notes(List.of()).html()).doesNotContain("<ul");
    }

    @Test
    void isMadeForPhoneAndPaper() {
        assertThat(new Page("Title").html()).contains("name=\"viewport\"", "@media print", "<html lang=\"en\">");
    }

    @Test
    void replacesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "old");

        new Page("Title").write(file);

        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }
}
