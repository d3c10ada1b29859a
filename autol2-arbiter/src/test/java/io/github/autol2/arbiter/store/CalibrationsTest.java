package io.github.autol2.arbiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.files.PartsFolder;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without networks: the calibrations are made by hand. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CalibrationsTest {

    private static final Calibration MADE =
            new Calibration(0.1, 10, 5, 20, 3, 10, 0.5, List.of(), List.of(), List.of()).withWarning("look twice");

    @Test
    void isMadeOnceEvenIfTwoThreadsWantItAtTheSameTime() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());
        AtomicInteger made = new AtomicInteger();
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Calibrations.Making slow = observer -> {
            made.incrementAndGet();
            making.countDown();
            mayEnd.await();
            return MADE;
        };

        Future<Calibration> first = threads.submit(() -> calibrations.get("a", slow));
        making.await();
        Future<Calibration> second = threads.submit(() -> calibrations.get("a", slow));
        mayEnd.countDown();

        assertThat(first.get()).isSameAs(MADE).isSameAs(second.get());
        assertThat(made).hasValue(1);
        threads.shutdown();
    }

    @Test
    void oneThatFailedFailsAgainWithTheSameReason() {
        Calibrations calibrations = new Calibrations(Optional.empty());
        IllegalStateException reason = new IllegalStateException("nothing learned");

        assertThatThrownBy(() -> calibrations.get("a", observer -> {
                    throw reason;
                }))
                .isSameAs(reason);
        assertThatThrownBy(() -> calibrations.get("a", observer -> MADE)).isSameAs(reason);
    }

    @Test
    void oneThatWasCancelledIsMadeAnew() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());

        assertThatThrownBy(() -> calibrations.get("a", observer -> {
                    throw new CancellationException("stopped");
                }))
                .isInstanceOf(CancellationException.class);

        assertThat(calibrations.get("a", observer -> MADE)).isSameAs(MADE);
    }

    @Test
    void whoeverWaitsForOneThatIsCancelledMakesItAnew() throws Exception {
        Calibrations calibrations = new Calibrations(Optional.empty());
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<Calibration> first = threads.submit(() -> calibrations.get("a", observer -> {
            making.countDown();
            mayEnd.await();
            throw new CancellationException("stopped");
        }));
        making.await();
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        Future<Calibration> second = threads.submit(() -> {
            waiting.complete(Thread.currentThread());
            return calibrations.get("a", observer -> MADE);
        });
        while (waiting.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(second.get()).isSameAs(MADE);
        threads.shutdown();
    }

    @Test
    void whatAFailedOneHasSpentIsCounted() {
        Calibrations calibrations = new Calibrations(Optional.empty());

        assertThatThrownBy(() -> calibrations.get("a", observer -> {
                    observer.iteration(new Trial(1, 0.01, 10), 1, 1, 20);
                    observer.iteration(new Trial(1, 0.01, 10), 2, 2, 20);
                    throw new IllegalStateException("nothing learned");
                }))
                .hasMessage("nothing learned");

        assertThat(calibrations.spent("a")).isEqualTo(2);
        assertThat(calibrations.spent("b")).isZero();
    }

    @Test
    void oneThatIsKeptIsNotMadeAgain(@TempDir Path folder) throws Exception {
        Optional<JsonStore> store = Optional.of(new JsonStore(new PartsFolder(folder.resolve("parts"))));
        new Calibrations(store).get("a", observer -> MADE);

        Calibration read = new Calibrations(store).get("a", observer -> {
            throw new AssertionError("made again");
        });

        assertThat(read).isEqualTo(MADE);
    }

    @Test
    void oneThatCannotBeKeptIsNotThatOfACandidateThatFailed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("parts"), "not a folder");
        Calibrations calibrations = new Calibrations(Optional.of(new JsonStore(new PartsFolder(file))));

        assertThatThrownBy(() -> calibrations.get("a", observer -> MADE))
                .isInstanceOf(NotKeptException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("not a folder");
    }
}
