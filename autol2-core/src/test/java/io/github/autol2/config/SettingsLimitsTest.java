package io.github.autol2.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that would take minutes, all memory or all of the screen are refused in a line or two. */
class SettingsLimitsTest {

    private static final double MOST_SECONDS = 5; // of the processor; each takes well below one

    @TempDir
    private Path folder;

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("deep.yaml", "[".repeat(100_000), "groups must not be nested more than 20 deep"),
                Arguments.of("deep.yml", "{a: ".repeat(30_000), "groups must not be nested more than 20 deep"),
                Arguments.of(
                        "blocks.yaml",
                        lines(1000, i -> " ".repeat(i) + "a:"),
                        "groups must not be nested more than 20 deep"),
                Arguments.of("deep.xml", "<a>".repeat(50_000), "elements must not be nested more than 20 deep"),
                Arguments.of(
                        "keys.properties",
                        lines(150_000, Integer::toHexString),
                        "a settings file must have at most 1000 keys, got 150000"),
                Arguments.of(
                        "long.yaml", lines(200_000, i -> "k" + i + ":"), "must be at most 1000000 bytes long, got "),
                Arguments.of(
                        "few.yaml", lines(1001, i -> "k" + i + ":"), "a settings file must have at most 1000 keys"),
                Arguments.of(
                        "keys.xml",
                        "<r>" + lines(60_000, i -> "<k" + i + "/>") + "</r>",
                        "a settings file must have at most 1000 keys, got 60000"));
    }

    /** Counts the time of the processor: others may be at work on the machine. */
    private static void soon(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        assertThat(seconds).isLessThan(MOST_SECONDS);
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesAHostileFileSoon(String name, String text, String rule) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);

        soon(() -> assertThatThrownBy(() -> Settings.load(Optional.of(file), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(rule));
    }

    @Test
    void manyCommentsAreReadAsNothing() throws IOException {
        Path file =
                Files.writeString(folder.resolve("c.yaml"), "train: # 1\n" + "  # c\n".repeat(160_000) + "  a: 5\n");

        soon(() -> {
            SettingsReader reader = new SettingsReader(Settings.load(Optional.of(file), List.of()));
            assertThat(reader.optional("train.a", "none", Format.text(), "")).contains("5");
        });
    }

    @Test
    void openReferencesAreNoReferences() {
        soon(() -> {
            SettingsReader reader =
                    new SettingsReader(Settings.load(Optional.empty(), List.of("a=" + "${".repeat(400_000))));
            reader.optional("a", "none", Format.text(), "");
            assertThatThrownBy(reader::finish)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("--set: a may refer only to given keys with a plain value");
        });
    }

    @Test
    void ofManyProblemsTheFirst50AreTold() {
        List<String> unknown =
                IntStream.range(0, 60).mapToObj(i -> "k" + i + "=1").toList();
        SettingsReader reader = new SettingsReader(Settings.load(Optional.empty(), unknown));

        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(52)
                        .startsWith("60 problems in the settings:")
                        .endsWith("and 10 more"));
    }
}
