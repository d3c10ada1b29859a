package io.github.autol2.program.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a window that loads pages as a person's does: Chromium, driven by its DevTools protocol, from a profile of its own.
 *
 * <p>The environment variable {@value #VARIABLE} names the program, otherwise the first of {@code chromium}, {@code chromium-browser} and
 * {@code google-chrome} on the path is taken. Where there is none, the test is skipped and says so. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    /** The environment variable with the path of the browser. */
    static final String VARIABLE = "AUTOL2_BROWSER";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LOADING = "the page is loading";
    private static final Duration PATIENCE = Duration.ofMinutes(1); // a busy machine starts a browser slowly

    /** What a page is looked at on. */
    public enum Screen {
        DESK(1200, 900, false),
        PHONE(390, 844, true);

        private final int width; // in pixels of CSS
        private final int height;
        private final boolean mobile;

        Screen(int width, int height, boolean mobile) {
            this.width = width;
            this.height = height;
            this.mobile = mobile;
        }
    }

    private final Process process;
    private final DevTools tools;
    private Screen shown; // null before the first page

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /**
     * Starts a browser.
     *
     * @param folder for its profile; one that is empty
     */
    public static Browser start(Path folder) throws Exception {
        Path program = program().orElse(null);
        assumeTrue(program != null, "needs a browser: " + VARIABLE + ", or one of " + NAMES + " on the path");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Browser browser = new Browser(process, DevTools.of(page(process, folder.resolve("DevToolsActivePort"))));
            browser.evaluate("0"); // so that its end of loading is not taken for that of the next page
            return browser;
        } catch (Exception | AssertionError e) {
            process.destroyForcibly().waitFor();
            throw e;
        }
    }

    private static Optional<Path> program() {
        String named = System.getenv(VARIABLE);
        Stream<Path> places = named != null
                ? Stream.of(Path.of(named))
                : NAMES.stream()
                        .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name)));
        Optional<Path> program = places.filter(Files::isExecutable).findFirst();
        if (named != null && program.isEmpty()) {
            throw new IllegalStateException(VARIABLE + " must name a program, got " + named);
        }
        return program;
    }

    /** The address at which the open page is driven. */
    private static URI page(Process process, Path portFile) throws Exception {
        List<String> lines = eventually("the browser's port", () -> {
            if (!process.isAlive()) {
                throw new IOException("the browser has ended with exit code " + process.exitValue());
            }
            List<String> written = Files.exists(portFile) ? Files.readAllLines(portFile) : List.of();
            return written.size() == 2 ? written : null;
        });
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        return eventually("the browser's first page", () -> {
            String targets =
                    client.send(list, HttpResponse.BodyHandlers.ofString()).body();
            for (JsonNode target : DevTools.JSON.readTree(targets)) {
                if (target.get("type").asText().equals("page")) {
                    return URI.create(target.get("webSocketDebuggerUrl").asText());
                }
            }
            return null;
        });
    }

    /**
     * Loads a page, and forgets what was loaded before.
     *
     * @return when all of it is there
     */
    public Browser show(URI address, Screen screen) throws Exception {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", screen.width,
                        "height", screen.height,
                        "deviceScaleFactor", 1,
                        "mobile", screen.mobile));
        shown = screen;
        tools.forget();
        tools.call("Page.navigate", Map.of("url", address.toString()));
        eventually("the end of loading " + address, () -> tools.loads() > 0 ? true : null);
        return this;
    }

    /**
     * What an expression in the page gives; the page's own policy does not hold for it. Pages may load themselves anew at any moment: the
     * expression sees a page that is there as a whole.
     */
    public JsonNode evaluate(String expression) throws Exception {
        return eventually("a whole page", () -> {
            JsonNode answer = tools.call(
                    "Runtime.evaluate",
                    Map.of(
                            "expression",
                            "if (document.readyState !== 'complete') throw '" + LOADING + "'; " + expression,
                            "returnByValue",
                            true));
            if (answer.at("/exceptionDetails/exception/value").asText().equals(LOADING)) {
                return null;
            }
            if (answer.has("exceptionDetails") || answer.at("/result").has("unserializableValue")) {
                throw new IllegalStateException(expression + ": " + answer);
            }
            return answer.at("/result/value");
        });
    }

    /** All that the page has asked for. */
    public List<String> requests() {
        return tools.requests();
    }

    /** Errors and warnings of the browser's console: failed scripts, what the page's policy refused, what could not be loaded. */
    public List<String> complaints() {
        return tools.complaints();
    }

    /** How far the page can be pushed sideways, in pixels; 0 if it fits the screen. */
    public int sideways() throws Exception {
        return evaluate("(page => page.scrollWidth - Math.min(page.clientWidth, " + shown.width
                        + "))(document.scrollingElement)")
                .asInt();
    }

    /** The height of the smallest text of a chart on the screen, turned or not, in pixels. */
    public double smallestChartText() throws Exception {
        return evaluate("Math.min(...[...document.querySelectorAll('svg text')].map(text => {"
                        + " const matrix = text.getScreenCTM();"
                        + " return parseFloat(getComputedStyle(text).fontSize)"
                        + " * Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)); }))")
                .asDouble();
    }

    /**
     * Asks until there is an answer.
     *
     * @param ask gives null as long as there is none
     */
    static <T> T eventually(String what, Callable<T> ask) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = ask.call();
        while (answer == null) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not come within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(20);
            answer = ask.call();
        }
        return answer;
    }

    @Override
    public void close() {
        tools.close();
        process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionallyCompose(slow -> process.destroyForcibly().onExit())
                .join();
    }
}
