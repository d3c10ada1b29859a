package io.github.autol2.dl4j;

import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.util.Objects;
import org.deeplearning4j.core.storage.StatsStorageRouter;

/**
 * Writes what AutoL2 measures and decides into a Deeplearning4j {@code StatsStorage}, beside what its {@code StatsListener} writes. It is
 * an observer:
 *
 * <pre>{@code
 * network.addListeners(statsListener, AutoL2Listener.builder(options)
 *         .observer(new LambdaStats(storage, statsListener.getSessionID()))
 *         .build());
 * }</pre>
 *
 * <p>Each {@link LambdaUpdate} has the type {@value #TYPE}, the worker {@value #WORKER} and a time of its own, because a storage keeps one
 * update for each. Needs deeplearning4j-core on the class path. Not thread-safe, as each observer; one object follows one run.
 */
public final class LambdaStats implements AutoL2Observer {

    /** The type of its updates. */
    public static final String TYPE = "AutoL2";

    /** The worker of its updates. */
    public static final String WORKER = "0";

    private final StatsStorageRouter storage;
    private final String session;
    private long lastTime;

    /**
     * @param storage   for example an {@code InMemoryStatsStorage} or a {@code FileStatsStorage}
     * @param sessionId of the training, for example that of the {@code StatsListener}
     */
    public LambdaStats(StatsStorageRouter storage, String sessionId) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.session = Objects.requireNonNull(sessionId, "sessionId");
    }

    @Override
    public void measured(Measurement measurement, double lambda) {
        HistoryPoint point = new HistoryPoint(measurement, lambda);
        put(LambdaUpdate.Kind.MEASUREMENT, measurement.iteration(), lambda, point, "");
    }

    @Override
    public void changed(Decision.Change division) {
        HistoryPoint point = new HistoryPoint(division.measurement(), division.oldLambda());
        put(
                LambdaUpdate.Kind.DIVISION,
                division.iteration(),
                division.newLambda(),
                point,
                division.cause().label());
    }

    @Override
    public void decided(ValidationDecision decision) {
        HeldOutDecision.of(decision)
                .ifPresent(decided -> put(
                        LambdaUpdate.Kind.DECISION, decided.iteration(), decided.newLambda(), null, decided.what()));
    }

    private void put(LambdaUpdate.Kind kind, long iteration, double lambda, HistoryPoint values, String cause) {
        lastTime = Math.max(System.currentTimeMillis(), lastTime + 1);
        storage.putUpdate(new LambdaUpdate(session, lastTime, kind, iteration, lambda, values, cause));
    }
}
