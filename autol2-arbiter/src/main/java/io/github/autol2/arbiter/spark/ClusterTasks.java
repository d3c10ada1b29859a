package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.arbiter.run.StatusListeners;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.arbiter.store.JsonStore;
import io.github.autol2.arbiter.store.Saving;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/**
 * Has the candidates of a search trained on a cluster: in the place of a {@code LambdaTaskCreator}. Thread-safe.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
@SuppressWarnings("rawtypes") // Arbiter declares Candidate raw
public final class ClusterTasks implements TaskCreator {

    private final ClusterJobs jobs;
    private final ScoreBoard scores;
    private final Calibrations calibrations;
    private final Saving saving;

    /**
     * The tasks of one search.
     *
     * @param cluster that does the work
     * @param store   of the calibrations; empty if they are kept in memory only
     * @param scores  that the candidates report
     */
    public ClusterTasks(Cluster cluster, Optional<JsonStore> store, ScoreBoard scores) {
        this.jobs = new ClusterJobs(Objects.requireNonNull(cluster, "cluster"), scores);
        this.scores = scores;
        this.calibrations = new Calibrations(store);
        this.saving = new Saving(store);
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> dataSource,
            Properties dataSourceProperties,
            ScoreFunction scoreFunction,
            List<StatusListener> statusListeners,
            IOptimizationRunner runner) {
        return new ClusterTask(
                (LambdaCandidate) candidate,
                new SearchData.Source(dataSource, dataSourceProperties),
                scoreFunction,
                jobs,
                scores,
                calibrations,
                saving,
                new StatusListeners(statusListeners),
                runner);
    }

    @Override
    @SuppressWarnings("deprecation") // Arbiter's
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider dataProvider,
            ScoreFunction scoreFunction,
            List<StatusListener> statusListeners,
            IOptimizationRunner runner) {
        throw new UnsupportedOperationException("on a cluster the data must come from a dataSource, got "
                + dataProvider.getClass().getName());
    }
}
