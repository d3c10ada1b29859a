package io.github.autol2.arbiter;

import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import io.github.autol2.arbiter.spark.DriverAnswers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Threads in the place of machines; what goes to them and comes back is bytes. */
final class FakeCluster implements Cluster, AutoCloseable {

    /** As in spark.task.maxFailures. */
    static final int MAX_FAILURES = 4;

    private static final String MACHINE = "machine";

    /** By simple class name, in the order in which they began, each time that they did. */
    final List<String> begun = new CopyOnWriteArrayList<>();

    /** What jobs have thrown, but for cancelled ones. */
    final List<Exception> thrown = new CopyOnWriteArrayList<>();

    /** As in a network that fails: what a question comes to, by its number from 0. */
    final AtomicReference<IntFunction<Exception>> unanswered = new AtomicReference<>(number -> null);

    final AtomicInteger questions = new AtomicInteger();

    final List<String> cancelled = new CopyOnWriteArrayList<>();

    /** Who is told that the next job is at work, which then ends only by being cancelled. */
    final AtomicReference<Runnable> endless = new AtomicReference<>();

    private final ExecutorService machines = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, MACHINE);
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Future<byte[]>> running = new ConcurrentHashMap<>();
    private final Predicate<Integer> loses;
    private final Predicate<Integer> refuses;

    /**
     * @param loses   jobs, by their number from 0, whose machine is lost when they are done, so that they are done again
     * @param refuses jobs, by their number, that it does not do
     */
    FakeCluster(Predicate<Integer> loses, Predicate<Integer> refuses) {
        this.loses = loses;
        this.refuses = refuses;
    }

    FakeCluster() {
        this(number -> false, number -> false);
    }

    @Override
    public byte[] run(String name, ClusterJob job) throws Exception {
        byte[] sent = bytes(job);
        int number = begin(job);
        if (refuses.test(number)) {
            throw new IOException("no machine does job " + number);
        }
        if (loses.test(number)) {
            once(name, sent);
            begin(job);
        }
        return retried(name, sent);
    }

    private synchronized int begin(ClusterJob job) {
        begun.add(job.getClass().getSimpleName());
        return begun.size() - 1;
    }

    /** As Spark does it: a job that throws is tried again. */
    private byte[] retried(String name, byte[] sent) throws Exception {
        for (int failures = 1; ; failures++) {
            try {
                return once(name, sent);
            } catch (CancellationException e) {
                throw e;
            } catch (IllegalStateException e) {
                thrown.add(e);
                if (failures == MAX_FAILURES) {
                    throw e;
                }
            }
        }
    }

    private byte[] once(String name, byte[] sent) throws Exception {
        Runnable told = endless.getAndSet(null);
        Future<byte[]> result = machines.submit(() -> {
            if (told != null) {
                new CountDownLatch(1).await();
            }
            return ((ClusterJob) job(sent)).call(this::ask);
        });
        running.put(name, result);
        if (told != null) {
            told.run();
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    public boolean jobsCanAsk() {
        return true;
    }

    private byte[] ask(byte[] question) throws Exception {
        Exception failure = unanswered.get().apply(questions.getAndIncrement());
        if (failure != null) {
            throw failure;
        }
        return DriverAnswers.answer(question);
    }

    private static byte[] bytes(ClusterJob job) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(job);
        }
        return bytes.toByteArray();
    }

    private static Object job(byte[] sent) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent))) {
            return in.readObject();
        }
    }

    static boolean isMachine(Thread thread) {
        return thread.getName().equals(MACHINE);
    }

    long begun(String kind) {
        return begun.stream().filter(kind::equals).count();
    }

    @Override
    public void cancel(String name) {
        cancelled.add(name);
        running.get(name).cancel(true);
    }

    @Override
    public void close() {
        machines.shutdownNow();
    }
}
