package io.github.autol2.arbiter;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.run.CandidateTraining;
import io.github.autol2.arbiter.run.Proposals;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchLoop;
import io.github.autol2.arbiter.store.JsonStore;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.files.FolderLock;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;

/**
 * Runs a search on threads of this JVM, in the place of Arbiter's {@code LocalOptimizationRunner}.
 *
 * <pre>{@code
 * SearchRunner runner = new SearchRunner(2, configuration, folder);
 * runner.execute(); // killed? run the same program again: it goes on
 * }</pre>
 *
 * <p>The rules:
 * <ol>
 * <li>The search ends when a termination condition holds, or when the generator has no more candidates. {@code MaxCandidatesCondition(n)}
 *     starts n candidates, not more. At the end of a {@code MaxTimeCondition} running candidates are stopped; at that of all others they
 *     are finished.
 * <li>A candidate that throws, or whose score is NaN, is failed and counts; it is never the best. Of equal scores the first candidate's
 *     is the best.
 * <li>The generator hears of the results in the order of its candidates. One that proposes by what it heard proposes candidate n when it
 *     has heard of all before n - {@value Proposals#LAG}, and of no other: so the candidates do not depend on the number of threads.
 * <li>With a folder, each finished candidate (a failed one is finished, too) and calibration is kept there at once. A search that goes on
 *     in the same folder does not train them again; it must propose the same candidates. What cannot be kept ends the search.
 * <li>With {@link #joining} several processes do that at the same time. A generator hears of all results, in whichever process they
 *     were made, so each process proposes the same candidates; one that does not is refused. A candidate of a process that is killed is
 *     trained by another.
 * <li>With {@link Pruning} a candidate whose validation scores are too low while it trains is given up. It counts as a candidate, but has no
 *     result and is never the best; a generator that learns from scores hears its last one. One thread always finds the same. With
 *     several threads a verdict may depend on who reports first; {@link #decidedByTiming} tells where.
 * <li>An exception in a status listener is logged. One in the generator ends the search, when the running candidates are finished.
 * </ol>
 */
public final class SearchRunner extends RunnerWithStatus {

    private static final RunLog LOG = RunLog.of(SearchRunner.class);

    private final int threads;
    private final Optional<SearchFolder> folder;
    private final SearchLoop loop;
    private final AtomicBoolean joins = new AtomicBoolean();
    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * A search whose results are kept in memory only.
     *
     * @param threads       candidates that train at the same time, at least 1
     * @param configuration with a score function and any generator
     * @throws IllegalArgumentException if something is missing in the configuration, or if its generator or its result saver takes
     *                                  bad scores for good ones
     */
    public SearchRunner(int threads, OptimizationConfiguration configuration) {
        this(threads, configuration, Tasks.OF_AUTOL2, Optional.empty(), Pruning.none());
    }

    /**
     * A search that can be resumed.
     *
     * @param threads       candidates that train at the same time, at least 1
     * @param configuration with a score function and a LambdaGenerator
     * @param folder        for candidates and calibrations; made when there is something to keep. Another search in the same folder is
     *                      refused; an old-style DataProvider should have a {@code toString} that tells its data from others
     * @throws IllegalArgumentException as above, and if the configuration's generator is not a LambdaGenerator
     */
    public SearchRunner(int threads, OptimizationConfiguration configuration, Path folder) {
        this(threads, configuration, Tasks.OF_AUTOL2, Optional.of(store(folder)), Pruning.none());
    }

    /**
     * {@return a builder, for a search that gives candidates up, runs on a cluster, or has tasks of the user's own}
     *
     * @param threads       candidates that train at the same time, at least 1
     * @param configuration with a score function and any generator
     */
    public static SearchRunnerBuilder builder(int threads, OptimizationConfiguration configuration) {
        return new SearchRunnerBuilder(threads, configuration);
    }

    /** What trains the candidates of a search. */
    interface Tasks {

        /** On the threads of the runner. */
        Tasks OF_AUTOL2 = (store, scores) -> new LambdaTaskCreator(Optional.empty(), store, scores);

        /**
         * Of one search.
         *
         * @param store  of the search, if it has a folder
         * @param scores that its candidates report
         */
        TaskCreator creator(Optional<JsonStore> store, ScoreBoard scores);
    }

    static JsonStore store(Path folder) {
        return new JsonStore(new PartsFolder(folder));
    }

    SearchRunner(
            int threads,
            OptimizationConfiguration configuration,
            Tasks tasks,
            Optional<JsonStore> store,
            Pruning pruning) {
        super(
                Searchable.checked(threads, configuration, store.isPresent()),
                configuration.getScoreFunction().minimize(),
                pruning);
        this.threads = threads;
        ScoreBoard scores = new ScoreBoard(pruning, configuration.getScoreFunction());
        TaskCreator creator = tasks.creator(store, scores);
        this.folder = Searchable.folder(store, configuration, pruning);
        this.loop = new SearchLoop(
                this,
                Searchable.proposals(threads, configuration),
                new CandidateTraining(this, creator, listeners()),
                folder,
                status(),
                listeners(),
                scores);
    }

    /**
     * Works on the search together with other processes, or machines, that join it with the same configuration in the same folder, each
     * with its own threads. They may come at any time, and be killed at any time. Each candidate and each calibration is made by one of
     * them, and the search ends in each of them with the results of all, which are those of one process; with pruning, see
     * {@link #decidedByTiming}.
     *
     * @return this runner, to be executed
     * @throws IllegalStateException if this search has no folder, or has begun
     */
    public SearchRunner joining() {
        if (folder.isEmpty() || begun.get()) {
            throw new IllegalStateException(
                    begun.get() ? "this search has begun already" : "only a search with a folder can be joined");
        }
        joins.set(true);
        return this;
    }

    /**
     * Searches; returns when the search has ended.
     *
     * @throws IllegalStateException if this runner has searched before, if the folder holds another search or another one is at work in
     *                               it, or if the generator refuses its space
     * @throws UncheckedIOException  if a part in the folder cannot be read, or a result cannot be kept there; nothing is lost that was
     *                               kept before
     */
    @Override
    public void execute() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("a runner searches once: make another one");
        }
        if (folder.isEmpty()) {
            search();
            return;
        }
        try (FolderLock lock = folder.get().lock(joins.get())) {
            lock.stale().ifPresent(owner -> LOG.info("a search in this folder was killed ({})", owner));
            folder.get().check();
            search();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void search() {
        OptimizationConfiguration configuration = getConfiguration();
        if (configuration.getRngSeed() != null) { // when it is read from JSON, Arbiter forgets to do this
            configuration.getCandidateGenerator().setRngSeed(configuration.getRngSeed());
        }
        configuration.setExecutionStartTime(System.currentTimeMillis());
        listeners().tell(listener -> listener.onInitialization(this));
        configuration.getTerminationConditions().forEach(condition -> condition.initialize(this));
        try {
            loop.run(threads);
        } finally {
            listeners().tell(listener -> listener.onShutdown(this));
        }
    }

    @Override
    SearchLoop loop() {
        return loop;
    }
}
