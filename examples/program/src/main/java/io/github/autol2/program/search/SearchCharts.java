package io.github.autol2.program.search;

import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.report.ParallelCoordinates;
import io.github.autol2.program.report.ParallelCoordinates.Scale;
import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What all candidates of a search show together: how it went, which hyperparameters belong together, which ones matter. */
final class SearchCharts {

    private static final int FOUND = 0; // colours
    private static final int LAMBDA = 2;
    private static final int MOST_INTERVALS = 200;

    private final SearchResult result;
    private final List<SearchResult.Row> finished;

    SearchCharts(SearchResult result) {
        this.result = result;
        this.finished =
                result.candidates().stream().filter(SearchResult.Row::finished).toList();
    }

    /** The best accuracy against the training steps that it has cost so far. */
    void course(Page page) {
        List<Double> steps = new ArrayList<>();
        List<Double> best = new ArrayList<>();
        double spent = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (SearchResult.Row row : result.candidates()) {
            spent += row.outcome().trainingIterations();
            if (row.finished()) {
                highest = Math.max(highest, 100 * row.validationAccuracy());
            }
            if (highest > Double.NEGATIVE_INFINITY) {
                steps.add(spent);
                best.add(highest);
            }
        }
        if (!steps.isEmpty()) {
            page.chart(
                    new LineChart("Best so far", "training steps", "validation accuracy in %")
                            .steps("best of the candidates so far", array(steps), array(best), FOUND),
                    "Validation accuracy of the best candidate so far against training steps, calibrations included, in the order in which "
                            + "the candidates were proposed.");
        }
    }

    /** A line for each candidate across its hyperparameters, lambda and accuracy. */
    void parallelCoordinates(Page page) {
        List<SearchResult.Row> rows = result.candidates().stream()
                .filter(row -> row.finished() || row.pruned())
                .toList();
        if (finished.isEmpty()) {
            return;
        }
        List<Scale> scales = new ArrayList<>();
        result.axes().forEach(axis -> scales.add(scale(axis, rows)));
        scales.add(scale("lambda", true, rows, SearchCharts::lambda, SummaryTable::threeDigits));
        scales.add(scale(
                "accuracy",
                false,
                rows,
                row -> row.finished() ? OptionalDouble.of(100 * row.validationAccuracy()) : OptionalDouble.empty(),
                value -> String.format(Locale.ROOT, "%.1f %%", value)));
        page.chart(
                new ParallelCoordinates("Hyperparameters, lambda and accuracy of each candidate", scales, ranks(rows)),
                "A line for each candidate: the best in orange, others the darker the better; those that were pruned are grey and end before "
                        + "the accuracy.");
    }

    private List<Double> ranks(List<SearchResult.Row> rows) {
        List<Double> accuracies = finished.stream()
                .map(SearchResult.Row::validationAccuracy)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        int best = result.best().orElseThrow().index();
        return rows.stream()
                .map(row -> !row.finished()
                        ? Double.NaN
                        : row.index() == best
                                ? 0
                                : (accuracies.indexOf(row.validationAccuracy()) + 1.0) / accuracies.size())
                .toList();
    }

    private static Scale scale(Axis axis, List<SearchResult.Row> rows) {
        if (isNumber(axis, rows)) {
            return scale(
                    axis.name(),
                    axis.isLogarithmic(rows.get(0).flatParameters().length),
                    rows,
                    row -> axis.number(row.flatParameters()),
                    value -> value == Math.rint(value)
                            ? Long.toString((long) value.doubleValue())
                            : SummaryTable.threeDigits(value));
        }
        List<String> names = names(axis, rows);
        Map<Double, String> labels = new HashMap<>();
        names.forEach(name -> labels.put(place(names.indexOf(name), 0, names.size() - 1.0), name));
        return new Scale(
                axis.name(),
                labels,
                rows.stream()
                        .map(row -> place(names.indexOf(axis.text(row.flatParameters())), 0, names.size() - 1.0))
                        .toList());
    }

