package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {

    @TempDir
    private Path folder;

    @Test
    void writesAGraphThatPlainDeeplearning4jBuilds() throws IOException {
        Program program = run(
                "model.kind=wrn",
                "--set",
                "model.depth=10",
                "--set",
                "model.width=1",
                "--set",
                "data.kind=synthetic-color");

        assertThat(program)
                .isEqualTo(new Program(
                        0,
                        "wrn on 3 x 32 x 32 inputs: 77,850 trained parameters, 78,330 with the statistics of "
                                + "batch normalisation.\nWritten to " + folder.resolve("out") + ": model.json.\n",
                        ""));
        String json = Files.readString(folder.resolve("out/model.json"));
        assertThat(json).doesNotContain("autol2");
        ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
        graph.init();
        assertThat(graph.numParams()).isEqualTo(78_330);
    }

    @Test
    void writesALayeredNetworkThatTheProgramTakesBack() throws IOException {
        // given
        Program program = run("model.kind=paper-cnn", "--set", "model.width=3", "--set", "model.batchNorm=true");
        Path json = folder.resolve("out/model.json");

        // when
        Program back = Program.run(
                "model",
                "--set",
                "model.kind=file",
                "--set",
                "model.file=" + json,
                "--out",
                folder.resolve("back").toString());

        // then
        assertThat(program.output()).startsWith("paper-cnn on 1 x 28 x 28 inputs: ");
        assertThat(back.output().replace("file on", "paper-cnn on"))
                .startsWith(program.output().lines().findFirst().orElseThrow());
        MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(Files.readString(json)));
        network.init();
        assertThat(network.getnLayers()).isEqualTo(5 * 3 + 2 + 1);
    }

    @Test
    void tellsTheTimeOfSomeSteps() {
        Program program = run("train.batchSize=8", "--steps", "2");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output().lines().skip(1).limit(2))
                .allSatisfy(line -> assertThat(line)
                        .matches("Step \\d, 8 examples: loss \\d+\\.\\d{4}, \\d+\\.\\d\\d s, [\\d,]+ MB resident\\."));
    }

    /** 36.5 million parameters, two images of 32 x 32 pixels in three colours, one pass forward and back. */
    @Tag("slow")
    @Test
    void trainsAWideResNet2810OnTwoImages() throws IOException {
        Program program = run(
                "model.kind=wrn",
                "--set",
                "model.depth=28",
                "--set",
                "model.width=10",
                "--set",
                "data.kind=synthetic-color",
                "--set",
                "train.batchSize=2",
                "--steps",
                "1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("36,479,194 trained parameters, 36,497,146 with")
                .contains("Step 1, 2 examples: loss ")
                .doesNotContain("NaN");
        String json = Files.readString(folder.resolve("out/model.json"));
        assertThat(ComputationGraphConfiguration.fromJson(json).toJson()).isEqualTo(json);
    }

    private Program run(String setting, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"model", "--out", folder.resolve("out").toString(), "--set", setting},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Program.run(arguments);
    }
}
