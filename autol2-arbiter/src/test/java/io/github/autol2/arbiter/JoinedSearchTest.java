package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that work on one search in one folder. */
@Tag("slow")
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JoinedSearchTest {

    /** Of the test, of both processes together; twenty take some minutes. */
    private static final int KILLS = Integer.getInteger("autol2.kills", 3);

    private static final int CANDIDATES = 8;

    private static final int LONGEST_LIFE_MILLISECONDS = 3000;

    @TempDir
    private Path folder;

    /** A process that may train, what was finished before it began, and whether it was killed. */
    private final class Worker {
        private final Path messages;
        private final Process process;
        private final Set<Integer> finishedBefore;
        private boolean killed;

        Worker(Path parts, String... more) throws IOException {
            finishedBefore = finished(parts);
            messages = Files.createTempFile(folder, "worker", ".log");
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledSearch.class.getName(),
                    parts.toString()));
            line.addAll(List.of(more));
            process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(messages.toFile())
                    .start();
        }

        List<String> told(String beginning) throws IOException {
            return Files.readAllLines(messages).stream()
                    .filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(beginning.length()))
                    .toList();
        }

        /** Whether it was at work until then. */
        boolean kill(int milliseconds) throws Exception {
            while (process.isAlive() && told("begins").isEmpty()) {
                Thread.sleep(20);
            }
            killed = !process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return killed;
        }

        void end() throws Exception {
            assertThat(process.waitFor()).as("%s", Files.readString(messages)).isZero();
        }
    }

    private static Set<Integer> finished(Path parts) throws IOException {
        Set<Integer> finished = new HashSet<>();
        if (Files.exists(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.startsWith("candidate-") && !Files.readString(file).contains("\"result\":null")) {
                        finished.add(Integer.parseInt(name.substring("candidate-".length(), name.indexOf('.'))));
                    }
                }
            }
        }
        return finished;
    }

    @Test
    void twoThatAreKilledAgainAndAgainEndLikeOneThatWasNeverKilled() throws Exception {
        // given
        Path whole = folder.resolve("unbroken.zip");
        SearchRunner unbroken = new SearchRunner(2, KilledSearch.configuration(whole, CANDIDATES));
        unbroken.execute();
        Random random = new Random(5);
        int killed = 0;

        for (int round = 0; killed < KILLS; round++) {
            // when
            Path parts = folder.resolve("round" + round).resolve("parts");
            Files.createDirectories(parts.getParent());
            List<Worker> all = new ArrayList<>();
            Worker[] two = {
                new Worker(parts, Integer.toString(CANDIDATES)), new Worker(parts, Integer.toString(CANDIDATES))
            };
            all.addAll(List.of(two));
            boolean atWork = true;
            while (atWork && killed < KILLS) {
                int which = random.nextInt(2);
                atWork = two[which].kill(random.nextInt(LONGEST_LIFE_MILLISECONDS));
                if (atWork) {
                    killed++;
                    two[which] = new Worker(parts, Integer.toString(CANDIDATES));
                    all.add(two[which]);
                }
            }

            // then
            for (Worker worker : two) {
                worker.end();
                assertThat(worker.told("outcome ")).isEqualTo(Searches.outcome(unbroken));
            }
            assertThat(best(parts.resolveSibling("best.zip"))).isEqualTo(best(whole));
            assertThat(Files.exists(parts.resolve(".autol2-lock"))).isFalse();
            assertNothingIsTrainedTwice(all);
        }
    }

    private static Object best(Path model) throws IOException {
        return new BestModelSaver(model.toString(), false).best().params();
    }

    private static void assertNothingIsTrainedTwice(List<Worker> workers) throws IOException {
        int trained = 0;
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            String index = Integer.toString(candidate);
            int begun = 0;
            int lost = 0;
            for (Worker worker : workers) {
                if (worker.told("trains ").contains(index)) {
                    assertThat(worker.finishedBefore).doesNotContain(candidate);
                    begun++;
                    lost += worker.killed ? 1 : 0;
                }
            }
            assertThat(begun).as("trainings of candidate %s", index).isBetween(1, lost + 1);
            trained += begun;
        }
        long killed = workers.stream().filter(worker -> worker.killed).count();
        assertThat(trained).isLessThanOrEqualTo(CANDIDATES + (int) killed);
    }

    @Test
    void whoHasNotAskedForItIsRefusedBesideAnotherProcessAndSoIsWhoJoinsIt() throws Exception {
        // given
        Path parts = Files.createDirectories(folder.resolve("parts"));
        Worker first = new Worker(parts);
        while (first.process.isAlive() && !Files.exists(parts.resolve("candidate-00000.json"))) {
            Thread.sleep(5);
        }

        // when
        SearchRunner second = new SearchRunner(1, KilledSearch.configuration(folder.resolve("other.zip")), parts);
        SearchRunner joining =
                new SearchRunner(1, KilledSearch.configuration(folder.resolve("other.zip")), parts).joining();

        // then
        for (SearchRunner refused : List.of(second, joining)) {
            assertThatThrownBy(refused::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            parts + " is in use by another run of AutoL2 (process " + first.process.pid())
                    .hasMessageEndingWith(": one folder is for one search at a time, unless all that work in it join");
        }
        first.process.destroyForcibly().waitFor();
    }

    @Test
    void anotherSearchCannotJoin() throws Exception {
        Path parts = Files.createDirectories(folder.resolve("parts"));
        Worker first = new Worker(parts, "2");
        while (first.process.isAlive() && !Files.exists(parts.resolve("candidate-00000.json"))) {
            Thread.sleep(5);
        }
        SearchRunner other = new SearchRunner(
                        1,
                        Searches.configuration(
                                        new LambdaGenerator(
                                                new TpeGenerator(
                                                        Searches.space().build(), false, 3),
                                                Searches.quick()),
                                        CANDIDATES)
                                .build(),
                        parts)
                .joining();

        assertThatThrownBy(other::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the one that this search proposes");
        first.end();
        assertThat(first.told("outcome ")).hasSize(2);
    }

    @Test
    void aSearchWithoutAFolderCannotBeJoined() {
        SearchRunner runner = new SearchRunner(1, KilledSearch.configuration(folder.resolve("other.zip")));

        assertThatThrownBy(runner::joining)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only a search with a folder can be joined");
    }
}
