package io.github.autol2.program.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SweepTest {

    private static final TypeReference<Integer> TYPE = new TypeReference<>() {};
    private static final Sweep.Progress NOBODY = (steps, finished) -> {};

    @TempDir
    private Path folder;

    private UnfinishedRun parts() throws IOException {
        return UnfinishedRun.isIn(folder) ? UnfinishedRun.goOn(folder) : UnfinishedRun.begin(folder, Map.of());
    }

    private static Job<Integer> job(String key, int result, AtomicInteger runs) {
        return new Job<>(key, 10, done -> {
            runs.incrementAndGet();
            done.accept(4);
            done.accept(10);
            return result;
        });
    }

    @Test
    void givesTheResultsInTheOrderOfTheTasks() throws IOException {
        AtomicInteger runs = new AtomicInteger();

        assertThat(new Sweep<>(parts(), TYPE, 2)
                        .run(List.of(job("c", 3, runs), job("a", 1, runs), job("b", 2, runs)), NOBODY))
                .containsExactly(Map.entry("c", 3), Map.entry("a", 1), Map.entry("b", 2));
    }

    @Test
    void runsOnlyWhatIsNotFinished() throws IOException {
        // given
        AtomicInteger runs = new AtomicInteger();
        new Sweep<>(parts(), TYPE, 1).run(List.of(job("a", 1, runs)), NOBODY);

        // when
        Map<String, Integer> results =
                new Sweep<>(parts(), TYPE, 1).run(List.of(job("b", 2, runs), job("a", -1, runs)), NOBODY);

        // then
        assertThat(results).containsExactly(Map.entry("b", 2), Map.entry("a", 1));
        assertThat(runs).hasValue(2);
    }

    @Test
    void goesOnAfterAFailureIfAskedAndTriesTheFailedRunAgain() throws IOException {
        // given
        AtomicInteger runs = new AtomicInteger();
        Map<String, RuntimeException> failed = new ConcurrentHashMap<>();
        RuntimeException reason = new IllegalStateException("no learning rate");
        Job<Integer> failing = new Job<>("a", 10, done -> {
            throw reason;
        });

        // when
        Map<String, Integer> results = new Sweep<>(parts(), TYPE, 1)
                .afterAFailure(failed::put)
                .run(List.of(failing, job("b", 2, runs)), NOBODY);

        // then
        assertThat(results).containsEntry("b", 2).containsEntry("a", null);
        assertThat(failed).containsExactly(Map.entry("a", reason));

        // when
        results = new Sweep<>(parts(), TYPE, 1).run(List.of(job("a", 1, runs), job("b", -1, runs)), NOBODY);

        // then
        assertThat(results).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    }

    @Test
    void runsAsManyAtATimeAsAsked() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2); // a run alone would wait for ever
        List<Job<Integer>> jobs = List.of(meeting("a", both), meeting("b", both));

        assertThat(new Sweep<>(parts(), TYPE, 2).run(jobs, NOBODY)).hasSize(2);
    }

    private static Job<Integer> meeting(String key, CyclicBarrier both) {
        return new Job<>(key, 1, done -> {
            try {
                return both.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    @Test
    void keepsWhatIsFinishedWhenARunFailsAndBeginsNoOther() throws IOException {
        // given
        AtomicInteger runs = new AtomicInteger();
        Job<Integer> failing = new Job<>("b", 10, done -> {
            throw new IllegalStateException("no");
        });

        // when, then
        assertThatThrownBy(() -> new Sweep<>(parts(), TYPE, 1)
                        .run(List.of(job("a", 1, runs), failing, job("c", 3, runs)), NOBODY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(runs).hasValue(1);
        assertThat(parts().get("a", TYPE)).contains(1);
        assertThat(parts().get("c", TYPE)).isEmpty();
    }

    @Test
    void countsTheStepsOfAllRunsWithThoseOfFinishedOnes() throws IOException {
        // given
        AtomicInteger runs = new AtomicInteger();
        new Sweep<>(parts(), TYPE, 1).run(List.of(job("a", 1, runs)), NOBODY);
        AtomicLong steps = new AtomicLong();
        AtomicInteger finished = new AtomicInteger();
        List<Job<Integer>> jobs = List.of(job("a", 1, runs), job("b", 2, runs));

        // when
        new Sweep<>(parts(), TYPE, 1).run(jobs, (all, number) -> {
            steps.set(all);
            finished.set(number);
        });

        // then
        assertThat(steps).hasValue(Sweep.steps(jobs));
        assertThat(finished).hasValue(2);
    }

    @Test
    void refusesKeysThatAreEqualOrNoNames() throws IOException {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() ->
                        new Sweep<>(parts(), TYPE, 1).run(List.of(job("a", 1, runs), job("a", 2, runs)), NOBODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys must be distinct, got a twice");
        assertThat(runs).hasValue(0);
        assertThatThrownBy(() -> job("../a", 1, runs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key must be of letters, digits");
        assertThatThrownBy(() -> new Sweep<>(parts(), TYPE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be >= 1, got 0");
    }

    @Test
    void neverAsksForFewerThreadsThanOne() {
        assertThat(Sweep.threads(Long.MAX_VALUE)).isEqualTo(1);
        assertThat(Sweep.threads(1)).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
