package io.github.autol2.dl4j.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.autol2.dl4j.log.RunLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Shows pages to a browser on this machine and to nobody else: listens on 127.0.0.1 only, answers only whoever asks for that address by
 * name, and forbids the browser to load anything from elsewhere or to run scripts. Pages that are not closed end with the program.
 *
 * <p>Thread-safe. The suppliers are asked on a thread of the pages, one at a time.
 */
public final class LocalPages implements AutoCloseable {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private static final RunLog LOG = RunLog.of(LocalPages.class);

    private final Map<String, Supplier<Content>> contents;
    private final HttpServer server;
    private final ExecutorService answers;
    private final int port;

    /**
     * What is sent.
     *
     * @param type such as {@code text/html}
     * @param text of the page
     */
    public record Content(String type, String text) {}

    private LocalPages(Map<String, Supplier<Content>> contents, HttpServer server, ExecutorService answers) {
        this.contents = new TreeMap<>(contents);
        this.server = server;
        this.answers = answers;
        this.port = server.getAddress().getPort();
    }

    /**
     * {@return pages that can be asked for}
     *
     * @param port     from 1 to 65535, or 0 for one that is free
     * @param contents by their paths, such as {@code /}
     * @throws IOException if the port is not free, or not allowed
     */
    public static LocalPages open(int port, Map<String, Supplier<Content>> contents) throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535], got " + port);
        }
        InetAddress here = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
        ExecutorService answers = Executors.newSingleThreadExecutor(LocalPages::daemon);
        LocalPages pages = new LocalPages(contents, server, answers);
        server.setExecutor(answers);
        server.createContext("/", pages::answer);
        CompletableFuture.runAsync(server::start, answers).join(); // so that the server's own thread is a daemon, too
        return pages;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "AutoL2 page");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return the address of {@code /}, for example {@code http://127.0.0.1:40123/}} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Ends the pages; what they have shown is gone. */
    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            Supplier<Content> content = contents.get(exchange.getRequestURI().getPath());
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (!isOurs(host)) { // another site's name may lead to 127.0.0.1, too
                send(exchange, 403, new Content("text/plain", "ask for " + address()));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, new Content("text/plain", "only GET"));
            } else if (content == null) {
                send(exchange, 404, new Content("text/plain", "there are " + String.join(" and ", contents.keySet())));
            } else {
                send(exchange, 200, content.get());
            }
        } catch (RuntimeException e) {
            LOG.error("the page {} cannot be shown", exchange.getRequestURI(), e);
            send(exchange, 500, new Content("text/plain", "this page cannot be shown: " + e));
        } finally {
            exchange.close();
        }
    }

    private boolean isOurs(String host) {
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private static void send(HttpExchange exchange, int status, Content content) throws IOException {
        byte[] bytes = content.text().getBytes(StandardCharsets.UTF_8);
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", content.type() + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
