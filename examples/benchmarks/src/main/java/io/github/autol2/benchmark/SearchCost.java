package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.LambdaTaskCreator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.training.SearchedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.adapter.ParameterSpaceAdapter;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.deeplearning4j.arbiter.task.MultiLayerNetworkTaskCreator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.hipparchus.stat.StatUtils;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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

    private static final int COMBINATIONS = 6;
    private static final int LAMBDAS = 8;
    private static final int TRIVIAL_CANDIDATES = 8;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Settings of data and budget, as for autol2.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--threads", defaultValue = "2", description = "Candidates at a time; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", defaultValue = "5", description = "Of the fixed cost; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--only-fixed-cost", description = "Leave the comparison of searches out.")
    private boolean onlyFixedCost;

    /** What one search came to. */
    private record Outcome(int candidates, double validation, double test, long steps, double seconds) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        RunSettings settings = RunSettings.read(Settings.load(Optional.empty(), overrides));
        DataSplit split = settings.data().load();
        fixedCost(split);
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
            SearchedData data = new SearchedData(
                    split, settings.train().batchSize(), settings.data().augment(), seed);
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
        print(rows, "seed", "search", "candidates", "best validation %", "test % of that", "steps", "seconds");
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
        MultiLayerSpace space = space(split, seed, epochs)
                .l2(new ContinuousParameterSpace(new LogUniformDistribution(1e-5, 0.03)))
                .build();
        return new LocalOptimizationRunner(
                threads, configuration(grid(space), data, COMBINATIONS * LAMBDAS), new MultiLayerNetworkTaskCreator());
    }

    private IOptimizationRunner predicted(SearchedData data, DataSplit split, long seed, int epochs) {
        return new SearchRunner(
                threads,
                configuration(
                        new LambdaGenerator(grid(space(split, seed, epochs).build())), data, COMBINATIONS));
    }

    private static CandidateGenerator grid(MultiLayerSpace space) {
        return new GridSearchCandidateGenerator(space, LAMBDAS, GridSearchCandidateGenerator.Mode.Sequential, null);
    }

    @SuppressWarnings("deprecation") // Arbiter's DataSource cannot be given the examples
    private static OptimizationConfiguration configuration(
            CandidateGenerator generator, SearchedData data, int candidates) {
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .dataProvider(data)
                .scoreFunction(new TestSetAccuracyScoreFunction())
                .modelSaver(new InMemoryResultSaver())
                .terminationConditions(new MaxCandidatesCondition(candidates))
                .build();
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

    /** One axis with six combinations of depth 1 to 3, width 32 to 128 and eta 0.01 to 0.2, drawn once. */
    private static MultiLayerSpace.Builder space(DataSplit split, long seed, int epochs) {
        Random random = new Random(1);
        Combination[] drawn = new Combination[COMBINATIONS];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new Combination(
                    1 + random.nextInt(3), 32 + random.nextInt(97), 0.01 * Math.pow(20, random.nextDouble()));
        }
        DiscreteParameterSpace<Combination> combinations = new DiscreteParameterSpace<>(drawn);
        return new MultiLayerSpace.Builder()
                .seed(seed)
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .updater(new NesterovsSpace(new Part<>(combinations, Combination::eta), new FixedValue<>(0.9)))
                .setInputType(InputType.feedForward(split.shape().inputs()))
                .addLayer(
                        new DenseLayerSpace.Builder()
                                .nOut(new Part<>(combinations, Combination::width))
                                .build(),
                        new Part<>(combinations, Combination::depth))
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(split.classNames().size())
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .numEpochs(epochs);
    }

    /** The hyperparameters of one network but lambda. */
    private record Combination(int depth, int width, double eta) {}

    /** One hyperparameter of a combination, as a space. */
    private static final class Part<T> extends ParameterSpaceAdapter<Combination, T> {

        private final DiscreteParameterSpace<Combination> combinations;
        private final Function<Combination, T> part;

        Part(DiscreteParameterSpace<Combination> combinations, Function<Combination, T> part) {
            this.combinations = combinations;
            this.part = part;
        }

        @Override
        protected T convertValue(Combination from) {
            return part.apply(from);
        }

        @Override
        protected ParameterSpace<Combination> underlying() {
            return combinations;
        }

        @Override
        protected String underlyingName() {
            return "combination";
        }
    }

    /** Runs the same trivial candidates, without any calibration, by Arbiter's classes and by ours in turn. */
    private void fixedCost(DataSplit split) {
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
        print(
                rows,
                "one thread, trivial candidates",
                "seconds a candidate: median (min to max)",
                "times less than Arbiter");
    }

    private static OptimizationConfiguration trivial(DataSplit split, SearchedData data) {
        return configuration(new RandomSearchGenerator(space(split, 1, 1).build()), data, TRIVIAL_CANDIDATES);
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

    private static void print(List<String[]> rows, String... header) {
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows.toArray(String[][]::new)));
    }
}
