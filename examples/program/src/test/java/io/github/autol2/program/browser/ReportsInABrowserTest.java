package io.github.autol2.program.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of the commands as a person sees them. Visible as skipped where there is no browser. */
@Tag("slow")
@Tag("browser")
class ReportsInABrowserTest {

    @TempDir
    private Path folder;

    @Test
    void theReportOfTune() throws Exception {
        assertLooksRight("tune", 4);
    }

    @Test
    void theReportOfSearch() throws Exception {
        assertLooksRight("search", 7, "--candidates", "2", "--set", "model.width=8", "--set", "data.validationSize=64");
    }

    private void assertLooksRight(String command, int charts, String... arguments) throws Exception {
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            Path out = folder.resolve("out");
            Program program = Program.small(command, out.toString(), arguments);
            assertThat(program.exitCode()).as(program.errors()).isZero();

            ReportCheck.looksRightOnDeskAndPhone(browser, out.resolve("report.html"), charts);
        }
    }
}
