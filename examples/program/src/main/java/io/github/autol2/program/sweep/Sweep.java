package io.github.autol2.program.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;

/**
 * Independent runs, several at a time, one OpenMP thread each. Each is kept under its key as soon as it is finished, so that an
 * interrupted sweep loses only what was running. A run is made when its turn comes, so memory is needed for as many as there are threads.
 *
 * @param <T> what a run shows: a record that goes to JSON and back
 */
public final class Sweep<T> {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final UnfinishedRun parts;
    private final TypeReference<T> type;
    private final int threads;
    private final Optional<BiConsumer<String, RuntimeException>> failed;

    /**
     * One run.
     *
     * @param key   unlike all others and fit for a file's name: letters, digits, {@code . _ -}
     * @param steps its length in iterations, for the progress
     */
    public record Job<T>(String key, long steps, Work<T> work) {
        public Job {
            if (!FILE_NAME.matcher(key).matches()) {
                throw new IllegalArgumentException("key must be of letters, digits, '.', '_' and '-', got " + key);
            }
        }
    }

    /** What a run does. */
    public interface Work<T> {

        /**
         * Runs to its end.
         *
         * @param done is to be told the number of finished iterations, now and then
         */
        T run(LongConsumer done) throws IOException;
    }

    /** Is told how far all runs are together; called by one thread at a time. */
    public interface Progress {

        /**
         * Is called when a run has gone on.
         *
         * @param steps    iterations of all runs so far, with those of finished ones
         * @param finished runs
         */
        void at(long steps, int finished);
    }

    /**
     * @param parts   where finished runs are kept
     * @param threads runs at a time, at least 1
     */
    public Sweep(UnfinishedRun parts, TypeReference<T> type, int threads) {
        this(parts, type, threads, Optional.empty());
    }

    private Sweep(
            UnfinishedRun parts,
            TypeReference<T> type,
            int threads,
            Optional<BiConsumer<String, RuntimeException>> failed) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1, got " + threads);
        }
        this.parts = parts;
        this.type = type;
        this.threads = threads;
        this.failed = failed;
    }

    /**
     * A sweep that goes on with the other runs when one fails, which is tried again when the sweep is resumed.
     *
     * @param listener is told the key of the run and why it failed, by the thread that ran it
     */
    public Sweep<T> afterAFailure(BiConsumer<String, RuntimeException> listener) {
        return new Sweep<>(parts, type, threads, Optional.of(listener));
    }

    /**
     * As many runs at a time as there are cores and as half of the memory outside of the heap has room for; at least 1.
     *
     * @param bytesOfRun what one run needs outside of the heap at the most, greater than 0
     */
    public static int threads(long bytesOfRun) {
        long room = Pointer.maxBytes() / 2 / bytesOfRun;
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), room));
    }

    /** The iterations of all runs. */
    public static long steps(List<? extends Job<?>> jobs) {
        return jobs.stream().mapToLong(Job::steps).sum();
    }

    /**
     * Runs what is not finished yet.
     *
     * @return what each run showed by its key, in the order of the jobs; null for one that failed, if the others were to go on
     * @throws IOException if a result cannot be kept or read; a run's own exception comes as it is, unless the others are to go on.
     *                     The runs beside it end first
     */
    public Map<String, T> run(List<Job<T>> jobs, Progress progress) throws IOException {
        Map<String, T> results = new LinkedHashMap<>();
        Queue<Job<T>> open = new ConcurrentLinkedQueue<>();
        Counter counter = new Counter(progress);
        for (Job<T> job : jobs) {
            if (results.containsKey(job.key())) {
                throw new IllegalArgumentException("keys must be distinct, got " + job.key() + " twice");
            }
            Optional<T> finished = parts.get(job.key(), type);
            results.put(job.key(), finished.orElse(null)); // its place in the order
            if (finished.isPresent()) {
                counter.finished(job.steps());
            } else {
                open.add(job);
            }
        }
        runAll(open, counter, results);
        return results;
    }

    private void runAll(Queue<Job<T>> open, Counter counter, Map<String, T> results) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Map<String, T>>> workers =
                    pool.invokeAll(Collections.nCopies(threads, () -> work(open, counter)));
            for (Future<Map<String, T>> worker : workers) {
                results.putAll(worker.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; what is finished is kept", e);
        } catch (ExecutionException e) {
            throw asItIs(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** One thread's work: run after run, until none is left or one has failed. */
    private Map<String, T> work(Queue<Job<T>> open, Counter counter) throws IOException {
        Map<String, T> results = new LinkedHashMap<>();
        Threads.limitToOneByDefault();
        try {
            for (Job<T> job = open.poll(); job != null; job = open.poll()) {
                Optional<T> result = run(job, counter);
                if (result.isPresent()) {
                    parts.put(job.key(), result.get());
                    results.put(job.key(), result.get());
                }
                counter.finished(0);
            }
        } catch (IOException | RuntimeException | Error e) {
            open.clear();
            throw e;
        }
        return results;
    }

    /** Empty for a run that failed beside others that are to go on. */
    private Optional<T> run(Job<T> job, Counter counter) throws IOException {
        try {
            return Optional.of(job.work().run(counter.ofRun()));
        } catch (RuntimeException e) {
            failed.orElseThrow(() -> e).accept(job.key(), e);
            return Optional.empty();
        }
    }

    private static IOException asItIs(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** Adds up what the runs tell. */
    private static final class Counter {
        private final Progress progress;
        private final NativeMemory memory = new NativeMemory();
        private long steps;
        private int finished;

        private Counter(Progress progress) {
            this.progress = progress;
        }

        private synchronized void finished(long further) {
            steps += further;
            finished++;
            progress.at(steps, finished);
        }

        private synchronized void more(long further) {
            steps += further;
            memory.iteration();
            progress.at(steps, finished);
        }

        private LongConsumer ofRun() {
            return new LongConsumer() {
                private long before;

                @Override
                public void accept(long done) {
                    more(done - before);
                    before = done;
                }
            };
        }
    }
}
