package io.github.autol2.benchmark;

import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.training.SearchedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.task.MultiLayerNetworkTaskCreator;
import org.deeplearning4j.nn.api.Model;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a search costs: Arbiter's grid over lambda against predicted lambdas on the same networks, and the fixed cost of a candidate in
 * Arbiter's classes and in ours.
 */
@Command(
        name = "search-cost",
        mixinStandardHelpOptions = true,
        description = "Compare a search with predicted lambdas with Arbiter's grid.")
public final class SearchCost implements Callable<Integer> {

    private static final int LAMBDAS = 8;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Settings of data and budget, as for autol2.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--threads", defaultValue = "2", description = "Candidates at a time; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", defaultValue = "5", description = "Of the fixed cost; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--only-fixed-cost", description = "Leave the comparison of searches out.")
    private boolean onlyFixedCost;

    @Option(
            names = "--race",
            description =
                    "Predict lambda with a race of short runs, which is the library's default; without this by c/T alone.")
    private boolean race;

    /** What one search came to. */
    private record Outcome(int candidates, double validation, double test, long steps, double seconds) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        RunSettings settings = RunSettings.read(Settings.load(Optional.empty(), overrides));
        DataSplit split = settings.data().load();
        FixedSearchCost.print(split, rounds);
        if (!onlyFixedCost) {
            searches(settings, split);
        }
        return 0;
    }

    private void searches(RunSettings settings, DataSplit split) throws IOException {
        List<String[]> rows = new ArrayList<>();
        List<Outcome> grids = new ArrayList<>();
        List<Outcome> predictions = new ArrayList<>();
        for (long seed : settings.seeds()) {
            SearchedData data = new SearchedData(split, settings, seed);
            long start = System.nanoTime();
            Outcome grid = outcome(
                    arbitersGrid(data, split, seed, settings.epochs()), data, Search.iterations(settings), start);
            start = System.nanoTime();
            Outcome predicted =
                    outcome(predicted(data, split, seed, settings.epochs()), data, Search.iterations(settings), start);
            grids.add(grid);
            predictions.add(predicted);
            rows.add(row(seed, "Arbiter's grid", grid));
            rows.add(row(seed, "predicted", predicted));
            System.out.println("seed " + seed + ": " + grid + " " + predicted);
        }
        Tables.print(rows, "seed", "search", "candidates", "best validation %", "test % of that", "steps", "seconds");
        System.out.printf(
                Locale.ROOT,
                "Grid / predicted: steps %.2f, seconds %.2f. Test accuracy, predicted - grid: %s %%%n",
                ratio(grids, predictions, Outcome::steps),
                ratio(grids, predictions, Outcome::seconds),
                difference(grids, predictions));
    }

    private static String[] row(long seed, String name, Outcome outcome) {
        return new String[] {
            Long.toString(seed),
            name,
            Integer.toString(outcome.candidates),
            String.format(Locale.ROOT, "%.2f", 100 * outcome.validation),
            String.format(Locale.ROOT, "%.2f", 100 * outcome.test),
            Long.toString(outcome.steps),
            String.format(Locale.ROOT, "%.1f", outcome.seconds)
        };
    }

    private static double ratio(List<Outcome> grids, List<Outcome> predictions, Function<Outcome, Number> value) {
        return sum(grids, value) / sum(predictions, value);
    }

    private static double sum(List<Outcome> outcomes, Function<Outcome, Number> value) {
        return outcomes.stream()
                .mapToDouble(outcome -> value.apply(outcome).doubleValue())
                .sum();
    }

    private static String difference(List<Outcome> grids, List<Outcome> predictions) {
        return Pooled.of(IntStream.range(0, grids.size())
                        .mapToObj(i -> predictions.get(i).test - grids.get(i).test)
                        .toList())
                .percent()
                .toString();
    }

    private IOptimizationRunner arbitersGrid(SearchedData data, DataSplit split, long seed, int epochs) {
        MultiLayerSpace space = SearchedNetworks.space(split, seed, epochs)
                .l2(new ContinuousParameterSpace(new LogUniformDistribution(1e-5, 0.03)))
                .build();
        return new LocalOptimizationRunner(
                threads,
                SearchedNetworks.configuration(grid(space), data, SearchedNetworks.COMBINATIONS * LAMBDAS),
                new MultiLayerNetworkTaskCreator());
    }

    private IOptimizationRunner predicted(SearchedData data, DataSplit split, long seed, int epochs) {
        return new SearchRunner(
                threads,
                SearchedNetworks.configuration(
                        new LambdaGenerator(
                                grid(SearchedNetworks.space(split, seed, epochs).build()), lambda()),
                        data,
                        SearchedNetworks.COMBINATIONS));
    }

    /** How the candidates get their lambda. */
    LambdaOptions lambda() {
        return race ? LambdaOptions.predicted() : LambdaOptions.predicted().withoutRace();
    }

    private static CandidateGenerator grid(MultiLayerSpace space) {
        return new GridSearchCandidateGenerator(space, LAMBDAS, GridSearchCandidateGenerator.Mode.Sequential, null);
    }

    private static Outcome outcome(IOptimizationRunner runner, SearchedData data, long iterations, long start)
            throws IOException {
        runner.execute();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Long> calibrations = new HashMap<>();
        double test = Double.NaN;
        for (ResultReference reference : runner.getResults()) {
            OptimizationResult result = reference.getResult();
            if (result.getModelSpecificResults() instanceof CandidateLambda lambda) {
                calibrations.put(lambda.calibration(), lambda.calibrationIterations());
            }
            if (result.getIndex() == runner.bestScoreCandidateIndex()) {
                test = data.testAccuracy((Model) reference.getResultModel());
            }
        }
        long steps = runner.numCandidatesCompleted() * iterations
                + calibrations.values().stream().mapToLong(Long::longValue).sum();
        return new Outcome(runner.numCandidatesCompleted(), runner.bestScore(), test, steps, seconds);
    }
}
