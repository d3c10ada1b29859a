package io.github.autol2.research.detector;

import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Detection delay against false alarms of four detectors on curves with a known turning point. */
final class DetectorTrial {

    private static final String PAGE = "Page";
    private static final double LONGEST_SHOWN = 500;
    private static final double[] THRESHOLDS = {1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12, 20};

    private final List<Curve> curves;
    private final List<Score> scores = new ArrayList<>();

    /**
     * @param curves at least one
     */
    DetectorTrial(List<Curve> curves) {
        this.curves = List.copyOf(curves);
        scores.add(score("published", Double.NaN, Alarm.published()));
        add(PAGE, Alarm::page);
        add("Page-Hinkley", Alarm::pageHinkley);
        add("slope", Alarm::slope);
    }

    /**
     * One detector at one threshold.
     *
     * @param threshold   NaN for the published detector, which has none
     * @param falseAlarms fraction of the curves on which it fires before the turn
     * @param delay       median number of iterations from the turn to the alarm, over the other curves
     * @param missed      fraction of the other curves on which it never fires
     */
    record Score(String detector, double threshold, double falseAlarms, double delay, double missed) {}

    /** Every detector at every threshold. */
    List<Score> scores() {
        return List.copyOf(scores);
    }

    /** Our detector beside the published one: false alarms and delay. */
    String summary() {
        Score published = scores.get(0);
        return String.format(
                Locale.ROOT,
                "%s %.1f %% with a median delay of %.0f iterations, the published sign on %.1f %% with %.0f.",
                ours(),
                100 * chosen().falseAlarms(),
                chosen().delay(),
                100 * published.falseAlarms(),
                published.delay());
    }

    /** Only the false alarms. */
    String alarms() {
        return String.format(
                Locale.ROOT,
                "%s %.1f %%, the published sign on %.1f %%.",
                ours(),
                100 * chosen().falseAlarms(),
                100 * scores.get(0).falseAlarms());
    }

    private static String ours() {
        return String.format(
                Locale.ROOT, "Page's test at %.0f standard errors raises a false alarm on", standardErrors());
    }

    private Score chosen() {
        return scores.stream()
                .filter(one -> one.detector().equals(PAGE) && one.threshold() == standardErrors())
                .findFirst()
                .orElseThrow();
    }

    private static double standardErrors() {
        return PageTest.CHOSEN;
    }

    private void add(String name, DoubleFunction<Alarm> alarm) {
        for (double threshold : THRESHOLDS) {
            scores.add(score(name, threshold, alarm.apply(threshold)));
        }
    }

    private Score score(String name, double threshold, Alarm alarm) {
        int early = 0;
        int missed = 0;
        List<Integer> delays = new ArrayList<>();
        for (Curve curve : curves) {
            int at = alarm.at(curve.losses());
            if (at < curve.turn()) {
                early++;
            } else {
                missed += at == curve.losses().length ? 1 : 0;
                delays.add(at - curve.turn()); // a miss counts as the longest delay
            }
        }
        int[] sorted = delays.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new Score(
                name,
                threshold,
                (double) early / curves.size(),
                sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2],
                sorted.length == 0 ? Double.NaN : (double) missed / sorted.length);
    }

    /**
     * Writes NAME.csv, .svg and .png, and shows them on the page.
     *
     * @param kind of the curves, for the title
     */
    void write(Path folder, String name, String kind, Page page) throws IOException {
        NumberTable table = new NumberTable("detector", "threshold", "falseAlarms", "medianDelay", "missed");
        scores.forEach(one -> table.row(one.detector(), one.threshold(), one.falseAlarms(), one.delay(), one.missed()));
        table.write(folder.resolve(name + ".csv"));
        String title = "Detectors on " + curves.size() + " " + kind + " curves";
        LineChart chart = new LineChart(title, "curves with a false alarm, %", "median delay in iterations")
                .rangeX(0, 100)
                .rangeY(0, LONGEST_SHOWN);
        int colour = 0;
        for (String detector : scores.stream().map(Score::detector).distinct().toList()) {
            List<Score> shown = scores.stream()
                    .filter(one -> one.detector().equals(detector) && one.delay() < LONGEST_SHOWN)
                    .toList();
            double[] alarms =
                    shown.stream().mapToDouble(one -> 100 * one.falseAlarms()).toArray();
            double[] delays = shown.stream().mapToDouble(Score::delay).toArray();
            if (shown.size() > 1) {
                chart.line(detector, alarms, delays, colour);
            } else if (shown.size() == 1) {
                chart.points(detector, alarms, delays, colour);
            }
            colour++;
        }
        chart.writeSvg(folder.resolve(name + ".svg"));
        chart.writePng(folder.resolve(name + ".png"));
        page.heading(title)
                .chart(
                        chart,
                        "Along each line the threshold grows to the left; lower left is better. A curve that is never "
                                + "detected counts with the longest delay.")
                .table(
                        List.of("detector", "threshold", "false alarms %", "median delay", "missed %"),
                        scores.stream().map(DetectorTrial::row).toList());
    }

    private static List<String> row(Score one) {
        return List.of(
                one.detector(),
                Double.isNaN(one.threshold()) ? "-" : Double.toString(one.threshold()),
                String.format(Locale.ROOT, "%.1f", 100 * one.falseAlarms()),
                String.format(Locale.ROOT, "%.0f", one.delay()),
                String.format(Locale.ROOT, "%.1f", 100 * one.missed()));
    }
}
