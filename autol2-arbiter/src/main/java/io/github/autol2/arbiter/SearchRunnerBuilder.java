package io.github.autol2.arbiter;

import io.github.autol2.arbiter.SearchRunner.Tasks;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.spark.Cluster;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;

/** Collects the settings of a {@link SearchRunner}. Not thread-safe. */
public final class SearchRunnerBuilder {

    private final int threads;
    private final OptimizationConfiguration configuration;
    private Optional<Path> folder = Optional.empty();
    private Pruning pruning = Pruning.none();
    private Optional<Cluster> cluster = Optional.empty();
    private Optional<TaskCreator> taskCreator = Optional.empty();

    SearchRunnerBuilder(int threads, OptimizationConfiguration configuration) {
        this.threads = threads;
        this.configuration = configuration;
    }

    /**
     * Where the search can be resumed; by default its results are kept in memory only. It needs a {@link LambdaGenerator}, and does not go
     * with a {@link #taskCreator}.
     *
     * @param path for candidates and calibrations; made when there is something to keep. Another search in the same folder is refused; an
     *             old-style DataProvider should have a {@code toString} that tells its data from others
     * @return this builder
     */
    public SearchRunnerBuilder folder(Path path) {
        folder = Optional.of(path);
        return this;
    }

    /**
     * When a candidate is given up; the default is {@link Pruning#none}. It does not go with a {@link #taskCreator}, nor with a
     * {@link #cluster} whose jobs cannot ask.
     *
     * @param rule another rule is another search
     * @return this builder
     */
    public SearchRunnerBuilder pruning(Pruning rule) {
        pruning = Objects.requireNonNull(rule, "pruning");
        return this;
    }

    /**
     * Has the candidates calibrated and trained by others, while this JVM proposes and keeps; the threads of this runner are the jobs at
     * the same time then, the cores of the cluster. The search finds the same as on one machine, bit for bit; with pruning that holds for one job at a time. It needs a
     * {@link LambdaGenerator}, and a data source, which each machine opens for itself; listeners hear of no iterations. It does not go with
     * a {@link #taskCreator}, and with {@link #pruning} only if {@link Cluster#jobsCanAsk}.
     *
     * @param jobs who does them. If it does none any more, the search ends
     * @return this builder
     */
    public SearchRunnerBuilder cluster(Cluster jobs) {
        cluster = Optional.of(jobs);
        return this;
    }

    /**
     * What trains a candidate; the default is a {@link LambdaTaskCreator}. One of the user's own goes neither with a {@link #folder} nor with
     * {@link #pruning} nor with a {@link #cluster}.
     *
     * @param tasks makes the task that trains a candidate
     * @return this builder
     */
    public SearchRunnerBuilder taskCreator(TaskCreator tasks) {
        taskCreator = Optional.of(tasks);
        return this;
    }

    /**
     * {@return a runner of one search}
     *
     * @throws IllegalArgumentException if settings do not go together, if something is missing in the configuration, or if its generator or
     *                                  its result saver takes bad scores for good ones
     */
    public SearchRunner build() {
        refuseWhatDoesNotGoTogether();
        return new SearchRunner(threads, configuration, tasks(), folder.map(SearchRunner::store), pruning);
    }

    private Tasks tasks() {
        return cluster.<Tasks>map(jobs -> (store, scores) -> Searchable.onCluster(jobs, configuration, store, scores))
                .or(() -> taskCreator.map(users -> (store, scores) -> users))
                .orElse(Tasks.OF_AUTOL2);
    }

    private void refuseWhatDoesNotGoTogether() {
        if (!pruning.equals(Pruning.none())) {
            cluster.filter(jobs -> !jobs.jobsCanAsk()).ifPresent(jobs -> {
                throw new IllegalArgumentException(
                        "pruning needs a cluster whose jobs can ask while they run whether to go on "
                                + "(Cluster.jobsCanAsk; on Spark copy QuestionsOnSpark, too, and name it in spark.plugins before the context is made), got "
                                + jobs);
            });
            refuse("pruning", "a taskCreator", taskCreator, "its tasks do not report scores while they train");
        }
        if (cluster.isPresent()) {
            refuse("a cluster", "a taskCreator", taskCreator, "the cluster's jobs train the candidates");
        }
        if (folder.isPresent()) {
            refuse("a folder", "a taskCreator", taskCreator, "what its tasks have done cannot be resumed");
        }
    }

    private static void refuse(String setting, String otherName, Optional<?> other, String reason) {
        other.ifPresent(given -> {
            throw new IllegalArgumentException(
                    setting + " does not go with " + otherName + ": " + reason + ", got both, the latter " + given);
        });
    }
}
