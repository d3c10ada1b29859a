package io.github.autol2.arbiter;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.run.Proposals;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterTasks;
import io.github.autol2.arbiter.store.JsonStore;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.dl4j.log.RunLog;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;

/** Whether a configuration can be searched. */
final class Searchable {

    private static final RunLog LOG = RunLog.of(Searchable.class);

    private Searchable() {}

    /**
     * {@return the configuration, if it can be searched}
     *
     * @param resumable whether the search is kept in a folder
     */
    static OptimizationConfiguration checked(int threads, OptimizationConfiguration configuration, boolean resumable) {
        Objects.requireNonNull(configuration, "configuration");
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        Objects.requireNonNull(
                configuration.getCandidateGenerator(), "the configuration must have a candidateGenerator");
        Objects.requireNonNull(configuration.getScoreFunction(), "the configuration must have a scoreFunction");
        if (configuration.getTerminationConditions() == null
                || configuration.getTerminationConditions().isEmpty()) {
            throw new IllegalArgumentException(
                    "the configuration must have at least one termination condition, got none");
        }
        if (resumable && !(configuration.getCandidateGenerator() instanceof LambdaGenerator)) {
            throw new IllegalArgumentException("only the search of a LambdaGenerator can be resumed, got "
                    + configuration.getCandidateGenerator().getClass().getName());
        }
        ScoreDirection.check(configuration);
        return configuration;
    }

    /** Refuses what another machine cannot train. */
    @SuppressWarnings("deprecation") // for programs that still use providers
    static TaskCreator onCluster(
            Cluster cluster,
            OptimizationConfiguration configuration,
            Optional<JsonStore> calibrations,
            ScoreBoard scores) {
        if (configuration.getDataSource() == null) {
            throw new IllegalArgumentException(
                    "on a cluster the configuration must have a dataSource, which each machine opens for itself, got "
                            + (configuration.getDataProvider() == null ? "none" : "a dataProvider"));
        }
        if (!(configuration.getCandidateGenerator() instanceof LambdaGenerator)) {
            throw new IllegalArgumentException("only the search of a LambdaGenerator runs on a cluster, got "
                    + configuration.getCandidateGenerator());
        }
        return new ClusterTasks(cluster, calibrations, scores);
    }

    /** The candidates of its generator; warns of threads that cannot be used. */
    static Proposals proposals(int threads, OptimizationConfiguration configuration) {
        CandidateGenerator generator = configuration.getCandidateGenerator();
        boolean learns = LambdaGenerator.learnsFromScores(generator);
        if (learns && threads > Proposals.LAG) {
            LOG.warn(
                    "{} of {} threads stay idle: a generator that learns from scores has at most {} candidates in training, so that "
                            + "its proposals do not depend on the threads",
                    threads - Proposals.LAG,
                    threads,
                    Proposals.LAG);
        }
        return new Proposals(generator, learns);
    }

    /**
     * {@return where its results are kept}
     *
     * @throws IllegalArgumentException if it has no data
     */
    static Optional<SearchFolder> folder(
            Optional<JsonStore> store, OptimizationConfiguration configuration, Pruning pruning) {
        String description = description(configuration, pruning);
        return store.map(parts -> new SearchFolder(parts, description));
    }

    /**
     * {@return a text that tells the data, the score and the pruning of a search from those of others}
     *
     * @throws IllegalArgumentException if it has no data
     */
    static String description(OptimizationConfiguration configuration, Pruning pruning) {
        return SearchData.of(configuration).description()
                + SearchData.tell(configuration.getScoreFunction())
                + (pruning.equals(Pruning.none()) ? "" : pruning);
    }
}
