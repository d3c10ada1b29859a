package io.github.autol2.program.search;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.numbers.CountingError;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.Versions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The search as a page: the best candidate, and which hyperparameters matter. */
public final class SearchReport {

    /** From one loading of a live page to the next. */
    static final int SECONDS = 5;

    private static final int GOOD = 0; // colours
    private static final int BEST = 1;

    private final SearchResult result;
    private final Map<String, String> config;
    private final long iterations;
    private final int validationExamples;

    /**
     * @param config     every key and option with its effective value
     * @param iterations of one candidate's training
     */
    public SearchReport(SearchResult result, Map<String, String> config, long iterations, int validationExamples) {
        this.result = result;
        this.config = config;
        this.iterations = iterations;
        this.validationExamples = validationExamples;
    }

    /** The whole page. */
    public Page page() {
        Page page = new Page(result.best()
                .map(best -> "Best of " + result.candidates().size() + " candidates: "
                        + percent(best.validationAccuracy()) + " % on validation examples")
                .orElse("No candidate of this search could be trained"));
        result.best().ifPresent(best -> page.lead(lead(best)));
        return candidates(page);
    }

    /**
     * The page of a search that still runs, to be loaded again and again.
     *
     * @param most    candidates of the search
     * @param running candidates that have not ended
     */
    Page live(int most, List<Integer> running) {
        Page page = new Page("Search: " + result.candidates().size() + " of " + most + " candidates have ended");
        page.refreshedAfter(SECONDS);
        page.lead(result.best()
                .map(best -> "The best so far: " + values(best) + "; " + percent(best.validationAccuracy())
                        + " % on validation examples.")
                .orElse("No candidate has a score yet."));
        page.paragraph((running.isEmpty() ? "None is in training" : "In training: " + numbers(running)) + ". "
                + result.trainingSteps() + " training steps were spent on those that have ended.");
        return candidates(page);
    }

    private static String numbers(List<Integer> candidates) {
        return "candidate " + candidates.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private Page candidates(Page page) {
        List<SearchResult.Row> trained =
                result.candidates().stream().filter(SearchResult.Row::finished).toList();
        SearchCharts charts = new SearchCharts(result);
        if (!trained.isEmpty()) {
            charts.course(page);
            page.heading("What matters");
            charts.importance(page);
            charts.parallelCoordinates(page);
            page.paragraph(String.format(
                    Locale.ROOT,
                    "Each point is a candidate. Counting %d validation examples is uncertain by about "
                            + "%.1f %%: smaller differences are noise.",
                    validationExamples,
                    100 * countingError()));
            result.axes().forEach(axis -> axis(page, axis, trained));
            chart(
                    page,
                    "lambda",
                    true,
                    trained,
                    row -> row.lambda()
                            .map(lambda -> OptionalDouble.of(lambda.lambda()))
                            .orElse(OptionalDouble.empty()));
            charts.lambdas(page);
        }
        page.heading("All candidates").table(SearchTable.pageHeader(result), SearchTable.pageRows(result));
        page.notes(result.unfinished());
        return page.settings(config)
                .madeBy("autol2 " + Versions.AUTOL2 + " with Deeplearning4j " + Versions.DEEPLEARNING4J
                        + " and Arbiter");
    }

    private String lead(SearchResult.Row best) {
        return values(best) + ". On the test examples, which the search has not seen, it is right for "
                + percent(result.testAccuracy())
                + " %. The search took " + result.trainingSteps() + " training steps, at most " + iterations
                + " for each candidate and the rest for calibrations; a grid over lambda would multiply all of them.";
    }

    private String values(SearchResult.Row candidate) {
        String values = result.axes().stream()
                .map(axis -> axis.name() + " " + axis.text(candidate.flatParameters()))
                .collect(Collectors.joining(", "));
        return "Candidate " + candidate.index() + " has " + values
                + candidate.lambda().map(SearchReport::lambda).orElse("");
    }

    private static String lambda(CandidateLambda lambda) {
        return ", lambda " + SummaryTable.threeDigits(lambda.lambda()) + " (90 % interval of the prediction: "
                + SummaryTable.threeDigits(lambda.low()) + " to " + SummaryTable.threeDigits(lambda.high()) + ")";
    }

    private void axis(Page page, Axis axis, List<SearchResult.Row> trained) {
        int parameters = trained.get(0).flatParameters().length;
        chart(page, axis.name(), axis.isLogarithmic(parameters), trained, row -> axis.number(row.flatParameters()));
    }

    private void chart(
            Page page,
            String name,
            boolean logarithmic,
            List<SearchResult.Row> rows,
            Function<SearchResult.Row, OptionalDouble> value) {
        List<SearchResult.Row> shown =
                rows.stream().filter(row -> value.apply(row).isPresent()).toList();
        if (shown.isEmpty()) {
            return; // names, such as activations, stand in the table
        }
        LineChart chart = new LineChart("Accuracy against " + name, name, "validation accuracy in %");
        if (logarithmic) {
            chart.logX();
        }
        points(chart, "candidates", shown, value, GOOD);
        List<SearchResult.Row> best =
                result.best().stream().filter(shown::contains).toList();
        if (!best.isEmpty()) {
            points(chart, "the best", best, value, BEST);
        }
        page.chart(chart, "Validation accuracy at the end of the training against " + name + ".");
    }

    private static void points(
            LineChart chart,
            String name,
            List<SearchResult.Row> rows,
            Function<SearchResult.Row, OptionalDouble> value,
            int colour) {
        chart.points(
                name,
                rows.stream().mapToDouble(row -> value.apply(row).orElseThrow()).toArray(),
                rows.stream().mapToDouble(row -> 100 * row.validationAccuracy()).toArray(),
                colour);
    }

    private double countingError() {
        return CountingError.of(result.best().orElseThrow().validationAccuracy(), validationExamples);
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }
}
