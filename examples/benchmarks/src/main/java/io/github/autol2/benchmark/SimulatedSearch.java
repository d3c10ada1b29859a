package io.github.autol2.benchmark;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import io.github.autol2.arbiter.run.Proposals;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchLoop;
import io.github.autol2.arbiter.run.SearchStatus;
import io.github.autol2.arbiter.run.StatusListeners;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.files.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * A search whose trainings only wait: the loop, the proposals, the rungs and the folder are the real ones. A training takes one step in a
 * tenth of a millisecond, and its scores grow to what the candidate's index has drawn.
 */
final class SimulatedSearch {

    static final long BUDGET = 900;
    private static final double MILLISECONDS_A_STEP = 0.1;

    private final Optional<SearchFolder> folder;
    private final ScoreBoard scores;
    private final SearchStatus status = new SearchStatus(false);
    private final int slots;
    private final SearchLoop loop;

    SimulatedSearch(
            OptimizationConfiguration configuration,
            boolean learns,
            Pruning pruning,
            int slots,
            Optional<SearchFolder> folder) {
        this.slots = slots;
        this.folder = folder;
        this.scores = new ScoreBoard(pruning, new EvaluationScoreFunction(Evaluation.Metric.ACCURACY));
        this.loop = new SearchLoop(
                new SimulatedRunner(configuration, status),
                new Proposals(configuration.getCandidateGenerator(), learns),
                this::train,
                folder,
                status,
                new StatusListeners(List.of()),
                scores);
    }

    /** Searches on the calling thread, which is the driver's. */
    void execute() {
        if (folder.isEmpty()) {
            loop.run(slots);
            return;
        }
        try {
            FolderLock lock = folder.get().lock(false);
            try (lock) {
                loop.run(slots);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    SearchStatus status() {
        return status;
    }

    private OptimizationResult train(Candidate<?> candidate) {
        long start = System.currentTimeMillis();
        double quality = new Random(candidate.getIndex()).nextDouble();
        List<Report> reports = new ArrayList<>();
        long step = 0;
        Ending ending = null;
        try {
            for (OptionalLong rung = scores.next(0); ending == null && rung.isPresent(); rung = scores.next(step)) {
                step = wait(step, rung.getAsLong());
                Report report = new Report(candidate.getIndex(), step, quality * (1 - Math.exp(-3.0 * step / BUDGET)));
                reports.add(report);
                if (scores.judge(report) instanceof Verdict.Prune prune) {
                    ending = new Ending.Pruned(prune.reason(), report);
                }
            }
            if (ending == null) {
                step = wait(step, BUDGET);
                ending = new Ending.Finished(quality, "waited to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending = new Ending.Cancelled("the search was stopped");
        }
        CandidateOutcome outcome = new CandidateOutcome(candidate.getIndex(), ending, step, 0, "", reports);
        return CandidateResult.of(candidate, outcome, null, start, System.currentTimeMillis());
    }

    private static long wait(long from, long to) throws InterruptedException {
        Thread.sleep(Math.max(1, Math.round((to - from) * MILLISECONDS_A_STEP)));
        return to;
    }
}
