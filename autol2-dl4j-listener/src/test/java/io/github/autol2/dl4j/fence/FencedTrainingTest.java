package io.github.autol2.dl4j.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * In JVMs of their own, since ND4J chooses its executioner once. Too short to crash each time without the fence: the benchmark FenceStress
 * of the examples shows that.
 */
class FencedTrainingTest {

    private static final String STEPS = "100";
    private static final long NETWORKS = 4;

    @TempDir
    private Path folder;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"dense", "convolution"})
    void survivesManyCollectionsWithTheResultsOfThePlainExecutioner(String kind) throws Exception {
        List<String> plain = train(kind, "1", "-Dopexec=" + NativeOpExecutioner.class.getName());
        List<String> fenced = train(kind, "4", "-Xmn2m");

        assertThat(plain).hasSize(5).doesNotHaveDuplicates().first().isEqualTo("executioner NativeOpExecutioner");
        assertThat(fenced).first().isEqualTo("executioner FencedExecutioner");
        assertThat(fenced.subList(1, fenced.size())).isEqualTo(plain.subList(1, plain.size()));
    }

    private List<String> train(String kind, String threads, String option) throws Exception {
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
                STEPS,
                kind));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("ended in time").isTrue();
        List<String> lines = Files.readAllLines(output);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines.stream()
                        .filter(line -> line.contains("MKLDNNConvHelper"))
                        .count())
                .as("networks with helpers")
                .isEqualTo(kind.equals("convolution") && hasOneDnn() ? NETWORKS : 0);
        return lines.stream()
                .filter(line -> line.startsWith("hash ") || line.startsWith("executioner "))
                .toList();
    }

    private static boolean hasOneDnn() {
        Nd4j.getBackend(); // first, since NativeOpsHolder cannot start ND4J
        return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
    }
}
