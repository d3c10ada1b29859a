package io.github.autol2.arbiter.store;

import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.files.FolderLock;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.LearningCurve;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The calibrations of a search, each made once, by the first thread that needs it; others that need the same one wait for it. One that
 * failed fails again for all that share it; one that was cancelled is made anew. Processes that share the store wait for each other, too;
 * what a process has begun that is killed is made anew. A search may have thousands of them: of the learning curves, which are most of a
 * calibration, only the ends stay in memory; a file has all of them.
 *
 * <p>Thread-safe.
 */
public final class Calibrations {

    /** The names of files with calibrations begin so. */
    static final String FILE = "calibration-";

    private final Map<String, FutureTask<Calibration>> made = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> spent = new ConcurrentHashMap<>();
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private final Optional<JsonStore> store;

    /** A calibration that is being made, or was given up. */
    private static final class Begun {
        private final List<CalibrationRun> runs = new CopyOnWriteArrayList<>();
        private volatile boolean moreMomentum;
    }

    /** Makes a calibration. */
    public interface Making {

        /**
         * {@return the calibration}
         *
         * @param observer is told of each iteration
         * @param finished runs that are made already
         * @throws Exception whatever the {@link LambdaCalibrator} throws
         */
        Calibration make(CalibrationObserver observer, List<CalibrationRun> finished) throws Exception;
    }

    /**
     * Calibrations of a search.
     *
     * @param store where they are kept; empty if they are kept in memory only
     */
    public Calibrations(Optional<JsonStore> store) {
        this.store = store;
    }

    /**
     * {@return the calibration of this name, made if no other candidate has made it} Of each learning curve it has the last point only.
     *
     * @param name   the same for candidates that share a calibration
     * @param making a {@link LambdaCalibrator} at work on the calling thread
     * @param seen   is told of each run, whoever has made it, but of none with more momentum than the candidate has; a
     *               CancellationException of it ends the calibration for this candidate, and another one goes on from there
     * @throws NotKeptException if the store cannot take it
     * @throws Exception        whatever the making throws, and an IOException if the store cannot be read
     */
    public Calibration get(String name, Making making, Consumer<CalibrationRun> seen) throws Exception {
        while (true) {
            FutureTask<Calibration> mine = new FutureTask<>(() -> withoutCurves(load(name, making, seen)));
            FutureTask<Calibration> first = made.putIfAbsent(name, mine);
            if (first == null) {
                mine.run();
            }
            FutureTask<Calibration> task = first == null ? mine : first;
            try {
                Calibration calibration = task.get();
                calibration.runs().stream()
                        .filter(run -> run.etaEff() == calibration.etaEff())
                        .forEach(seen);
                return calibration;
            } catch (ExecutionException e) {
                boolean cancelled = e.getCause() instanceof CancellationException;
                if (cancelled || Thread.currentThread().isInterrupted()) {
                    made.remove(name, task);
                }
                if (!cancelled || first == null) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
    }

    /** The peaks, the lengths and all else that a prediction needs. */
    private static Calibration withoutCurves(Calibration whole) {
        return new Calibration(
                whole.etaEff(),
                whole.c(),
                whole.cLow(),
                whole.cHigh(),
                whole.tLearn(),
                whole.paperC(),
                whole.harmless(),
                whole.runs().stream().map(Calibrations::withoutCurve).toList(),
                whole.levels(),
                whole.warnings());
    }

    private static CalibrationRun withoutCurve(CalibrationRun run) {
        LearningCurve curve = run.curve();
        List<LearningCurve.Point> last =
                List.of(curve.points().get(curve.points().size() - 1));
        return new CalibrationRun(
                run.seed(),
                run.lambda(),
                run.etaEff(),
                new LearningCurve(last, curve.chance(), curve.examples(), curve.figure()),
                run.peak(),
                run.trainAccuracy());
    }

    /**
     * {@return the iterations of all runs of a calibration so far; 0 of one that has not begun} It counts also what a calibration has spent
     * that failed or was cancelled.
     *
     * @param name of the calibration
     */
    public long spent(String name) {
        return spent.getOrDefault(name, new AtomicLong()).get();
    }

    private Calibration load(String name, Making making, Consumer<CalibrationRun> seen) throws Exception {
        if (store.isEmpty()) {
            return make(name, making, seen);
        }
        FolderLock.Part ours = store.get().part(FILE + name); // another process may be making it
        try (ours) {
            Optional<Calibration> kept = store.get().get(FILE + name, Calibration.class);
            if (kept.isPresent()) {
                spent.put(name, new AtomicLong(kept.get().iterationsSpent()));
                return kept.get();
            }
            return keep(name, make(name, making, seen));
        }
    }

    private Calibration make(String name, Making making, Consumer<CalibrationRun> seen) throws Exception {
        AtomicLong counter = spent.computeIfAbsent(name, first -> new AtomicLong());
        Begun already = begun.computeIfAbsent(name, first -> new Begun());
        if (!already.moreMomentum) {
            already.runs.forEach(seen);
        }
        CalibrationObserver observer = new CalibrationObserver() {
            @Override
            public void moreMomentum() {
                already.moreMomentum = true;
            }

            @Override
            public void iteration(Trial trial, long iteration, long before, long most) {
                counter.incrementAndGet();
            }

            @Override
            public void finished(CalibrationRun run) {
                already.runs.add(run);
                if (!already.moreMomentum) {
                    seen.accept(run);
                }
            }
        };
        Calibration calibration = making.make(observer, List.copyOf(already.runs));
        begun.remove(name);
        return calibration;
    }

    private Calibration keep(String name, Calibration calibration) throws NotKeptException {
        try {
            store.orElseThrow().put(FILE + name, calibration);
        } catch (IOException e) {
            throw new NotKeptException(e);
        }
        return calibration;
    }
}
