package io.github.autol2.benchmark;

import io.github.autol2.arbiter.LambdaTaskCreator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.SearchedData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.task.MultiLayerNetworkTaskCreator;
import org.hipparchus.stat.StatUtils;

/** What a candidate costs beside its training, in Arbiter's classes and in ours. */
final class FixedSearchCost {

    private static final int TRIVIAL_CANDIDATES = 8;

    private FixedSearchCost() {}

    /**
     * Runs the same trivial candidates, without any calibration, by Arbiter's classes and by ours in turn, and prints a table.
     *
     * @param rounds at least 1
     */
    static void print(DataSplit split, int rounds) {
        DataSplit few = new DataSplit(
                split.training().batchBy(1).get(0),
                split.validation().batchBy(1).get(0),
                split.test().batchBy(1).get(0),
                split.shape(),
                split.classNames());
        SearchedData data = new SearchedData(few, 1, Set.of(), 1);
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) { // the first warms up
            Map<String, IOptimizationRunner> runners = new LinkedHashMap<>();
            runners.put(
                    "Arbiter's runner and task creator",
                    new LocalOptimizationRunner(1, trivial(few, data), new MultiLayerNetworkTaskCreator()));
            runners.put(
                    "Arbiter's runner, LambdaTaskCreator",
                    new LocalOptimizationRunner(1, trivial(few, data), new LambdaTaskCreator()));
            runners.put("SearchRunner, LambdaTaskCreator", new SearchRunner(1, trivial(few, data)));
            for (Map.Entry<String, IOptimizationRunner> runner : runners.entrySet()) {
                long start = System.nanoTime();
                runner.getValue().execute();
                if (round >= 0) {
                    seconds.computeIfAbsent(runner.getKey(), name -> new ArrayList<>())
                            .add((System.nanoTime() - start) / 1e9 / TRIVIAL_CANDIDATES);
                }
            }
        }
        double[] arbiter = array(seconds.values().iterator().next());
        List<String[]> rows = new ArrayList<>();
        seconds.forEach((name, values) -> {
            double[] each = array(values);
            double[] ratios = IntStream.range(0, each.length)
                    .mapToDouble(i -> arbiter[i] / each[i])
                    .toArray();
            rows.add(new String[] {name, spread("%.3f", each), spread("%.1f", ratios)});
        });
        Tables.print(
                rows,
                "one thread, trivial candidates",
                "seconds a candidate: median (min to max)",
                "times less than Arbiter");
    }

    private static OptimizationConfiguration trivial(DataSplit split, SearchedData data) {
        return SearchedNetworks.configuration(
                new RandomSearchGenerator(SearchedNetworks.space(split, 1, 1).build()), data, TRIVIAL_CANDIDATES);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String spread(String format, double[] values) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                StatUtils.percentile(values, 50),
                StatUtils.min(values),
                StatUtils.max(values));
    }
}
