package io.github.autol2.research.figure;

import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.FigureResult.Panel;
import io.github.autol2.research.figure.Trainings.Training;
import io.github.autol2.research.law.LawExperiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The charts of an {@link EtaLambdaExperiment}.
 *
 * @param name    of the network
 * @param lambdas from the largest to the smallest
 * @param etas    learning rates, each with a colour of its own
 */
record EtaLambdaPanels(String name, List<Double> lambdas, List<Double> etas) {

    /**
     * The time of the peaks, if there are any, and the accuracies.
     *
     * @param steps  of the runs
     * @param early  the runs cut short
     * @param budget steps that they are cut to
     * @param peaked the runs whose accuracy clearly falls again
     */
    List<Panel> of(
            Map<Training, List<RunResult>> results,
            long steps,
            Map<Training, List<RunResult>> early,
            int budget,
            List<LawExperiment.Row> peaked) {
        List<Panel> panels = new ArrayList<>();
        if (!peaked.isEmpty()) {
            panels.add(new Panel(
                    name + "-time",
                    times(peaked),
                    "Time of the highest validation accuracy, geometric mean over those seeds "
                            + "whose accuracy clearly falls again; runs that were too short, or broke "
                            + "down, are not here. Dashed: 1/lambda."));
        }
        panels.addAll(List.of(
                new Panel(
                        name + "-best",
                        accuracy("best accuracy within " + steps + " steps", results),
                        "Test accuracy where validation is best, mean and standard error over the seeds. "
                                + Charts.CUT),
                new Panel(
                        name + "-budget",
                        accuracy("best accuracy within " + budget + " steps", early),
                        "The same within the fixed budget.")));
        return panels;
    }

    private LineChart times(List<LawExperiment.Row> peaked) {
        LineChart chart = new LineChart("Figure " + name + ": steps to the best accuracy", "lambda", "steps")
                .logX()
                .logY();
        double c = Math.exp(peaked.stream()
                .mapToDouble(row -> Math.log(row.peak().maximumAt() * row.lambda()))
                .average()
                .orElseThrow());
        double[] ends = {lambdas.get(lambdas.size() - 1), lambdas.get(0)};
        chart.dashed("1/lambda", ends, new double[] {c / ends[0], c / ends[1]}, 6);
        int colour = 0;
        for (double eta : etas) {
            double[] shown = lambdas.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(lambda -> logTime(peaked, eta, lambda).isPresent())
                    .toArray();
            if (shown.length > 0) {
                chart.points(
                        "eta " + eta,
                        shown,
                        DoubleStream.of(shown)
                                .map(lambda ->
                                        Math.exp(logTime(peaked, eta, lambda).getAsDouble()))
                                .toArray(),
                        colour);
            }
            colour++;
        }
        return chart;
    }

    private static OptionalDouble logTime(List<LawExperiment.Row> peaked, double eta, double lambda) {
        return peaked.stream()
                .filter(row -> row.eta() == eta && row.lambda() == lambda)
                .mapToDouble(row -> Math.log(row.peak().maximumAt()))
                .average();
    }

    private LineChart accuracy(String title, Map<Training, List<RunResult>> results) {
        return Charts.accuracy(
                new LineChart("Figure " + name + ": " + title, "lambda", "test accuracy in %").logX(),
                etas.stream()
                        .map(eta -> {
                            List<Training> line = results.keySet().stream()
                                    .filter(one -> one.settings().train().learningRate() == eta)
                                    .toList();
                            return new Charts.Series(
                                    "eta " + eta,
                                    line.stream().mapToDouble(Training::lambda).toArray(),
                                    line.stream()
                                            .map(one -> Statistic.TEST_AT_BEST.over(results.get(one)))
                                            .toList());
                        })
                        .toList());
    }
}
