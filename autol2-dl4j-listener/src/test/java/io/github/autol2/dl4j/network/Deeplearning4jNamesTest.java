package io.github.autol2.dl4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.trainer.SymmetricTrainer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import org.nd4j.linalg.factory.Nd4jBackend;

class Deeplearning4jNamesTest {

    private static final Pattern NAME_IN_TEXT = Pattern.compile("\"[^\"\n]*org[./](?:deeplearning4j|nd4j)\\b");

    @Test
    void namesThatStayTextsAreThoseOfClasses() {
        assertThat(Deeplearning4jNames.CPU_BACKEND).isEqualTo(CpuBackend.class.getName());
        assertThat(Deeplearning4jNames.CPU_EXECUTIONER).isEqualTo(NativeOpExecutioner.class.getName());
        assertThat(Deeplearning4jNames.parallelTrainers()).isEqualTo(SymmetricTrainer.class.getPackageName() + ".");
    }

    /** CUDA's is among them with {@code -Dnd4j.backend=nd4j-cuda-11.6} only. */
    @Test
    void knowsEachBackendOnTheClassPath() {
        assertThat(ServiceLoader.load(Nd4jBackend.class).stream()
                        .map(backend -> backend.type().getName()))
                .isNotEmpty()
                .isSubsetOf(Deeplearning4jNames.CPU_BACKEND, Deeplearning4jNames.CUDA_BACKEND);
    }

    @Test
    void allOfDeeplearning4jIsBelowItsRootAndNothingOfOurs() {
        assertThat(List.of(MultiLayerNetwork.class, ComputationGraph.class, ParallelWrapper.class))
                .allSatisfy(type -> assertThat(type.getName()).startsWith(Deeplearning4jNames.root()));
        assertThat(Deeplearning4jNames.root()).endsWith(".");
        assertThat(getClass().getName()).doesNotStartWith(Deeplearning4jNames.root());
    }

    @Test
    void theVersionAndTheBackendHaveTheirGroupIds() {
        String backend = Deeplearning4jNames.CPU_ARTIFACT.replace(':', '/');

        assertThat(Deeplearning4jNames.versionFiles()).hasSize(2).doesNotHaveDuplicates();
        assertThat(resource(Deeplearning4jNames.versionFiles().get(0))).isTrue();
        assertThat(resource("META-INF/maven/" + backend + "/pom.properties")).isTrue();
    }

    @Test
    void noOtherClassHasSuchANameAsAText() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(files.filter(file -> NAME_IN_TEXT.matcher(text(file)).find()))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("Deeplearning4jNames.java");
        }
    }

    private static boolean resource(String name) {
        return MultiLayerNetwork.class.getResource("/" + name) != null;
    }

    private static String text(Path file) {
        try {
            return file.toString().endsWith(".java") ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
