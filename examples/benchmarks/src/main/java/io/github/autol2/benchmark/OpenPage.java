package io.github.autol2.benchmark;

import io.github.autol2.dl4j.LambdaPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A page of lambda that is open in a browser, which loads it again and again; without the browser's drawing. */
final class OpenPage {

    /** As the page asks for it. */
    private static final int SECONDS = 2;

    private static final int PATIENCE = 10; // seconds
    private static final double NANOSECONDS = 1e9; // in a second

    private final LambdaPage page;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService browser = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> loading;
    private final long opened = System.nanoTime();
    private volatile RuntimeException failure; // null: none

    OpenPage() {
        try {
            page = LambdaPage.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loading = browser.scheduleAtFixedRate(() -> load(page.address()), 0, SECONDS, TimeUnit.SECONDS);
    }

    LambdaPage page() {
        return page;
    }

    private void load(URI address) {
        try {
            String html = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            if (!html.contains("content=\"" + SECONDS + "\"")) {
                throw new IllegalStateException("the page does not ask to be loaded each " + SECONDS + " seconds");
            }
        } catch (IOException | InterruptedException | IllegalStateException e) {
            failure = new IllegalStateException("the page could not be loaded", e);
        }
    }

    /** Processor time of the thread that answers. */
    private static double ownSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(thread ->
                                thread != null && thread.getThreadName().equals("AutoL2 page"))
                        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                        .sum()
                / NANOSECONDS;
    }

    /** Fails if the page could not be loaded each time. */
    void close() throws InterruptedException {
        loading.cancel(false);
        browser.shutdown();
        boolean done = browser.awaitTermination(PATIENCE, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - opened) / NANOSECONDS;
        System.err.printf(
                Locale.ROOT,
                "the page's own thread: %.2f %% of a processor in %.0f s%n",
                100 * ownSeconds() / seconds,
                seconds);
        page.close();
        if (!done || failure != null) {
            throw new IllegalStateException("the page was not loaded each time", failure);
        }
    }
}
