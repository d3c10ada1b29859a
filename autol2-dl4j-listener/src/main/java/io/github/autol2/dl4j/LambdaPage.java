package io.github.autol2.dl4j;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A page in the browser that shows lambda while a network trains: the loss without penalty, the penalty and its share of the score, lambda,
 * tau, the divisions with their causes, and what held-out data decided. It is an observer:
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
 * divisions and decisions. A page that is not closed ends with the program.
 *
 * <p>Thread-safe. One page belongs to one run.
 */
public final class LambdaPage implements AutoL2Observer, AutoCloseable {

    /** The most measurements, divisions and decisions that are kept. */
    static final int POINTS = 512;

    private static final RunLog LOG = RunLog.of(LambdaPage.class);
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private final History<HistoryPoint> points = new History<>(POINTS);
    private final History<Decision.Divide> divisions = new History<>(POINTS);
    private final History<ValidationDecision> decisions = new History<>(POINTS);
    private final HttpServer server;
    private final ExecutorService answers;
    private final int port;
    private HistoryPoint latest; // null before the first measurement

    private LambdaPage(HttpServer server, ExecutorService answers) {
        this.server = server;
        this.answers = answers;
        this.port = server.getAddress().getPort();
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
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535], got " + port);
        }
        InetAddress here = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
        ExecutorService answers = Executors.newSingleThreadExecutor(LambdaPage::daemon);
        LambdaPage page = new LambdaPage(server, answers);
        server.setExecutor(answers);
        server.createContext("/", page::answer);
        CompletableFuture.runAsync(server::start, answers).join(); // so that the server's own thread is a daemon, too
        LOG.info("AutoL2 shows lambda at {}", page.address());
        return page;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "AutoL2 page");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return the page's address, for example {@code http://127.0.0.1:40123/}} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public synchronized void measured(Measurement measurement, double lambda) {
        latest = new HistoryPoint(measurement, lambda);
        points.add(latest);
    }

    @Override
    public synchronized void divided(Decision.Divide division) {
        divisions.add(division);
    }

    @Override
    public synchronized void decided(ValidationDecision decision) {
        decisions.add(decision);
    }

    /** Ends the page; what it has shown is gone. */
    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
    }

    private synchronized LambdaPageHtml shown() {
        return new LambdaPageHtml(points.entries(), latest, divisions.entries(), decisions.entries());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (!isOurs(host)) { // another site's name may lead to 127.0.0.1, too
                send(exchange, 403, "text/plain", "ask for " + address());
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", "only GET");
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html", shown().html());
            } else if (path.equals("/data.json")) {
                send(exchange, 200, "application/json", shown().json());
            } else {
                send(exchange, 404, "text/plain", "there are / and /data.json");
            }
        }
    }

    private boolean isOurs(String host) {
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
