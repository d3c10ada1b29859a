package io.github.autol2.dl4j;

import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a {@link LambdaPage} shows at one moment.
 *
 * @param points    measurements, oldest first
 * @param latest    the last measurement; null before the first
 * @param changes   oldest first
 * @param decisions of held-out data, oldest first
 */
record LambdaPageHtml(
        List<HistoryPoint> points,
        HistoryPoint latest,
        List<Decision.Change> changes,
        List<ValidationDecision> decisions) {

    /** From one loading of the page to the next. */
    static final int SECONDS = 2;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>AutoL2</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
            <style>
            body { font: 14px sans-serif; margin: 0 auto; padding: 0.5em 1em; max-width: 72em; color: #222 }
            dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9em, 1fr)); gap: 0.5em 1em; margin: 0 0 1em }
            dt { color: #555; font-size: 12px } dd { margin: 0; font-size: 18px; font-variant-numeric: tabular-nums }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21em), 1fr)); gap: 1em }
            svg { background: #f7f7f7; width: 100%; height: auto } text { font: 12px sans-serif; fill: #444 }
            table { border-collapse: collapse } td, th { padding: 0.15em 1em 0.15em 0; text-align: right }
            td { vertical-align: top; white-space: nowrap } td:last-child, th:last-child { text-align: left; white-space: normal }
            </style>
            """;

    /** The penalty's share of the score, in [0, 1]; NaN where the score is not positive. */
    static double share(HistoryPoint point) {
        Measurement measured = point.measurement();
        double score = measured.loss() + measured.penalty();
        return score > 0 ? measured.penalty() / score : Double.NaN;
    }

    /** tau in iterations; NaN where the rule does not measure it, or lambda moves no weight. */
    static double tau(HistoryPoint point) {
        double rate = point.measurement().etaEff() * point.lambda();
        return rate > 0 && !isNothing(point) ? 1 / rate : Double.NaN;
    }

    private static boolean isNothing(HistoryPoint point) {
        return point.lambda() <= InitialLambda.NOTHING;
    }

    String html() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<meta http-equiv=\"refresh\" content=\"" + SECONDS + "\"></head><body><h1>AutoL2</h1>");
        page.append(latest == null ? "<p>Nothing has been measured yet.</p>" : now());
        page.append("<div class=\"charts\">");
        page.append(chart("loss without penalty", point -> point.measurement().loss(), true));
        page.append(chart("penalty", point -> drawn(point, point.measurement().penalty()), true));
        page.append(chart("share of the penalty in the score", LambdaPageHtml::share, false));
        page.append(chart("lambda", point -> drawn(point, point.lambda()), true));
        page.append(chart("tau in iterations", LambdaPageHtml::tau, true));
        page.append(chart("training error", LambdaPageHtml::error, false));
        page.append("</div><h2>Changes of lambda</h2>").append(changeTable());
        if (!decisions.isEmpty()) {
            page.append("<h2>Decisions by held-out data</h2>").append(decisionTable());
        }
        return page.append("</body></html>").toString();
    }

    /** On a logarithmic scale next to nothing would leave no room for the rest. */
    private static double drawn(HistoryPoint point, double value) {
        return isNothing(point) ? Double.NaN : value;
    }

    private static double error(HistoryPoint point) {
        return point.measurement().error().orElse(Double.NaN);
    }

    private String now() {
        Measurement measured = latest.measurement();
        return "<dl>"
                + value("iteration", Long.toString(measured.iteration()))
                + value("lambda", number(latest.lambda()))
                + value("loss without penalty", number(measured.loss()))
                + value("penalty", number(measured.penalty()))
                + value("share of the penalty", number(share(latest)))
                + value("tau in iterations", number(tau(latest)))
                + value("training error", number(error(latest)))
                + "</dl>";
    }

    private static String value(String name, String value) {
        return "<div><dt>" + name + "</dt><dd>" + value + "</dd></div>";
    }

    private String changeTable() {
        if (changes.isEmpty()) {
            return "<p>None yet.</p>";
        }
        StringBuilder table = table("cause");
        changes.forEach(change -> table.append(row(
                change.iteration(),
                change.oldLambda(),
                change.newLambda(),
                change.cause().label())));
        return table.append("</table>").toString();
    }

    private String decisionTable() {
        StringBuilder table = table("decision");
        heldOut()
                .forEach(decided -> table.append(
                        row(decided.iteration(), decided.oldLambda(), decided.newLambda(), decided.what())));
        return table.append("</table>").toString();
    }

    private Stream<HeldOutDecision> heldOut() {
        return decisions.stream().flatMap(decision -> HeldOutDecision.of(decision).stream());
    }

    private static StringBuilder table(String last) {
        return new StringBuilder("<table><tr><th>iteration</th><th>lambda</th><th></th><th>" + last + "</th></tr>");
    }

    private static String row(long iteration, double oldLambda, double newLambda, String text) {
        return "<tr><td>" + iteration + "</td><td>" + number(oldLambda) + "</td><td>&rarr; " + number(newLambda)
                + "</td><td>" + text + "</td></tr>";
    }

    /** Empty where there is nothing to draw. */
    private String chart(String title, ToDoubleFunction<HistoryPoint> value, boolean logarithmic) {
        List<double[]> values = new ArrayList<>();
        for (HistoryPoint point : points) {
            double y = value.applyAsDouble(point);
            if (Double.isFinite(y)) {
                values.add(new double[] {(double) point.measurement().iteration(), y});
            }
        }
        return values.isEmpty()
                ? ""
                : new LambdaChart(title, values, logarithmic)
                        .svg(LongStream.concat(
                                        changes.stream().mapToLong(Decision.Change::iteration),
                                        heldOut().mapToLong(HeldOutDecision::iteration))
                                .distinct()
                                .toArray());
    }

    static String number(double value) {
        return Double.isNaN(value) ? "&ndash;" : String.format(Locale.ROOT, "%.4g", value);
    }

    /** The same as JSON; what is not known is null. */
    String json() {
        StringJoiner measurements = new StringJoiner(",", "[", "]");
        points.forEach(point -> measurements.add(json(point)));
        StringJoiner changed = new StringJoiner(",", "[", "]");
        changes.forEach(change -> changed.add(String.format(
                Locale.ROOT,
                "{\"iteration\":%d,\"oldLambda\":%s,\"newLambda\":%s,\"cause\":\"%s\"}",
                change.iteration(),
                change.oldLambda(),
                change.newLambda(),
                change.cause().label())));
        StringJoiner decided = new StringJoiner(",", "[", "]");
        decisions.forEach(decision -> decided.add("\"" + decision + "\"")); // a record of numbers
        return "{\"latest\":" + (latest == null ? "null" : json(latest)) + ",\"measurements\":" + measurements
                + ",\"changes\":" + changed + ",\"decisions\":" + decided + "}";
    }

    private static String json(HistoryPoint point) {
        Measurement measured = point.measurement();
        return String.format(
                Locale.ROOT,
                "{\"iteration\":%d,\"loss\":%s,\"penalty\":%s,\"share\":%s,\"lambda\":%s,\"tau\":%s,\"error\":%s}",
                measured.iteration(),
                measured.loss(),
                measured.penalty(),
                orNull(share(point)),
                point.lambda(),
                orNull(tau(point)),
                orNull(error(point)));
    }

    private static String orNull(double value) {
        return Double.isNaN(value) ? "null" : Double.toString(value);
    }
}