    private static Scale scale(
            String name,
            boolean logarithmic,
            List<SearchResult.Row> rows,
            Function<SearchResult.Row, OptionalDouble> value,
            Function<Double, String> label) {
        List<Double> values = rows.stream()
                .map(row -> value.apply(row).orElse(Double.NaN))
                .map(number -> logarithmic ? (Double) Math.log(number) : number)
                .toList();
        double low =
                values.stream().filter(Double::isFinite).min(Double::compare).orElse(Double.NaN);
        double high =
                values.stream().filter(Double::isFinite).max(Double::compare).orElse(Double.NaN);
        Map<Double, String> labels = new HashMap<>();
        if (!Double.isNaN(low)) {
            labels.put(place(high, low, high), label.apply(logarithmic ? Math.exp(high) : high));
            labels.put(place(low, low, high), label.apply(logarithmic ? Math.exp(low) : low));
        }
        return new Scale(
                name,
                labels,
                values.stream()
                        .map(number -> Double.isFinite(number) ? place(number, low, high) : Double.NaN)
                        .toList());
    }

    /** Of the only value, the middle. */
    private static double place(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) : 0.5;
    }

    /** How much each hyperparameter matters, as far as the candidates tell. */
    void importance(Page page) {
        Optional<Importance> importance = result.axes().isEmpty()
                ? Optional.empty()
                : Importance.of(
                        result.axes().stream().map(this::hyperparameter).toList(),
                        finished.stream()
                                .mapToDouble(SearchResult.Row::validationAccuracy)
                                .toArray());
        if (importance.isEmpty()) {
            page.paragraph(
                    "How much each hyperparameter matters cannot be told from the candidates that were trained to their end ("
                            + finished.size() + "): too few, or too much alike.");
            return;
        }
        double sum = importance.get().shares().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double all = sum == 0 ? 1 : sum;
        page.paragraph(String.format(
                Locale.ROOT,
                "A regression on the hyperparameters explains %.0f %% of the variance of the accuracies. When one hyperparameter is shuffled "
                        + "among the candidates it predicts worse: importance is the share of each in all that is lost so. Two that act together both count.",
                100 * importance.get().explained()));
        page.table(
                List.of("hyperparameter", "importance in %"),
                IntStream.range(0, result.axes().size())
                        .boxed()
                        .sorted(Comparator.comparing(
                                (Integer axis) -> -importance.get().shares().get(axis)))
                        .map(axis -> List.of(
                                result.axes().get(axis).name(),
                                String.format(
                                        Locale.ROOT,
                                        "%.0f",
                                        100 * importance.get().shares().get(axis) / all)))
                        .toList());
    }

    private Importance.Hyperparameter hyperparameter(Axis axis) {
        boolean number = isNumber(axis, finished);
        List<String> names = number ? List.of() : names(axis, finished);
        return new Importance.Hyperparameter(
                finished.stream()
                        .mapToDouble(row -> number
                                ? axis.number(row.flatParameters()).orElseThrow()
                                : names.indexOf(axis.text(row.flatParameters())))
                        .toArray(),
                !number);
    }

    private static boolean isNumber(Axis axis, List<SearchResult.Row> rows) {
        return rows.stream().allMatch(row -> axis.number(row.flatParameters()).isPresent());
    }

    private static List<String> names(Axis axis, List<SearchResult.Row> rows) {
        return rows.stream()
                .map(row -> axis.text(row.flatParameters()))
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    /** lambda of each candidate with the interval of its prediction. */
    void lambdas(Page page) {
        List<SearchResult.Row> rows = result.candidates().stream()
                .filter(row -> lambda(row).isPresent())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart("Predicted lambda of each candidate", "candidate", "lambda").logY();
        rows.stream()
                .limit(MOST_INTERVALS)
                .forEach(row -> row.lambda()
                        .filter(lambda -> lambda.low() > 0 && Double.isFinite(lambda.high()))
                        .ifPresent(lambda -> chart.line(
                                        "interval " + row.index(),
                                        new double[] {row.index(), row.index()},
                                        new double[] {lambda.low(), lambda.high()},
                                        FOUND)
                                .notInLegend()));
        chart.points(
                "lambda",
                rows.stream().mapToDouble(SearchResult.Row::index).toArray(),
                rows.stream().mapToDouble(row -> lambda(row).orElseThrow()).toArray(),
                LAMBDA);
        page.chart(chart, "lambda of each candidate; the lines are the 90 % intervals of the predictions.");
    }

    private static OptionalDouble lambda(SearchResult.Row row) {
        return row.lambda()
                .filter(lambda -> lambda.lambda() > 0)
                .map(lambda -> OptionalDouble.of(lambda.lambda()))
                .orElse(OptionalDouble.empty());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
