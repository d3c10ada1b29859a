package io.github.autol2.program.search;

import io.github.autol2.dl4j.page.LocalPages;
import io.github.autol2.dl4j.page.LocalPages.Content;
import io.github.autol2.program.report.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;

/**
 * The report of a search while it runs, on 127.0.0.1: {@code /} is the page, {@code /data.json} what search.json would be now. Either is
 * made when a browser asks for it and something has happened since the last time. Thread-safe.
 */
public final class SearchPage extends BaseStatusListener implements AutoCloseable {

    private final Remembered html = new Remembered(
            "text/html",
            () -> new Page("The search has not begun yet")
                    .refreshedAfter(SearchReport.SECONDS)
                    .html());
    private final Remembered json = new Remembered("application/json", () -> "null");
    private final LocalPages pages;

    /** A text that is made anew when the search has changed. The pages ask on one thread. */
    private static final class Remembered implements Supplier<Content> {
        private final String type;
        private final AtomicBoolean changed = new AtomicBoolean(true);
        private volatile Supplier<String> text;
        private String made = "";

        Remembered(String type, Supplier<String> text) {
            this.type = type;
            this.text = text;
        }

        @Override
        public Content get() {
            if (changed.compareAndSet(true, false)) { // before it is made: what changes meanwhile makes it anew
                made = text.get();
            }
            return new Content(type, made);
        }
    }

    private SearchPage(int port) throws IOException {
        this.pages = LocalPages.open(port, Map.of("/", html, "/data.json", json));
    }

    /**
     * {@return a page without a search}
     *
     * @param port from 1 to 65535, or 0 for one that is free
     * @throws IOException if the port is not free, or not allowed
     */
    public static SearchPage open(int port) throws IOException {
        return new SearchPage(port);
    }

    /**
     * Shows a search. The page must be told of its progress.
     *
     * @param search             that is about to run
     * @param config             every key and option with its effective value
     * @param iterations         of one candidate's training
     * @param validationExamples that choose
     */
    public void show(Search search, Map<String, String> config, long iterations, int validationExamples) {
        html.text = () -> new SearchReport(search.soFar(), config, iterations, validationExamples)
                .live(search.most(), search.running())
                .html();
        json.text = () -> {
            try {
                return SearchFiles.json(config, search.soFar(), iterations);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        changed();
    }

    /** {@return the page's address} */
    public URI address() {
        return pages.address();
    }

    @Override
    public void onCandidateStatusChange(CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
        changed();
    }

    @Override
    public void onRunnerStatusChange(IOptimizationRunner search) {
        changed();
    }

    private void changed() {
        html.changed.set(true);
        json.changed.set(true);
    }

    @Override
    public void close() {
        pages.close();
    }
}
