package io.github.autol2.arbiter;

import io.github.autol2.arbiter.run.CandidateTask;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.arbiter.run.Shared;
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
import org.deeplearning4j.arbiter.task.TaskListener;

/**
 * Trains the candidates of a search on the runner's threads, of both kinds of network: predicts lambda for those of a
 * {@link LambdaGenerator}, trains others as they are.
 *
 * <pre>{@code new LocalOptimizationRunner(2, configuration, new LambdaTaskCreator()).execute()}</pre>
 *
 * <p>Unlike Arbiter's task creators it does not wait two seconds and collect garbage after each candidate: it gives the network's native
 * memory back itself, unless the result saver or a task listener may have kept the network. A candidate that throws, an
 * {@code OutOfMemoryError} included, or whose score is NaN fails with its reason. One creator serves one search. Thread-safe.
 */
@SuppressWarnings("rawtypes") // Arbiter declares Candidate raw
public final class LambdaTaskCreator implements TaskCreator {

    private final Optional<TaskListener> taskListener;
    private final Shared shared;

    /** Calibrations are kept in memory only, for all tasks of this creator. */
    public LambdaTaskCreator() {
        this(Optional.empty(), Optional.empty(), ScoreBoard.withoutPruning());
    }

    /**
     * @param taskListener called before and after each training; it must not put another network in the place of the candidate's after
     *                     the training
     */
    public LambdaTaskCreator(TaskListener taskListener) {
        this(
                Optional.of(Objects.requireNonNull(taskListener, "taskListener")),
                Optional.empty(),
                ScoreBoard.withoutPruning());
    }

    LambdaTaskCreator(Optional<TaskListener> taskListener, Optional<JsonStore> store, ScoreBoard scores) {
        this.taskListener = taskListener;
        this.shared = new Shared(new Calibrations(store), scores, new Saving(store));
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> dataSource,
            Properties dataSourceProperties,
            ScoreFunction scoreFunction,
            List<StatusListener> statusListeners,
            IOptimizationRunner runner) {
        return new CandidateTask(
                candidate,
                new SearchData.Source(dataSource, dataSourceProperties),
                scoreFunction,
                statusListeners,
                runner,
                taskListener,
                shared);
    }

    @Override
    @SuppressWarnings({"deprecation", "unchecked"}) // for programs that still use providers; raw Candidate
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider dataProvider,
            ScoreFunction scoreFunction,
            List<StatusListener> statusListeners,
            IOptimizationRunner runner) {
        return new CandidateTask(
                candidate,
                new SearchData.Provider(dataProvider, candidate.getDataParameters()),
                scoreFunction,
                statusListeners,
                runner,
                taskListener,
                shared);
    }
}
