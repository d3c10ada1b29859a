package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.browser.Browser;
import io.github.autol2.program.browser.ReportCheck;
import io.github.autol2.program.cli.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a figure as a person sees it. Visible as skipped where there is no browser. */
@Tag("slow")
@Tag("browser")
class FigureInABrowserTest {

    private static final List<String> SMALL = List.of(
            "model.width=8",
            "model.depth=1",
            "train.steps=40",
            "train.evaluateEvery=10",
            "train.batchSize=32",
            "seeds=1",
            "data.trainSize=128",
            "data.testSize=100",
            "data.validationSize=100");

    @TempDir
    private Path folder;

    @Test
    void thePageOfAFigure() throws Exception {
        try (Browser browser = Browser.start(folder.resolve("profile"))) {
            Path out = folder.resolve("out");
            Program program = Program.run(Stream.concat(
                            Stream.of("figure", "1c", "--quiet", "--out", out.toString()),
                            SMALL.stream().flatMap(setting -> Stream.of("--set", setting)))
                    .toArray(String[]::new));
            assertThat(program.exitCode()).as(program.errors()).isZero();

            ReportCheck.looksRightOnDeskAndPhone(browser, out.resolve("figure-1c.html"), 2);
        }
    }
}
