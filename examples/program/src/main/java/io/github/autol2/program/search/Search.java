package io.github.autol2.program.search;

import io.github.autol2.arbiter.BestModelSaver;
import io.github.autol2.arbiter.GeneticGenerator;
import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.SearchRunnerBuilder;
import io.github.autol2.arbiter.TpeGenerator;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.SuccessiveHalving;
import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.SearchedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;

/** A search over the hyperparameters of a space, whose candidates' lambda is predicted. Validation accuracy chooses. */
public final class Search {

    /** The best network so far, in the folder of the finished parts. */
    public static final String MODEL = "model.zip";

    /** The names of the parts that are candidates begin so. */
    public static final String CANDIDATE = "candidate-";

    private final Plan plan;
    private final SearchedData data;
    private final Path folder;
    private final Map<Integer, Ended> ended = new ConcurrentSkipListMap<>();
    private final OptimizationConfiguration configuration;
    private final CandidateGenerator inner;
    private final SearchRunner runner;
    private final BestModelSaver saver;

    /** How candidates are proposed. */
    public enum Generator {
        /** At random. */
        RANDOM,
        /** All combinations of some values of each hyperparameter. */
        GRID,
        /** A genetic search proposes candidates from the best so far. */
        GENETIC,
        /** A model of the scores so far, TPE, proposes candidates. */
        TPE
    }

    /** When candidates are given up before their training ends. */
    public enum Prune {
        /** Never. */
        NONE,
        /** Asynchronous successive halving. */
        ASHA,
        /** Median stopping. */
        MEDIAN;

        /**
         * The rule for trainings of this length.
         *
         * @param budget    in iterations
         * @param reduction of ASHA
         * @param firstRung of ASHA, in iterations
         */
        Pruning rule(long budget, int reduction, OptionalLong firstRung) {
            return switch (this) {
                case NONE -> Pruning.none();
                case ASHA -> {
                    SuccessiveHalving asha = SuccessiveHalving.of(budget, reduction);
                    yield firstRung.isEmpty() ? asha : asha.withMinimum(firstRung.getAsLong());
                }
                case MEDIAN -> Pruning.median(budget);
            };
        }
    }

    /**
     * What is to be done.
     *
     * @param generator  how candidates are proposed
     * @param points     values of each hyperparameter in a grid, at least 2
     * @param candidates the most candidates, at least 1
     * @param lambda     how they get their lambda
     * @param pruning    when they are given up
     * @param seed       of the generator
     * @param threads    candidates that train at the same time, at least 1
     */
    public record Plan(
            Generator generator,
            int points,
            int candidates,
            LambdaOptions lambda,
            Pruning pruning,
            long seed,
            int threads) {}

    /**
     * Other machines that train the candidates.
     *
     * @param cluster  of them
     * @param settings the keys that are given, with their texts: each machine reads the examples by them
     */
    public record Elsewhere(Cluster cluster, Map<String, String> settings) {}

    /** What a row of the result needs, without the network. */
    private record Ended(CandidateInfo info, Optional<CandidateLambda> lambda) {}

    /**
     * Prepares a search. Nothing is written.
     *
     * @param folder    for finished parts; a search that was interrupted goes on with those that are there
     * @param elsewhere who trains the candidates; empty: this JVM
     * @throws IllegalArgumentException if the space cannot be searched
     */
    public Search(
            Plan plan,
            RunSettings settings,
            DataSplit split,
            BaseNetworkSpace<?> space,
            Path folder,
            Optional<Elsewhere> elsewhere) {
        this.plan = plan;
        this.folder = folder;
        this.data = new SearchedData(split, settings, settings.seeds().get(0));
        this.saver = new BestModelSaver(model().toString(), false);
        space.setSeed(settings.seeds().get(0));
        space.setNumEpochs(settings.epochs());
        this.inner = generator(space);
        LambdaGenerator generator = new LambdaGenerator(inner, plan.lambda());
        generator.setRngSeed(plan.seed());
        this.configuration = configuration(generator, elsewhere);
        SearchRunnerBuilder builder = SearchRunner.builder(plan.threads(), configuration)
                .folder(folder)
                .pruning(plan.pruning());
        elsewhere.ifPresent(machines -> builder.cluster(machines.cluster()));
        this.runner = builder.build();
    }

