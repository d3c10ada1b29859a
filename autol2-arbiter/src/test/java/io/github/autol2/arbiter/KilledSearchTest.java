package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments, each time followed by the same search in the same folder. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledSearchTest {

    /** Of the test; ten take a minute or two. */
    private static final int KILLS = Integer.getInteger("autol2.kills", 3);

    private static final int LONGEST_LIFE_MILLISECONDS = 2500;

    @TempDir
    private Path folder;

    @Test
    void endsLikeASearchThatWasNeverKilled() throws Exception {
        // given
        SearchRunner unbroken = new SearchRunner(2, KilledSearch.configuration(folder.resolve("unbroken.zip")));
        unbroken.execute();
        Random random = new Random(3);
        int killed = 0;

        // when
        for (int i = 0; i < KILLS; i++) {
            killed += kill(random.nextInt(LONGEST_LIFE_MILLISECONDS)) ? 1 : 0;
        }
        Process last = start();
        List<String> lines = last.inputReader().lines().toList();

        // then
        assertThat(last.waitFor()).as("%s", lines).isZero();
        assertThat(killed).as("kills of a search in progress").isPositive();
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("outcome "))
                        .map(line -> line.substring("outcome ".length())))
                .isEqualTo(Searches.outcome(unbroken));
        assertThat(new BestModelSaver(folder.resolve("best.zip").toString(), false)
                        .best()
                        .params())
                .isEqualTo(new BestModelSaver(folder.resolve("unbroken.zip").toString(), false)
                        .best()
                        .params());
    }

    /** Whether the search was still in progress. */
    private boolean kill(int milliseconds) throws Exception {
        Process search = start();
        BufferedReader output = search.inputReader();
        while (!"begins".equals(output.readLine())) {
            assertThat(search.isAlive()).isTrue();
        }
        boolean ended = search.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        search.destroyForcibly().waitFor();
        return !ended;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSearch.class.getName(),
                        folder.resolve("parts").toString())
                .redirectErrorStream(true)
                .start();
    }
}
