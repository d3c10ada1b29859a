package io.github.autol2.arbiter.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import io.github.autol2.arbiter.spark.DriverAnswers.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DriverAnswersTest {

    private static final Report REPORT = new Report(2, 30, Double.NaN);

    private static Verdict ask(String job, Driver driver) {
        return new JudgeOnDriver(Pruning.none(), driver, job).judge(REPORT);
    }

    @Test
    void asksTheJobThatTheQuestionNames() {
        List<Question> asked = new ArrayList<>();
        try (DriverAnswers.Asking one = DriverAnswers.open("one", question -> {
                    asked.add(question);
                    return Optional.empty();
                });
                DriverAnswers.Asking two = DriverAnswers.open("two", question -> Optional.of("too low"))) {
            assertThat(ask(one.job(), DriverAnswers::answer)).isEqualTo(new Verdict.Continue());
            assertThat(ask(two.job(), DriverAnswers::answer)).isEqualTo(new Verdict.Prune("too low"));
        }
        assertThat(asked).containsExactly(new Question("one", REPORT, null, false));
    }

    /** The second time other candidates may have reported meanwhile. */
    @Test
    void aJobThatIsDoneAgainHasTheSameAnswers() {
        AtomicInteger judged = new AtomicInteger();
        try (DriverAnswers.Asking one =
                DriverAnswers.open("one", question -> Optional.of("verdict " + judged.incrementAndGet()))) {
            Verdict first = ask(one.job(), DriverAnswers::answer);

            assertThat(ask(one.job(), DriverAnswers::answer)).isEqualTo(first);
        }
        assertThat(judged).hasValue(1);
    }

    /** It is lost, and not given up: the search of a cancelled job does not look, and any other one must not take it for a verdict. */
    @Test
    void aJobThatNobodyWaitsForHasNoAnswer() {
        DriverAnswers.open("gone", question -> Optional.empty()).close();

        assertThatThrownBy(() -> ask("gone", DriverAnswers::answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the driver does not answer this machine: java.io.IOException: no search in this JVM waits for the job gone");
    }

    /** Spark's own exception says nothing. */
    @Test
    void tellsAllReasons() {
        Driver wrapping = question -> {
            throw new IllegalStateException("awaitResult", new IOException("no route"));
        };

        assertThatThrownBy(() -> ask("one", wrapping))
                .hasMessage(
                        "the driver does not answer this machine: java.lang.IllegalStateException: awaitResult, because of "
                                + "java.io.IOException: no route")
                .hasNoCause();
    }

    @Test
    void anErrorOfTheDriverIsNoneOfTheJob() {
        Driver full = question -> {
            throw new OutOfMemoryError("driver");
        };

        assertThatThrownBy(() -> ask("one", full))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the driver does not answer this machine: java.lang.OutOfMemoryError: driver")
                .hasNoCause();
    }

    @Test
    void refusesWhatIsNoQuestion() {
        assertThatThrownBy(() -> DriverAnswers.answer("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anInterruptedJobIsCancelledAndItsThreadStaysInterrupted() {
        Driver interrupted = question -> {
            throw new InterruptedException();
        };

        assertThatThrownBy(() -> ask("one", interrupted)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
