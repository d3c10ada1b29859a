package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class PaperFigureCommandTest {

    private static final List<String> SMALL = List.of(
            "model.width=8",
            "train.steps=40",
            "train.evaluateEvery=10",
            "seeds=1,2",
            "data.trainSize=128",
            "data.testSize=100",
            "data.validationSize=100",
            "train.batchSize=32");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1a | 1a          | model.depth=1 figure.lambdas=0.1,0.01 figure.c=1",
                "1c | 1c          | model.depth=1",
                "2  | 2-fc-best   | model.depth=1 figure.lambdas=0.1,0.01 figure.learningRates=0.1,0.05 figure.budget=20"
            })
    void trainsAndTellsWhetherTheClaimHolds(String figure, String panel, String settings) throws IOException {
        Program program = figure(figure, settings.split(" ", -1));

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output()).startsWith("The claim ").contains(" here").contains("figure-" + figure + ".html");
        assertThat(Files.readString(folder.resolve("out/figure-" + figure + ".html")))
                .contains("The paper: ")
                .contains("<svg")
                .contains("train.steps");
        assertThat(folder.resolve("out/figure-" + panel + ".svg")).exists();
        assertThat(folder.resolve("out/figure-" + panel + ".png")).exists();
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
    }

    @Test
    void figure4ComesWithFigure1b() throws IOException {
        Program program = figure(
                "4", "model.depth=1", "figure.lambdas=0.1,0.01", "figure.budgets=20,40", "calibration.share=0.5");

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(Files.readAllLines(folder.resolve("out/figure-4b.csv"))).hasSize(1 + 2);
        assertThat(Files.readAllLines(folder.resolve("out/figure-1b-grid.csv"))).hasSize(1 + 2 * 2);
        assertThat(folder.resolve("out/figure-4a.svg")).exists();
    }

    @ParameterizedTest
    @CsvSource({"1a, figure-1a.csv", "1b, figure-4a.svg", "3, figure-3.html"})
    void refusesAFolderWithEarlierFiles(String figure, String file) throws IOException {
        Path earlier = Files.createDirectories(folder.resolve("out")).resolve(file);
        Files.writeString(earlier, "earlier");
        Path ofAll =
                Files.createDirectories(folder.resolve("out/figure-" + figure)).resolve(file);
        Files.writeString(ofAll, "earlier");

        Program alone = figure(figure);
        Program all = figure("all", "figure.figures=" + figure);

        assertThat(alone.errors())
                .isEqualTo("autol2: " + earlier.getParent() + " holds the results of an earlier run (" + file
                        + "): throw them away with --restart, or choose another --out\n");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(all.errors()).contains(ofAll.getParent() + " holds the results of an earlier run (" + file + ")");
        assertThat(all.exitCode()).isEqualTo(2);
        assertThat(earlier).hasContent("earlier");
        assertThat(ofAll).hasContent("earlier");
    }

    @Test
    void saysWhichFilesOfAnEarlierRunAreLeft() throws IOException {
        for (String name : List.of("figure-1c.html", "figure-1c-old.csv")) {
            Files.writeString(Files.createDirectories(folder.resolve("out")).resolve(name), "earlier");
        }

        Program program = figure(List.of("1c", "--restart"), "model.depth=1", "seeds=1");

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output()).contains("Note: of an earlier run there are still figure-1c-old.csv.");
        assertThat(folder.resolve("out/figure-1c.html")).content().isNotEqualTo("earlier");
    }

    @Test
    void networksOfOneFigureDoNotShareTheirRuns() throws IOException {
        Program program =
                figure("3", "figure.lambdas=0.1,0.01", "figure.learningRates=0.1,0.05", "figure.budget=20", "seeds=1");

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(accuracies("figure-3-cnn.csv")).isNotEqualTo(accuracies("figure-3-cnn-bn.csv"));
    }

    /** All networks and panels, with so few steps and images that the verdicts say nothing. */
    @Test
    void makesAllFiguresAndGoesOnWhereItWasInterrupted() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "figure",
                "all",
                "--figures",
                "1a,1b,1c,2,3",
                "--quiet",
                "--threads",
                "2",
                "--out",
                folder.resolve("out").toString()));
        for (String setting : List.of(
                "train.steps=60",
                "train.batchSize=8",
                "train.evaluateEvery=20",
                "seeds=1",
                "data.trainSize=64",
                "data.validationSize=50",
                "data.testSize=20",
                "calibration.share=0.9")) {
            arguments.addAll(List.of("--set", setting));
        }
        Files.createDirectories(folder.resolve("out/figure-3/figure-3-cnn.csv")); // a folder in the place of a file

        Program failed = Program.run(arguments.toArray(String[]::new));

        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.output())
                .contains("Figure 1a\n", "Figure 3\n", "Figure 2: ")
                .doesNotContain("Figure 3: ");
        assertThat(failed.errors()).contains("figure-3-cnn.csv");
        assertThat(folder.resolve("out/figure-2/figure-2.html")).exists();

        Files.delete(folder.resolve("out/figure-3/figure-3-cnn.csv"));
        arguments.add("--resume");
        Program resumed = Program.run(arguments.toArray(String[]::new));

        assertThat(resumed.exitCode()).as(resumed.errors()).isZero();
        assertThat(resumed.output())
                .contains("Figure 3\n", "Figure 1a: ", "Figure 3: ")
                .doesNotContain("Figure 1a\n");
        assertThat(folder.resolve("out/figure-3/figure-3.html")).exists();
        for (String panel : List.of(
                "1a/figure-1a",
                "1b/figure-1b",
                "1b/figure-4a",
                "1b/figure-4b",
                "1c/figure-1c",
                "2/figure-2-fc-best",
                "2/figure-2-wrn-best",
                "3/figure-3-cnn-bn-budget")) {
            assertThat(folder.resolve("out/figure-" + panel + ".svg")).exists();
        }
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
        assertThat(folder.resolve("out/figure-3/unfinished")).doesNotExist();
    }

    private List<String> accuracies(String file) throws IOException {
        return Files.readAllLines(folder.resolve("out").resolve(file)).stream()
                .map(row -> row.split(",", -1)[6])
                .toList();
    }

    @Test
    void refusesBadInputBeforeAnythingIsWritten() {
        assertThat(figure("1a", "train.steps=0").errors()).contains("train.steps must be >= 1");
        assertThat(figure("1a", "data.kind=cifar10").errors()).contains("data.path is required");
        assertThat(figure("1a", "lambda.mode=paper").errors()).contains("figure 1a chooses lambda itself");
        assertThat(figure("1b", "model.depth=1", "figure.budgets=20,40", "calibration.share=1e-9")
                        .errors())
                .contains("figure 1b: ");
        assertThat(Program.run(
                                "figure",
                                "all",
                                "--threads",
                                "0",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("--threads: figure.threads must be >= 1");
        assertThat(Program.run(
                                "figure",
                                "all",
                                "--figures",
                                "1a,6",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("--figures: figure.figures must be among [1a, 1b, 1c, 2, 3, 5], got 1a,6");
        assertThat(Program.run(
                                "figure",
                                "all",
                                "--figures",
                                "1c,3",
                                "--set",
                                "figure.budget=100",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("figure 1c: ", "unknown key figure.budget");
        assertThat(Program.run(
                                "figure",
                                "all",
                                "--figures",
                                "5",
                                "--set",
                                "seeds=1",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("use figure 5 --data");
        assertThat(figure("3", "train.evaluateEvery=50").errors())
                .contains("train.evaluateEvery must be <= train.steps");
        assertThat(Program.run(
                                "figure",
                                "2",
                                "--parts",
                                "another",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("--parts: figure.parts must be among [2-fc, 2-wrn], got another");
        assertThat(Program.run(
                                "figure",
                                "all",
                                "--set",
                                "train.schedule=cosine",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("train.schedule must be constant");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Program figure(String name, String... settings) {
        return figure(List.of(name), settings);
    }

    private Program figure(List<String> options, String... settings) {
        String name = options.get(0);
        List<String> arguments = new ArrayList<>(List.of("figure"));
        arguments.addAll(options);
        arguments.addAll(List.of(
                "--quiet", "--threads", "2", "--out", folder.resolve("out").toString()));
        if (name.equals("2")) {
            arguments.addAll(List.of("--parts", "2-fc"));
        }
        List<String> all = new ArrayList<>(SMALL);
        for (String setting : settings) {
            all.removeIf(small -> small.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            all.add(setting);
        }
        all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return Program.run(arguments.toArray(String[]::new));
    }
}
