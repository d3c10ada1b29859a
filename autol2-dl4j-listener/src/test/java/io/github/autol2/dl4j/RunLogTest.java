package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.spi.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(RunLogTest.class);

    @Test
    void seesAnImplementationOfLog4j() {
        assertThat(RunLog.hasLog4j(RunLog.class.getClassLoader())).isTrue();
    }

    /** As beside logback: Log4j's API is there, and nothing behind it. */
    @Test
    void seesThatThereIsOnlyTheApi() throws IOException {
        URL api = Provider.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader onlyTheApi = new URLClassLoader(new URL[] {api}, ClassLoader.getPlatformClassLoader())) {
            assertThat(RunLog.hasLog4j(onlyTheApi)).isFalse();
        }
    }

    /** Implementations of before Log4j 2.9 name themselves in a file of properties. */
    @Test
    void seesAnOldImplementation(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/log4j-provider.properties"), "LoggerContextFactory=some.Factory\n");
        try (URLClassLoader old =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(RunLog.hasLog4j(old)).isTrue();
        }
    }

    @Test
    void bothWaysWriteTheSameLine() {
        RunLog.of(RunLogTest.class).info("lambda {} -> {}", 0.1, 0.03);
        RunLog.slf4j(RunLogTest.class).info("lambda {} -> {}", 0.1, 0.03);
        RunLog.slf4j(RunLogTest.class).warn("{} is too large", 0.1);

        assertThat(log.of(Level.INFO)).containsExactly("lambda 0.1 -> 0.03", "lambda 0.1 -> 0.03");
        assertThat(log.of(Level.WARN)).containsExactly("0.1 is too large");
    }
}
