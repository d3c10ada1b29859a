package io.github.autol2.arbiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.files.FolderLock;
import io.github.autol2.files.PartsFolder;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without networks: the calibrations are made by hand. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CalibrationsTest {

    private static final Calibration MADE =
            new Calibration(0.1, 10, 5, 20, 3, 10, 0.5, List.of(), List.of(), List.of()).withWarning("look twice");

    private static void nobody(CalibrationRun run) {}

    private static final CalibrationRun RUN = new CalibrationRun(
            1, 0.01, 0.1, new LearningCurve(List.of(new LearningCurve.Point(5, 0.6)), 0.5, 100), Double.NaN);

    @Test
    void whoGivesUpForARunLeavesItToTheNextWhoSeesItFirst() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());
        Calibrations.Making making = (observer, finished) -> {
            if (finished.isEmpty()) {
                observer.iteration(new Trial(1, 0.01, 5), 1, 1, 5);
                observer.finished(RUN);
            }
            assertThat(finished).containsExactly(RUN);
            return MADE;
        };

        assertThatThrownBy(() -> calibrations.get("a", making, run -> {
                    throw new CancellationException("hopeless");
                }))
                .hasMessage("hopeless");
        List<CalibrationRun> seen = new ArrayList<>();

        assertThat(calibrations.get("a", making, seen::add)).isEqualTo(MADE);
        assertThat(seen).containsExactly(RUN);
        assertThat(calibrations.spent("a")).isEqualTo(1);
    }

    @Test
    void nobodySeesRunsWithMoreMomentumThanTheNetworkHas() throws Exception {
        // given runs with another etaEff than the calibration's, the first of them made by a candidate that was stopped
        CalibrationRun faster = new CalibrationRun(1, 0.01, 1, RUN.curve(), Double.NaN);
        Calibration calibration = new Calibration(0.1, 10, 5, 20, 3, 10, 0.5, List.of(faster), List.of(), List.of());
        Calibrations calibrations = new Calibrations(Optional.empty());
        Calibrations.Making making = (observer, finished) -> {
            if (finished.isEmpty()) {
                observer.moreMomentum();
                observer.finished(faster);
                throw new CancellationException("stopped");
            }
            return calibration;
        };
        List<CalibrationRun> seen = new ArrayList<>();

        // when
        assertThatThrownBy(() -> calibrations.get("a", making, seen::add)).isInstanceOf(CancellationException.class);
        Calibration made = calibrations.get("a", making, seen::add);

        // then
        assertThat(made).isEqualTo(calibration);
        assertThat(seen).isEmpty();
    }

    @Test
    void isMadeOnceEvenIfTwoThreadsWantItAtTheSameTime() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());
        AtomicInteger made = new AtomicInteger();
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Calibrations.Making slow = (observer, finished) -> {
            made.incrementAndGet();
            making.countDown();
            mayEnd.await();
            return MADE;
        };

        Future<Calibration> first = threads.submit(() -> calibrations.get("a", slow, CalibrationsTest::nobody));
        making.await();
        Future<Calibration> second = threads.submit(() -> calibrations.get("a", slow, CalibrationsTest::nobody));
        mayEnd.countDown();

        assertThat(first.get()).isEqualTo(MADE).isSameAs(second.get());
        assertThat(made).hasValue(1);
        threads.shutdown();
    }

    @Test
    void oneThatFailedFailsAgainWithTheSameReason() {
        Calibrations calibrations = new Calibrations(Optional.empty());
        IllegalStateException reason = new IllegalStateException("nothing learned");

        assertThatThrownBy(() -> calibrations.get(
                        "a",
                        (observer, finished) -> {
                            throw reason;
                        },
                        CalibrationsTest::nobody))
                .isSameAs(reason);
        assertThatThrownBy(() -> calibrations.get("a", (observer, finished) -> MADE, CalibrationsTest::nobody))
                .isSameAs(reason);
    }

    @Test
    void oneThatWasCancelledIsMadeAnew() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());

        assertThatThrownBy(() -> calibrations.get(
                        "a",
                        (observer, finished) -> {
                            throw new CancellationException("stopped");
                        },
                        CalibrationsTest::nobody))
                .isInstanceOf(CancellationException.class);

        assertThat(calibrations.get("a", (observer, finished) -> MADE, CalibrationsTest::nobody))
                .isEqualTo(MADE);
    }

    @Test
    void whoeverWaitsForOneThatIsCancelledMakesItAnew() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<Calibration> first = threads.submit(() -> calibrations.get(
                "a",
                (observer, finished) -> {
                    making.countDown();
                    mayEnd.await();
                    throw new CancellationException("stopped");
                },
                CalibrationsTest::nobody));
        making.await();
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        Future<Calibration> second = threads.submit(() -> {
            waiting.complete(Thread.currentThread());
            return calibrations.get("a", (observer, finished) -> MADE, CalibrationsTest::nobody);
        });
        while (waiting.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(second.get()).isEqualTo(MADE);
        threads.shutdown();
    }

    @Test
    void whatAFailedOneHasSpentIsCounted() {
        Calibrations calibrations = new Calibrations(Optional.empty());

        assertThatThrownBy(() -> calibrations.get(
                        "a",
                        (observer, finished) -> {
                            observer.iteration(new Trial(1, 0.01, 10), 1, 1, 20);
                            observer.iteration(new Trial(1, 0.01, 10), 2, 2, 20);
                            throw new IllegalStateException("nothing learned");
                        },
                        CalibrationsTest::nobody))
                .hasMessage("nothing learned");

        assertThat(calibrations.spent("a")).isEqualTo(2);
        assertThat(calibrations.spent("b")).isZero();
    }

    @Test
    void aFolderThatNobodyHasLockedIsNotWrittenTo(@TempDir Path folder) {
        Calibrations calibrations = new Calibrations(Optional.of(new JsonStore(new PartsFolder(folder))));

        assertThatThrownBy(() -> calibrations.get("a", (observer, finished) -> MADE, CalibrationsTest::nobody))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(folder + " must be locked first");
    }

    @Test
    void learningCurvesAreInTheFileAndNotInMemory(@TempDir Path folder) throws Exception {
        // given a run with 100 points
        List<LearningCurve.Point> points = LongStream.rangeClosed(1, 100)
                .mapToObj(i -> new LearningCurve.Point(10 * i, 0.9 - 0.001 * Math.abs(i - 40)))
                .toList();
        CalibrationRun run = new CalibrationRun(1, 0.01, 0.1, new LearningCurve(points, 0.5, 1000), 0.8);
        Calibration whole = Calibration.of(
                List.of(run), 0.1, List.of(new Level(5000, 5000, 0.02, 0.01, 0.04, 0.001, 50, 6, 300, false, false)));
        JsonStore store = new JsonStore(new PartsFolder(folder.resolve("parts")));
        FolderLock lock = store.lock(false);

        // when
        Calibration slim =
                new Calibrations(Optional.of(store)).get("a", (observer, finished) -> whole, CalibrationsTest::nobody);

        // then
        assertThat(slim.runs().get(0).curve().points()).containsExactly(points.get(99));
        assertThat(slim.range(7000)).isEqualTo(whole.range(7000));
        assertThat(slim.initialLambda(7000)).isEqualTo(whole.initialLambda(7000));
        assertThat(slim.regime()).isEqualTo(whole.regime());
        assertThat(slim.iterationsSpent()).isEqualTo(whole.iterationsSpent());
        assertThat(slim.runs().get(0).peak()).isEqualTo(run.peak());
        assertThat(store.get(Calibrations.FILE + "a", Calibration.class)).contains(whole);
        lock.close();
    }

    @Test
    void oneThatIsKeptIsNotMadeAgain(@TempDir Path folder) throws Exception {
        Optional<JsonStore> store = Optional.of(new JsonStore(new PartsFolder(folder.resolve("parts"))));
        FolderLock lock = store.get().lock(false);
        new Calibrations(store).get("a", (observer, finished) -> MADE, CalibrationsTest::nobody);

        Calibration read = new Calibrations(store)
                .get(
                        "a",
                        (observer, finished) -> {
                            throw new AssertionError("made again");
                        },
                        CalibrationsTest::nobody);

        assertThat(read).isEqualTo(MADE);
        lock.close();
    }

    @Test
    void oneThatCannotBeKeptIsNotThatOfACandidateThatFailed(@TempDir Path folder) throws Exception {
        Path list = Files.createDirectories(folder.resolve(".autol2-parts/in its place"));
        JsonStore store = new JsonStore(new PartsFolder(folder));
        Calibrations calibrations = new Calibrations(Optional.of(store));

        try (FolderLock lock = store.lock(false)) {
            assertThat(lock.stale()).isEmpty();
            assertThatThrownBy(() -> calibrations.get("a", (observer, finished) -> MADE, CalibrationsTest::nobody))
                    .isInstanceOf(NotKeptException.class)
                    .hasMessageContaining(list.getParent().toString());
        }
        assertThat(list).isDirectory();
    }
}
