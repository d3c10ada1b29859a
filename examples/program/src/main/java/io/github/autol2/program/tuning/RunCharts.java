package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Peak;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.LambdaChange;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import java.util.ArrayList;
import java.util.List;

/** Charts of runs that more than one page shows. */
public final class RunCharts {

    private RunCharts() {}

    /**
     * All calibration runs, with the peaks that were found.
     *
     * @param figure that they are judged by: accuracy or R2
     */
    public static LineChart calibration(Calibration calibration, String figure) {
        LineChart chart = new LineChart("Calibration runs", "steps", "validation " + figure).logX();
        List<Double> lambdas = calibration.runs().stream()
                .map(CalibrationRun::lambda)
                .distinct()
                .toList();
        List<Double> seen = new ArrayList<>();
        for (CalibrationRun run : calibration.runs()) {
            List<LearningCurve.Point> points = run.curve().points().stream()
                    .filter(point -> !Double.isNaN(point.accuracy()))
                    .toList();
            if (!points.isEmpty()) {
                String name = "lambda " + SummaryTable.threeDigits(run.lambda());
                boolean known = seen.contains(run.lambda());
                chart.line(
                        known ? name + ", seed " + run.seed() : name,
                        points.stream()
                                .mapToDouble(LearningCurve.Point::iteration)
                                .toArray(),
                        points.stream()
                                .mapToDouble(LearningCurve.Point::accuracy)
                                .toArray(),
                        lambdas.indexOf(run.lambda()));
                if (known) {
                    chart.notInLegend();
                }
                seen.add(run.lambda());
            }
        }
        List<Peak> peaks = calibration.runs().stream()
                .map(CalibrationRun::peak)
                .filter(peak -> peak.verdict() == Peak.Verdict.PEAKED)
                .toList();
        if (!peaks.isEmpty()) {
            chart.points(
                    "peak",
                    peaks.stream().mapToDouble(Peak::maximumAt).toArray(),
                    peaks.stream().mapToDouble(Peak::maximum).toArray(),
                    6);
        }
        return chart;
    }

    /** lambda during runs of a rule, one line for each seed, from where it moves weights, if it ever does. */
    public static LineChart lambda(String title, List<RunResult> runs) {
        LineChart chart = new LineChart(title, "steps", "lambda").logY();
        boolean never = runs.stream().allMatch(run -> run.last().lambda() <= InitialLambda.NOTHING);
        int colour = 0;
        for (RunResult run : runs) {
            List<Double> steps = new ArrayList<>();
            List<Double> lambdas = new ArrayList<>();
            if (never || run.initialLambda() > InitialLambda.NOTHING) {
                steps.add(0.0);
                lambdas.add(run.initialLambda());
            }
            for (Decision.Change division : run.divisions()) {
                steps.add((double) division.iteration());
                lambdas.add(division.newLambda());
            }
            if (!steps.isEmpty()) {
                steps.add((double) run.last().step());
                lambdas.add(run.last().lambda());
                chart.steps("seed " + run.seed(), array(steps), array(lambdas), colour);
            }
            colour++;
        }
        return chart;
    }

    /** lambda during runs of a rule that judges by validation examples, one line for each seed. */
    static LineChart changes(String title, List<SeedRun> runs) {
        LineChart chart = new LineChart(title, "steps", "lambda").logY();
        int colour = 0;
        for (SeedRun run : runs) {
            List<Double> steps = new ArrayList<>(List.of(0.0));
            List<Double> lambdas = new ArrayList<>(List.of(run.result().initialLambda()));
            for (LambdaChange change : run.changes()) {
                steps.add((double) change.iteration());
                lambdas.add(change.lambda());
            }
            steps.add((double) run.result().last().step());
            lambdas.add(run.result().last().lambda());
            chart.steps("seed " + run.result().seed(), array(steps), array(lambdas), colour++);
        }
        return chart;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