    @SuppressWarnings(
            "deprecation") // Arbiter's DataSource must be made by its class's name, without the examples at hand
    private OptimizationConfiguration configuration(CandidateGenerator generator, Optional<Elsewhere> elsewhere) {
        OptimizationConfiguration.Builder builder = new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .scoreFunction(new TestSetAccuracyScoreFunction())
                .modelSaver(saver)
                .terminationConditions(new MaxCandidatesCondition(plan.candidates()));
        return elsewhere.isPresent()
                ? builder.dataSource(
                                SearchedData.class,
                                data.elsewhere(elsewhere.get().settings()))
                        .build()
                : builder.dataProvider(data).build();
    }

    /** The length of each training in iterations: that of the settings, rounded up to whole epochs, as Arbiter counts. */
    public static long iterations(RunSettings settings) {
        return settings.epochs() * settings.batchesPerEpoch();
    }

    private CandidateGenerator generator(BaseNetworkSpace<?> space) {
        return switch (plan.generator()) {
            case RANDOM -> new RandomSearchGenerator(space);
            case GRID ->
                new GridSearchCandidateGenerator(
                        space, plan.points(), GridSearchCandidateGenerator.Mode.Sequential, null);
            case GENETIC -> new GeneticGenerator(space, false, plan.seed());
            case TPE -> new TpeGenerator(space, false, plan.seed());
        };
    }

    /** Works together with other processes that do the same in the same folder. */
    public Search joining() {
        runner.joining();
        return this;
    }

    /**
     * Searches, or goes on.
     *
     * @param progress is told of each change, on several threads
     */
    public SearchResult run(StatusListener... progress) throws IOException {
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                if (result != null) {
                    ended.put(info.getIndex(), new Ended(info, Optional.ofNullable((CandidateLambda)
                            result.getModelSpecificResults())));
                }
            }
        });
        runner.addListeners(progress);
        runner.execute();
        return soFar(runner.numCandidatesCompleted() == 0 ? Double.NaN : data.testAccuracy(saver.best()));
    }

    /** What the search has found so far, from any thread; nothing is known about test examples. */
    SearchResult soFar() {
        return soFar(Double.NaN);
    }

    private SearchResult soFar(double testAccuracy) {
        List<SearchResult.Row> rows = runner.outcomes().stream()
                .filter(outcome ->
                        ended.containsKey(outcome.candidate())) // not of another process when this search breaks off
                .map(outcome -> row(outcome, ended.get(outcome.candidate())))
                .toList();
        return new SearchResult(
                Axis.of((BaseNetworkSpace<?>)
                        configuration.getCandidateGenerator().getParameterSpace()),
                rows,
                testAccuracy,
                runner.decidedByTiming());
    }

    /** The candidates that have begun and not ended, from any thread. */
    List<Integer> running() {
        Set<Integer> over =
                runner.outcomes().stream().map(CandidateOutcome::candidate).collect(Collectors.toSet());
        return runner.getCandidateStatus().stream()
                .map(CandidateInfo::getIndex)
                .filter(index -> !over.contains(index))
                .toList();
    }

    /** The most candidates: those asked for, or all of a smaller grid. */
    public int most() {
        return inner instanceof GridSearchCandidateGenerator grid
                ? (int) Math.min(
                        plan.candidates(),
                        grid.getTotalNumCandidates() * (1L + plan.lambda().neighbours()))
                : plan.candidates();
    }

    /** The file with the best candidate's network; there is one after {@link #run} if a candidate has a score. */
    public Path model() {
        return folder.resolve(MODEL);
    }

    private static SearchResult.Row row(CandidateOutcome outcome, Ended candidate) {
        CandidateInfo info = candidate.info();
        double seconds = info.getEndTime() == null || info.getStartTime() == null
                ? Double.NaN
                : (info.getEndTime() - info.getStartTime()) / 1000.0;
        return new SearchResult.Row(outcome, info.getFlatParams(), candidate.lambda(), seconds);
    }
}
