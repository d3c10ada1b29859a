package io.github.autol2.dl4j.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.spi.Provider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RunLogTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(RunLogTest.class);

    @Test
    void seesAnImplementationOfLog4j() {
        assertThat(Implementations.hasLog4j(RunLog.class.getClassLoader())).isTrue();
    }

    /** As beside logback: Log4j's API is there, and nothing behind it. */
    @Test
    void seesThatThereIsOnlyTheApi() throws IOException {
        URL api = Provider.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader onlyTheApi = new URLClassLoader(new URL[] {api}, ClassLoader.getPlatformClassLoader())) {
            assertThat(Implementations.hasLog4j(onlyTheApi)).isFalse();
        }
    }

    /** Implementations of before Log4j 2.9 name themselves in a file of properties. */
    @Test
    void seesAnOldImplementation(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/log4j-provider.properties"), "LoggerContextFactory=some.Factory\n");
        try (URLClassLoader old =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(Implementations.hasLog4j(old)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback-1.2", "logback-1.5", "log4j"})
    void theLineAppearsOnceWhateverAProgramLogsWith(String implementation) throws Exception {
        assertThat(outputWith(implementation))
                .containsOnlyOnce("lambda 0.1 -> 0.03")
                .doesNotContain("ERROR", "SLF4J");
    }

    @Test
    void withoutAnImplementationSlf4jAloneSaysSo() throws Exception {
        assertThat(outputWith("only-slf4j")).startsWith("SLF4J: ").doesNotContain("Log4j", "lambda");
    }

    /** All that a program prints that logs one line, with what the build has put into a folder of this name. */
    private static String outputWith(String implementation) throws IOException, InterruptedException {
        Path logging = Path.of("target", "logging", implementation);
        assertThat(logging).isDirectory();
        List<String> classPath = new ArrayList<>();
        for (Class<?> type : List.of(RunLog.class, LoggedLine.class, Provider.class)) {
            classPath.add(Path.of(URI.create(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString()))
                    .toString());
        }
        classPath.add(logging + File.separator + "*");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        LoggedLine.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void bothWaysWriteTheSameLine() {
        RunLog.of(RunLogTest.class).info("lambda {} -> {}", 0.1, 0.03);
        Implementations.slf4j(RunLogTest.class).info("lambda {} -> {}", 0.1, 0.03);
        Implementations.slf4j(RunLogTest.class).warn("{} is too large", 0.1);

        assertThat(log.of(Level.INFO)).containsExactly("lambda 0.1 -> 0.03", "lambda 0.1 -> 0.03");
        assertThat(log.of(Level.WARN)).containsExactly("0.1 is too large");
    }
}
