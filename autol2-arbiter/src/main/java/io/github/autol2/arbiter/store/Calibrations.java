package io.github.autol2.arbiter.store;

import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The calibrations of a search, each made once, by the first thread that needs it; others that need the same one wait for it. One that
 * failed fails again for all that share it; one that was cancelled is made anew.
 *
 * <p>Thread-safe.
 */
public final class Calibrations {

    /** The names of files with calibrations begin so. */
    static final String FILE = "calibration-";

    private final Map<String, FutureTask<Calibration>> made = new ConcurrentHashMap<>();
    private final Optional<JsonStore> store;

    /**
     * Calibrations of a search.
     *
     * @param store where they are kept; empty if they are kept in memory only
     */
    public Calibrations(Optional<JsonStore> store) {
        this.store = store;
    }

    /**
     * {@return the calibration of this name, made if no other candidate has made it}
     *
     * @param name   the same for candidates that share a calibration
     * @param making a {@link LambdaCalibrator} at work on the calling thread
     * @throws Exception whatever the making throws, and an IOException of the store
     */
    public Calibration get(String name, Callable<Calibration> making) throws Exception {
        FutureTask<Calibration> mine = new FutureTask<>(() -> load(name, making));
        FutureTask<Calibration> first = made.putIfAbsent(name, mine);
        if (first == null) {
            mine.run();
        }
        try {
            return (first == null ? mine : first).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException
                    || Thread.currentThread().isInterrupted()) {
                made.remove(name, mine);
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Calibration load(String name, Callable<Calibration> making) throws Exception {
        if (store.isEmpty()) {
            return making.call();
        }
        Optional<Calibration> kept = store.get().get(FILE + name, Calibration.class);
        return kept.isPresent() ? kept.get() : keep(name, making.call());
    }

    private Calibration keep(String name, Calibration calibration) throws IOException {
        store.orElseThrow().put(FILE + name, calibration);
        return calibration;
    }
}
