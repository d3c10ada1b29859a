package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.prediction.CalibrationRun;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the driver answers to its jobs, which ask while they run whether to go on. Spark makes its plug-in itself, so that knows no search: a
 * question names its job, which is used once in this JVM, and so finds its search.
 */
public final class DriverAnswers {

    private static final Map<String, Asking> ASKING = new ConcurrentHashMap<>();

    private DriverAnswers() {}

    /**
     * What a job has to tell: one of the two, or nothing where it only asks whether anybody answers.
     *
     * @param job          its name
     * @param report       of a training, or null
     * @param run          of a calibration that is over, or null
     * @param moreMomentum whether the calibration runs have more momentum than the candidate
     */
    record Question(String job, Report report, CalibrationRun run, boolean moreMomentum) {}

    /**
     * What becomes of the job.
     *
     * @param stop why it ends; null: it goes on
     */
    private record Answer(String stop) {}

    /**
     * A job that may ask, until it is closed. A job that was lost on its way asks the same again when it is done again, and has the same answers:
     * each question is judged once. Thread-safe; what an answer has changed is seen after the close.
     */
    static final class Asking implements AutoCloseable {
        private final String job;
        private final Function<Question, Optional<String>> judge;
        private final Map<Question, Optional<String>> answers = new HashMap<>();
        private boolean closed;

        private Asking(String job, Function<Question, Optional<String>> judge) {
            this.job = job;
            this.judge = judge;
        }

        String job() {
            return job;
        }

        private synchronized Optional<String> answer(Question question) throws IOException {
            if (closed) {
                throw nobody(job);
            }
            return answers.computeIfAbsent(question, judge);
        }

        @Override
        public synchronized void close() {
            closed = true;
            ASKING.remove(job);
        }
    }

    /**
     * From now on the job may ask.
     *
     * @param judge says why it ends, or nothing if it goes on; called once for each question
     */
    static Asking open(String job, Function<Question, Optional<String>> judge) {
        Asking asking = new Asking(job, judge);
        ASKING.put(job, asking);
        return asking;
    }

    /**
     * On the driver: answers a question of a job.
     *
     * @param question from its {@link Driver#ask}
     * @return for the job
     * @throws IOException if it is no question of a job of this version, or no search in this JVM waits for the job
     */
    public static byte[] answer(byte[] question) throws IOException {
        Question asked = Json.read(question, Question.class);
        Asking asking = ASKING.get(asked.job());
        if (asking == null) {
            throw nobody(asked.job());
        }
        return Json.write(new Answer(asking.answer(asked).orElse(null)));
    }

    private static IOException nobody(String job) {
        return new IOException("no search in this JVM waits for the job " + job);
    }

    /**
     * In the job: asks.
     *
     * @return why the job ends; empty: it goes on
     * @throws CancellationException if the thread was interrupted, which it stays
     * @throws IllegalStateException if there is no answer: the job is lost
     */
    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread stays interrupted
    static Optional<String> ask(Driver driver, Question question) {
        // An Error is the driver's. Scala throws an InterruptedException that its signature does not tell.
        try {
            byte[] answer = driver.ask(Json.write(question));
            return Optional.ofNullable(Json.read(answer, Answer.class).stop());
        } catch (Throwable e) {
            if (e instanceof InterruptedException || Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the search was stopped");
            }
            throw Failure.noAnswer(e);
        }
    }
}
