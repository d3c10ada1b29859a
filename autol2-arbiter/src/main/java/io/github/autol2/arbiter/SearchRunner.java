package io.github.autol2.arbiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxTimeCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

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
 *     has heard of all before n - {@value #LAG}, and of no other: so the candidates do not depend on the number of threads.
 * <li>With a folder, each finished candidate and calibration is kept there at once. A search that goes on in the same folder does not
 *     train them again; it must propose the same candidates.
 * <li>An exception in a status listener is logged. One in the generator ends the search, when the running candidates are finished.
 * </ol>
 */
public final class SearchRunner implements IOptimizationRunner {

    /** How many candidates may train while their results are still unknown to a generator that learns from them. */
    private static final int LAG = 8;

    private static final long POLL_MILLISECONDS = 50;
    private static final long STOP_SECONDS = 60;
    private static final Logger LOG = LogManager.getLogger(SearchRunner.class);

    private final int threads;
    private final OptimizationConfiguration configuration;
    private final TaskCreator taskCreator;
    private final Optional<JsonStore> store;
    private final SearchData data;
    private final SearchStatus status;
    private final List<StatusListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    private final List<OptimizationResult> results = new ArrayList<>(); // in the order of the candidates, null while unknown
    private int reported;
    private RuntimeException generatorFailure;
    private volatile boolean noMore;
    private volatile boolean stop;
    private volatile int running;

    /** A search whose results are kept in memory only. */
    public SearchRunner(int threads, OptimizationConfiguration configuration) {
        this(threads, configuration, new LambdaTaskCreator(), Optional.empty());
    }

    /**
     * A search that can be resumed.
     *
     * @param folder for finished candidates and calibrations; made when there is something to keep
     */
    public SearchRunner(int threads, OptimizationConfiguration configuration, Path folder) {
        this(threads, configuration, new LambdaTaskCreator(Optional.empty(), Optional.of(new JsonStore(folder))),
                Optional.of(new JsonStore(folder)));
    }

    /** A search with a task creator of one's own. */
    public SearchRunner(int threads, OptimizationConfiguration configuration, TaskCreator taskCreator) {
        this(threads, configuration, taskCreator, Optional.empty());
    }

    private SearchRunner(int threads, OptimizationConfiguration configuration, TaskCreator taskCreator, Optional<JsonStore> store) {
        this.threads = threads;
        this.configuration = Objects.requireNonNull(configuration, "configuration");
        this.taskCreator = Objects.requireNonNull(taskCreator, "taskCreator");
        this.store = store;
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        Objects.requireNonNull(configuration.getCandidateGenerator(), "the configuration must have a candidateGenerator");
        Objects.requireNonNull(configuration.getScoreFunction(), "the configuration must have a scoreFunction");
        if (configuration.getTerminationConditions() == null || configuration.getTerminationConditions().isEmpty()) {
            throw new IllegalArgumentException("the configuration must have at least one termination condition, got none");
        }
        if (store.isPresent() && !(configuration.getCandidateGenerator() instanceof LambdaGenerator)) {
            throw new IllegalArgumentException("only the search of a LambdaGenerator can be resumed, got "
                    + configuration.getCandidateGenerator().getClass().getName());
        }
        this.data = data(configuration);
        this.status = new SearchStatus(configuration.getScoreFunction().minimize());
    }

    @SuppressWarnings("deprecation") // for programs that still use providers
    private static SearchData data(OptimizationConfiguration configuration) {
        if (configuration.getDataSource() != null) {
            return new SearchData.Source(configuration.getDataSource(), configuration.getDataSourceProperties());
        }
        if (configuration.getDataProvider() != null) {
            return new SearchData.Provider(configuration.getDataProvider(), null);
        }
        throw new IllegalArgumentException("the configuration must have a dataSource, got none");
    }

    /**
     * Searches; returns when the search has ended.
     *
     * @throws IllegalStateException   if this runner has searched before, if the folder holds another search, or if the generator refuses
     *                                 its space
     * @throws UncheckedIOException    if a result cannot be kept in the folder; nothing is lost that was kept before
     */
    @Override
    public void execute() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("a runner searches once: make another one");
        }
        configuration.setExecutionStartTime(System.currentTimeMillis());
        tell(listener -> listener.onInitialization(this));
        configuration.getTerminationConditions().forEach(condition -> condition.initialize(this));
        ExecutorService workers = Executors.newFixedThreadPool(threads, SearchRunner::thread);
        try {
            search(workers);
        } finally {
            stop(workers);
            tell(listener -> listener.onShutdown(this));
        }
        if (generatorFailure != null) {
            throw generatorFailure;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "autol2-search");
        thread.setDaemon(true);
        return thread;
    }

    private void search(ExecutorService workers) {
        ExecutorCompletionService<Finished> completion = new ExecutorCompletionService<>(workers);
        while (true) {
            while (running < threads && mayStart()) {
                start(completion);
            }
            if (running == 0 || timeIsUp()) {
                return;
            }
            try {
                Future<Finished> next = completion.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    running--;
                    finish(next.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // a task catches whatever is thrown
            }
        }
    }

    private boolean mayStart() {
        if (stop || noMore || timeIsUp() || results.size() >= mostCandidates() || !report(results.size())) {
            return false;
        }
        if (configuration.getTerminationConditions().stream().anyMatch(condition -> condition.terminate(this))) {
            noMore = true;
            return false;
        }
        try {
            return configuration.getCandidateGenerator().hasMoreCandidates();
        } catch (RuntimeException e) {
            return refuse(e);
        }
    }

    private boolean refuse(RuntimeException e) {
        LOG.error("the candidate generator failed after {} candidates: {}", results.size(), e.getMessage());
        generatorFailure = e;
        noMore = true;
        return false;
    }

    private boolean timeIsUp() {
        return stop || configuration.getTerminationConditions().stream()
                .anyMatch(condition -> condition instanceof MaxTimeCondition && condition.terminate(this));
    }

    private long mostCandidates() {
        return configuration.getTerminationConditions().stream().filter(MaxCandidatesCondition.class::isInstance)
                .mapToLong(condition -> ((MaxCandidatesCondition) condition).getMaxCandidates()).min().orElse(Long.MAX_VALUE);
    }

    /** Reports what the generator should know before it proposes candidate n; false if not all of that is known yet. */
    private boolean report(int n) {
        boolean learns = learns(configuration.getCandidateGenerator());
        int due = learns ? n - LAG : n;
        while (reported < due && results.get(reported) != null) {
            OptimizationResult result = results.get(reported++);
            if (result.getScore() != null) {
                configuration.getCandidateGenerator().reportResults(result);
            }
        }
        return !learns || reported >= due;
    }

    private static boolean learns(CandidateGenerator generator) {
        return generator instanceof LambdaGenerator lambda ? learns(lambda.inner())
                : !(generator instanceof RandomSearchGenerator) && !(generator instanceof GridSearchCandidateGenerator);
    }

    private void start(ExecutorCompletionService<Finished> completion) {
        Candidate<?> candidate;
        Optional<OptimizationResult> known;
        try {
            candidate = configuration.getCandidateGenerator().getCandidate();
            known = known(candidate);
        } catch (RuntimeException e) {
            refuse(e);
            return;
        }
        int number = results.size();
        results.add(null);
        CandidateInfo created = new CandidateInfo(candidate.getIndex(), CandidateStatus.Created, null, System.currentTimeMillis(), null, null,
                candidate.getFlatParameters(), null);
        status.changed(created);
        tell(listener -> listener.onCandidateStatusChange(created, this, null));
        if (known.isPresent()) {
            results.set(number, known.get());
            status.finished(known.get());
            tell(listener -> listener.onCandidateStatusChange(known.get().getCandidateInfo(), this, known.get()));
            tell(listener -> listener.onRunnerStatusChange(this));
            return;
        }
        running++;
        completion.submit(() -> new Finished(number, train(candidate)));
    }

    /** The result of an earlier run of this search. */
    private Optional<OptimizationResult> known(Candidate<?> candidate) {
        if (store.isEmpty()) {
            return Optional.empty();
        }
        LambdaCandidate proposed = (LambdaCandidate) candidate;
        try {
            Optional<FinishedCandidate> finished = store.get().get(file(proposed), FinishedCandidate.class);
            if (finished.isPresent() && !finished.get().identity().equals(proposed.identity(data))) {
                throw new IllegalStateException("candidate " + candidate.getIndex() + " in " + store.get().folder() + " is not the one that this "
                        + "search proposes: the space, the data, the options or the seed have changed, or the generator cannot repeat its "
                        + "candidates (a grid in random order, Arbiter's genetic search without seeds: use a GeneticGenerator)");
            }
            return finished.map(kept -> kept.restore(candidate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(LambdaCandidate candidate) {
        return String.format(Locale.ROOT, "candidate-%05d", candidate.getIndex());
    }

    /** On a worker's thread. */
    private OptimizationResult train(Candidate<?> candidate) {
        try {
            return task(candidate).call();
        } catch (Exception e) { // of a task creator of the user's own
            LOG.warn("candidate {} failed: {}", candidate.getIndex(), e, e);
            CandidateInfo failed = new CandidateInfo(candidate.getIndex(), CandidateStatus.Failed, null, System.currentTimeMillis(), null,
                    System.currentTimeMillis(), candidate.getFlatParameters(), CandidateTask.stackTrace(e));
            return new OptimizationResult(candidate, null, candidate.getIndex(), null, failed, null);
        }
    }

    @SuppressWarnings("deprecation") // for programs that still use providers
    private Callable<OptimizationResult> task(Candidate<?> candidate) throws Exception {
        if (candidate.getException() != null) {
            throw candidate.getException();
        }
        return configuration.getDataSource() == null
                ? taskCreator.create(candidate, configuration.getDataProvider(), configuration.getScoreFunction(), listeners, this)
                : taskCreator.create(candidate, configuration.getDataSource(), configuration.getDataSourceProperties(),
                        configuration.getScoreFunction(), listeners, this);
    }

    private void finish(Finished finished) {
        OptimizationResult result = finished.result();
        if (result.getScore() != null && result.getScore().isNaN()) {
            result.setScore(null);
            result.getCandidateInfo().setScore(null);
            result.getCandidateInfo().setCandidateStatus(CandidateStatus.Failed);
            result.getCandidateInfo().setExceptionStackTrace("the score is NaN");
        }
        if (store.isPresent()) {
            LambdaCandidate candidate = (LambdaCandidate) result.getCandidate();
            try {
                store.get().put(file(candidate), FinishedCandidate.of(candidate.identity(data), result));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        results.set(finished.number(), result);
        status.finished(result);
        tell(listener -> listener.onRunnerStatusChange(this));
    }

    private void stop(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a candidate does not stop within {} seconds; it is left to itself", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        report(results.size());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Consumer<StatusListener> message) {
        for (StatusListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a status listener failed", e);
            }
        }
    }

    /**
     * Ends the search from another thread.
     *
     * @param awaitCompletion whether running candidates are finished; otherwise they are stopped at their next iteration
     */
    @Override
    public void shutdown(boolean awaitCompletion) {
        noMore = true;
        stop |= !awaitCompletion;
    }

    @Override
    public int numCandidatesTotal() {
        return status.total();
    }

    @Override
    public int numCandidatesCompleted() {
        return status.completed();
    }

    @Override
    public int numCandidatesFailed() {
        return status.failed();
    }

    @Override
    public int numCandidatesQueued() {
        return running;
    }

    /** Null if no candidate has a score yet. */
    @Override
    public Double bestScore() {
        return status.bestScore();
    }

    /** In milliseconds since 1970; null if no candidate has a score yet. */
    @Override
    public Long bestScoreTime() {
        return status.bestScoreTime();
    }

    /** -1 if no candidate has a score yet. */
    @Override
    public int bestScoreCandidateIndex() {
        return status.bestIndex();
    }

    /** What the result saver has returned; a candidate that an earlier run has trained has no reference. */
    @Override
    public List<ResultReference> getResults() {
        return status.results();
    }

    @Override
    public OptimizationConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public void addListeners(StatusListener... more) {
        listeners.addAll(List.of(more));
    }

    @Override
    public void removeListeners(StatusListener... others) {
        listeners.removeAll(List.of(others));
    }

    @Override
    public void removeAllListeners() {
        listeners.clear();
    }

    /** In the order of the candidates. */
    @Override
    public List<CandidateInfo> getCandidateStatus() {
        return status.candidates();
    }

    /** A candidate by its place in the order of the candidates. */
    private record Finished(int number, OptimizationResult result) {
    }
}
