package io.github.autol2.examples.adaptive;

import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.report.Page;
import io.github.autol2.examples.results.NumberTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.LongStream;

/** Detection delay against false alarms on random curves with a known turning point. */
public final class DetectorTrial {

    private static final int CURVES = 1000;
    private static final double LONGEST_SHOWN = 500;
    private static final double[] THRESHOLDS = {1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12, 20};

    private DetectorTrial() {
    }

    /**
     * One detector at one threshold.
     *
     * @param falseAlarms fraction of the curves on which it fires before the turn
     * @param delay       median number of iterations from the turn to the alarm, over the other curves
     * @param missed      fraction of the other curves on which it never fires
     */
    record Score(String detector, double threshold, double falseAlarms, double delay, double missed) {
    }

    /** Every detector at every threshold; the published one, which has none, at NaN. */
    static List<Score> scores(int curves) {
        List<Turn> turns = LongStream.range(0, curves).mapToObj(Turn::random).toList();
        List<double[]> losses = turns.stream().map(Turn::losses).toList();
        List<Score> scores = new ArrayList<>();
        scores.add(score("published", Double.NaN, Alarm.published(), turns, losses));
        add(scores, "Page", Alarm::page, turns, losses);
        add(scores, "Page-Hinkley", Alarm::pageHinkley, turns, losses);
        add(scores, "slope", Alarm::slope, turns, losses);
        return scores;
    }

    private static void add(List<Score> scores, String name, DoubleFunction<Alarm> alarm, List<Turn> turns, List<double[]> losses) {
        for (double threshold : THRESHOLDS) {
            scores.add(score(name, threshold, alarm.apply(threshold), turns, losses));
        }
    }

    private static Score score(String name, double threshold, Alarm alarm, List<Turn> turns, List<double[]> losses) {
        int early = 0;
        int missed = 0;
        List<Integer> delays = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            int at = alarm.at(losses.get(i));
            if (at < turns.get(i).turn()) {
                early++;
            } else {
                missed += at == Turn.ITERATIONS ? 1 : 0;
                delays.add(at - turns.get(i).turn()); // a miss counts as the longest delay
            }
        }
        int[] sorted = delays.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new Score(name, threshold, (double) early / turns.size(), sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2],
                sorted.length == 0 ? Double.NaN : (double) missed / sorted.length);
    }

    /** Runs the trial, writes detectors.csv, .svg and .png, and shows it on the page. */
    public static void write(Path folder, Page page) throws IOException {
        List<Score> scores = scores(CURVES);
        NumberTable table = new NumberTable("detector", "threshold", "falseAlarms", "medianDelay", "missed");
        scores.forEach(one -> table.row(one.detector(), one.threshold(), one.falseAlarms(), one.delay(), one.missed()));
        table.write(folder.resolve("detectors.csv"));
        LineChart chart = new LineChart("Detectors on " + CURVES + " random curves", "curves with a false alarm, %",
                "median delay in iterations").rangeX(0, 100).rangeY(0, LONGEST_SHOWN);
        int colour = 0;
        for (String name : scores.stream().map(Score::detector).distinct().toList()) {
            List<Score> shown = scores.stream().filter(one -> one.detector().equals(name) && one.delay() < LONGEST_SHOWN).toList();
            double[] alarms = shown.stream().mapToDouble(one -> 100 * one.falseAlarms()).toArray();
            double[] delays = shown.stream().mapToDouble(Score::delay).toArray();
            if (shown.size() > 1) {
                chart.line(name, alarms, delays, colour);
            } else if (shown.size() == 1) {
                chart.points(name, alarms, delays, colour);
            }
            colour++;
        }
        chart.writeSvg(folder.resolve("detectors.svg"));
        chart.writePng(folder.resolve("detectors.png"));
        page.heading("Detectors").chart(chart, "Along each line the threshold grows to the left; lower left is better. The chosen detector is Page's test at 3 standard "
                + "errors. A curve that is never detected counts with the longest delay.")
                .table(List.of("detector", "threshold", "false alarms %", "median delay", "missed %"), scores.stream().map(DetectorTrial::row).toList());
    }

    private static List<String> row(Score one) {
        return List.of(one.detector(), Double.isNaN(one.threshold()) ? "-" : Double.toString(one.threshold()),
                String.format(Locale.ROOT, "%.1f", 100 * one.falseAlarms()), String.format(Locale.ROOT, "%.0f", one.delay()),
                String.format(Locale.ROOT, "%.1f", 100 * one.missed()));
    }
}
