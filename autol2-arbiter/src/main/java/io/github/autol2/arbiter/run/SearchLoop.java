package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.store.Claim;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.dl4j.log.RunLog;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxTimeCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;

/** From the first candidate of a search to its end; see the rules of {@code SearchRunner}. Runs once, on the thread that calls it. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others read
public final class SearchLoop {

    private static final long POLL_MILLISECONDS = 50;
    private static final long STOP_SECONDS = 60;
    private static final RunLog LOG = RunLog.of(SearchLoop.class);

    private final IOptimizationRunner runner;
    private final Function<Candidate<?>, OptimizationResult> training;
    private final Optional<SearchFolder> folder;
    private final SearchStatus status;
    private final StatusListeners listeners;
    private final List<TerminationCondition> conditions;
    private final Proposals proposals;
    private final ScoreBoard scores;
    private final Elsewhere elsewhere;

    private RuntimeException failure;
    private volatile boolean noMore;
    private volatile boolean alone; // waits for no other process
    private volatile boolean stop;
    private volatile int running;

    /**
     * @param runner    who searches: its configuration counts, and listeners and conditions are told of it
     * @param proposals where the candidates come from
     * @param training  of one candidate, on a worker's thread; never throws
     * @param folder    where results are kept; empty if they are not
     * @param status    of this search, which is kept up to date
     * @param listeners who are told of the search
     * @param scores    that candidates report while they train
     */
    public SearchLoop(
            IOptimizationRunner runner,
            Proposals proposals,
            Function<Candidate<?>, OptimizationResult> training,
            Optional<SearchFolder> folder,
            SearchStatus status,
            StatusListeners listeners,
            ScoreBoard scores) {
        this.runner = runner;
        this.training = training;
        this.folder = folder;
        this.status = status;
        this.listeners = listeners;
        this.conditions = runner.getConfiguration().getTerminationConditions();
        this.proposals = proposals;
        this.scores = scores;
        this.elsewhere = new Elsewhere(folder);
    }

    /** {@return the number of candidates that are training} */
    public int running() {
        return running;
    }

    /**
     * Proposes no more candidates. From any thread.
     *
     * @param finish whether running candidates are finished; otherwise they are stopped, too
     */
    public void end(boolean finish) {
        noMore = true;
        alone = true;
        if (!finish) {
            stop = true;
        }
    }

    /**
     * Trains candidates until the search ends.
     *
     * @param threads candidates that train at the same time, at least 1
     * @throws RuntimeException what the generator, a termination condition or the folder has thrown; everything else is done then
     */
    public void run(int threads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, SearchLoop::thread);
        CompletionService<Ended> completion = new ExecutorCompletionService<>(workers);
        boolean interrupted = false;
        try {
            interrupted = search(threads, completion);
        } finally {
            interrupted |= stop(workers);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        for (Future<Ended> last = completion.poll(); last != null; last = completion.poll()) {
            end(last);
        }
        elsewhere.leave().forEach(status::cancelled);
        attempt(proposals::close);
        if (failure != null) {
            throw failure;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "autol2-search");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns whether this thread was interrupted. */
    private boolean search(int threads, CompletionService<Ended> completion) {
        try {
            while (true) {
                if (!alone && !isTimeUp()) {
                    attempt(() -> elsewhere.look(
                            () -> running < threads,
                            (number, candidate, claim) -> follow(number, candidate, claim, completion)));
                }
                while (running < threads && mayStart()) {
                    start(completion);
                }
                if (isTimeUp() || (running == 0 && (alone || elsewhere.isEmpty()))) {
                    return false;
                }
                Future<Ended> next = completion.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    end(next);
                }
            }
        } catch (InterruptedException e) {
            end(false);
            return true;
        }
    }

    private boolean mayStart() {
        if (noMore || isTimeUp() || proposals.count() >= mostCandidates()) {
            return false;
        }
        try {
            if (conditions.stream().anyMatch(condition -> condition.terminate(runner))) {
                noMore = true;
                return false;
            }
            return proposals.hasNext();
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
    }

    private boolean isTimeUp() {
        return stop
                || conditions.stream()
                        .anyMatch(condition -> condition instanceof MaxTimeCondition && condition.terminate(runner));
    }

    private long mostCandidates() {
        return conditions.stream()
                .filter(MaxCandidatesCondition.class::isInstance)
                .mapToLong(condition -> ((MaxCandidatesCondition) condition).getMaxCandidates())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void start(CompletionService<Ended> completion) {
        attempt(() -> {
            int number = proposals.count();
            Candidate<?> candidate = proposals.next();
            changed(
                    new CandidateInfo(
                            candidate.getIndex(),
                            CandidateStatus.Created,
                            null,
                            System.currentTimeMillis(),
                            null,
                            null,
                            candidate.getFlatParameters(),
                            null),
                    null);
            elsewhere.begin(number, candidate, (place, ours, claim) -> follow(place, ours, claim, completion));
        });
    }

    private void follow(int number, Candidate<?> candidate, Claim claim, CompletionService<Ended> completion) {
        if (claim instanceof Claim.Ended known) {
            scores.restore(CandidateResult.outcomeOf(known.result()).reports());
            changed(known.result().getCandidateInfo(), known.result());
            ended(number, known.result());
        } else {
            running++;
            completion.submit(() -> new Ended(number, training.apply(candidate)));
        }
    }

    private void changed(CandidateInfo info, OptimizationResult result) {
        status.changed(info);
        listeners.tell(listener -> listener.onCandidateStatusChange(info, runner, result));
    }

    private void end(Future<Ended> task) {
        running--;
        try {
            Ended candidate = task.get();
            OptimizationResult result = failedIfInterruptedAlone(candidate.result());
            if (result.getScore() == null
                    && !(CandidateResult.outcomeOf(result).ending() instanceof Ending.Pruned)
                    && isTimeUp()) { // stopped, or it cannot be told whether it would have failed otherwise
                status.cancelled(CandidateResult.cancelled(
                        result, stop ? "the search was stopped" : "the time of the search was over"));
                return;
            }
            if (result.getResultReference() instanceof NotKept notKept && notKept.endsSearch(folder.isPresent())) {
                String reason = notKept.reason().getMessage();
                status.cancelled(CandidateResult.cancelled(result, reason));
                fail(new UncheckedIOException(reason, notKept.reason()));
                return;
            }
            attempt(() -> folder.ifPresent(kept -> kept.end(result)));
            ended(candidate.number(), result);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e); // a training that has ended, and never throws
        }
    }

    /** The search does not know who has interrupted a candidate while it goes on, nor why; with a folder that is remembered as a failure. */
    private OptimizationResult failedIfInterruptedAlone(OptimizationResult result) {
        return isTimeUp() || !(CandidateResult.outcomeOf(result).ending() instanceof Ending.Cancelled)
                ? result
                : CandidateResult.failed(result, "the candidate was interrupted while the search went on");
    }

    private void ended(int number, OptimizationResult result) {
        proposals.ended(number, result);
        status.ended(result);
        listeners.tell(listener -> listener.onRunnerStatusChange(runner));
    }

    /** Returns whether this thread was interrupted. */
    private boolean stop(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a candidate does not stop within {} seconds; it is left to itself", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        return interrupted;
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The first failure ends the search, when the running candidates have ended. */
    private void fail(RuntimeException e) {
        LOG.error("the search ends after {} candidates: {}", proposals.count(), e.getMessage());
        noMore = true;
        alone = true;
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    /** A candidate that has trained, by its place in the order of the candidates. */
    private record Ended(int number, OptimizationResult result) {}
}
