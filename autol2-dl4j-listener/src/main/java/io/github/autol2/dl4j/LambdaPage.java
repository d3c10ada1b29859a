package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.page.LocalPages;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A page in the browser that shows lambda while a network trains: the loss without penalty, the penalty and its share of the score, lambda,
 * tau, the changes of lambda with their causes, and what held-out data decided. It is an observer:
 *
 * <pre>{@code
 * try (LambdaPage page = LambdaPage.open()) {
 *     network.addListeners(AutoL2Listener.builder(options).observer(page).build());
 *     network.fit(data, epochs);
 * }
 * }</pre>
 *
 * <p>The log says where it is; {@code /data.json} has the same numbers. It listens on 127.0.0.1 only, answers only whoever asks for that
 * address by name, loads nothing from elsewhere and has no script: the page asks the browser to load it again every
 * {@value LambdaPageHtml#SECONDS} seconds. It keeps at most {@value #POINTS} measurements, spread evenly over the run, and as many
 * changes and decisions. A page that is not closed ends with the program.
 *
 * <p>Thread-safe. One page belongs to one run.
 */
public final class LambdaPage implements AutoL2Observer, AutoCloseable {

    /** The most measurements, changes of lambda and decisions that are kept. */
    static final int POINTS = 512;

    private static final RunLog LOG = RunLog.of(LambdaPage.class);

    private final History<HistoryPoint> points = new History<>(POINTS);
    private final History<Decision.Change> changes = new History<>(POINTS);
    private final History<ValidationDecision> decisions = new History<>(POINTS);
    private final LocalPages pages;
    private HistoryPoint latest; // null before the first measurement

    private LambdaPage(int port) throws IOException {
        this.pages = LocalPages.open(
                port,
                Map.of(
                        "/", () -> new LocalPages.Content("text/html", shown().html()),
                        "/data.json", () -> new LocalPages.Content("application/json", shown().json())));
    }

    /**
     * {@return a page on a port that is free}
     *
     * @throws IOException if there is none
     */
    public static LambdaPage open() throws IOException {
        return open(0);
    }

    /**
     * {@return a page on a port of the user's choice}
     *
     * @param port from 1 to 65535, or 0 for one that is free
     * @throws IOException if it is not free, or not allowed
     */
    public static LambdaPage open(int port) throws IOException {
        LambdaPage page = new LambdaPage(port);
        LOG.info("AutoL2 shows lambda at {}", page.address());
        return page;
    }

    /** {@return the page's address, for example {@code http://127.0.0.1:40123/}} */
    public URI address() {
        return pages.address();
    }

    @Override
    public synchronized void measured(Measurement measurement, double lambda) {
        latest = new HistoryPoint(measurement, lambda);
        points.add(latest);
    }

    @Override
    public synchronized void changed(Decision.Change change) {
        changes.add(change);
    }

    @Override
    public synchronized void decided(ValidationDecision decision) {
        decisions.add(decision);
    }

    /** Ends the page; what it has shown is gone. */
    @Override
    public void close() {
        pages.close();
    }

    private synchronized LambdaPageHtml shown() {
        return new LambdaPageHtml(points.entries(), latest, changes.entries(), decisions.entries());
    }
}
