package io.github.autol2.dl4j.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * In JVMs of their own, since ND4J chooses its executioner once. Too short to crash each time without the fence: the benchmark FenceStress
 * of the examples shows that.
 */
class FencedTrainingTest {

    private static final String STEPS = "100";

    @TempDir
    private Path folder;

    @Tag("slow")
    @Test
    void survivesManyCollectionsWithTheResultsOfThePlainExecutioner() throws Exception {
        List<String> plain = train("1", "-Dopexec=" + NativeOpExecutioner.class.getName());
        List<String> fenced = train("4", "-Xmn2m");

        assertThat(plain).hasSize(5).doesNotHaveDuplicates().first().isEqualTo("executioner NativeOpExecutioner");
        assertThat(fenced).first().isEqualTo("executioner FencedExecutioner");
        assertThat(fenced.subList(1, fenced.size())).isEqualTo(plain.subList(1, plain.size()));
    }

    private List<String> train(String threads, String option) throws Exception {
        Path output = folder.resolve(threads + ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                option,
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTraining.class.getName(),
                threads,
                STEPS));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("ended in time").isTrue();
        List<String> lines = Files.readAllLines(output);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines.stream()
                .filter(line -> line.startsWith("hash ") || line.startsWith("executioner "))
                .toList();
    }
}
