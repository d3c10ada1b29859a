package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.arbiter.store.KeepsNoNetwork;
import io.github.autol2.arbiter.store.NotKeptException;
import io.github.autol2.arbiter.store.Saving;
import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Network;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.factory.Nd4j;

/** One candidate: lambda, training, score, saving. */
public final class CandidateTask implements Callable<OptimizationResult> {

    private static final RunLog LOG = RunLog.of(CandidateTask.class);

    private final Candidate<?> candidate;
    private final SearchData data;
    private final ScoreFunction scoreFunction;
    private final StatusListeners listeners;
    private final IOptimizationRunner runner;
    private final Optional<ResultSaver> saver;
    private final Optional<TaskListener> taskListener;
    private final Shared shared;
    private long start;
    private TrainingWatch watch;
    private TrainingLambda lambda;

    /**
     * One candidate's training.
     *
     * @param candidate       a LambdaCandidate, or any of Arbiter's
     * @param data            of the search
     * @param scoreFunction   of the search
     * @param statusListeners may be null
     * @param runner          that the task belongs to
     * @param taskListener    of Arbiter's, told before and after the training
     * @param shared          with the other candidates of the search
     */
    public CandidateTask(
            Candidate<?> candidate,
            SearchData data,
            ScoreFunction scoreFunction,
            List<StatusListener> statusListeners,
            IOptimizationRunner runner,
            Optional<TaskListener> taskListener,
            Shared shared) {
        this.candidate = candidate;
        this.data = data;
        this.scoreFunction = scoreFunction;
        this.listeners = new StatusListeners(statusListeners == null ? List.of() : statusListeners);
        this.runner = runner;
        this.saver = Optional.ofNullable(runner.getConfiguration().getResultSaver());
        this.taskListener = taskListener;
        this.shared = shared;
    }

    /**
     * One candidate's training on a machine of a cluster, where there is nothing else of the search. For want of memory, where the data
     * cannot be opened, and where the judge has no answer, the task throws {@link Failure#lost}.
     *
     * @param candidate     with its lambda
     * @param data          as that machine sees them
     * @param scoreFunction of the search
     * @param saver         of its network
     * @param judge         of what it reports while it trains
     */
    public CandidateTask(
            LambdaCandidate candidate,
            OnMachine data,
            ScoreFunction scoreFunction,
            Optional<ResultSaver> saver,
            Judge judge) {
        this.candidate = candidate;
        this.data = data;
        this.scoreFunction = scoreFunction;
        this.listeners = new StatusListeners(List.of());
        this.runner = null; // only listeners would be told of it
        this.saver = saver;
        this.taskListener = Optional.empty();
        this.shared = new Shared(new Calibrations(Optional.empty()), judge, new Saving(Optional.empty()));
    }

    /** Never throws on one machine: a candidate that fails has no score, and its reason in the candidate's info. */
    @Override
    public OptimizationResult call() {
        start = System.currentTimeMillis();
        watch = new TrainingWatch(listeners, candidate, start, shared.judge(), this::score);
        OptimizationResult result = result();
        listeners.tell(listener -> listener.onCandidateStatusChange(result.getCandidateInfo(), runner, result));
        return result;
    }

    private OptimizationResult result() {
        try {
            return train();
        } catch (Throwable e) { // also an OutOfMemoryError, which ends this candidate and not the search
            Optional<IllegalStateException> lost = runner == null ? Failure.lost(e) : Optional.empty();
            if (lost.isPresent()) { // on a cluster, where the job is done again
                throw lost.get();
            }
            return failed(e);
        } finally {
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    private OptimizationResult train() throws Exception {
        CandidateNetwork proposed = proposed();
        StopOnInterrupt.check();
        Model network = proposed.network().model();
        Model trained = null;
        try {
            network.init();
            Trained fitted = fit(proposed, preProcess(network));
            trained = fitted.network();
            double score = score(trained);
            if (Double.isNaN(score)) {
                throw new ArithmeticException("the score is NaN");
            }
            postProcess(trained);
            OptimizationResult result = result(new Ending.Finished(score, fitted.end()));
            if (saver.isPresent()) {
                result.setResultReference(shared.saving().save(saver.get(), result, trained));
            }
            LOG.info("{}", summary(score));
            return result;
        } finally {
            if (isOurs()) {
                close(network);
                close(trained);
            }
        }
    }

    private CandidateNetwork proposed() throws Exception {
        if (!(candidate instanceof LambdaCandidate of)) {
            return new CandidateNetwork(candidate.getValue());
        }
        return of.lambda().isPresent()
                ? of.network()
                : LambdaPrediction.setLambda(
                        of, data, shared.calibrations(), WantedCalibration::make, watch.reports()::calibrated);
    }

    private Model preProcess(Model network) {
        return taskListener.isPresent() ? taskListener.get().preProcess(network, candidate) : network;
    }

    private void postProcess(Model trained) {
        taskListener.ifPresent(listener -> listener.postProcess(trained, candidate));
    }

    /** Closing twice does no harm; a network that is not initialised has nothing to give back. */
    private static void close(Model network) {
        if (network != null && network.params() != null) {
            network.close();
        }
    }

    /** A network at the end of its training, and what that end was. */
    private record Trained(Model network, String end) {}

    private Trained fit(CandidateNetwork proposed, Model network) {
        lambda = TrainingLambda.on(network, candidate, data);
        network.addListeners(new StopOnInterrupt(), watch);
        Trained trained;
        Object training = data.training();
        if (proposed.earlyStopping().isPresent()) {
            EarlyStoppingResult<?> result = Fitting.earlyStopping(
                    Network.of(network),
                    lambda.earlyStopping(proposed.earlyStopping().get(), network),
                    training);
            if (result.getTerminationReason() == EarlyStoppingResult.TerminationReason.Error
                    || result.getBestModel() == null) {
                StopOnInterrupt.check();
                throw new IllegalStateException("early stopping gave no model: " + result.getTerminationDetails());
            }
            trained = new Trained(
                    result.getBestModel(),
                    "early stopping after " + result.getTotalEpochs() + " epochs: " + result.getTerminationDetails());
        } else {
            for (int epoch = 0; epoch < proposed.epochs(); epoch++) {
                Fitting.epoch(Network.of(network), training);
            }
            trained = new Trained(network, "trained for " + proposed.epochs() + " epochs");
        }
        lambda.trained(candidate, trained.network());
        return trained;
    }

    private double score(Model network) {
        return lambda.score(network, () -> data.score(network, scoreFunction));
    }

    /** Whether nobody else can hold the network when the candidate is done. */
    private boolean isOurs() {
        return taskListener.isEmpty()
                && saver.map(CandidateTask::keepsNoNetwork).orElse(true);
    }

    /**
     * {@return whether a result saver forgets a network that it has written}
     *
     * @param saver of a search
     */
    public static boolean keepsNoNetwork(ResultSaver saver) {
        return saver instanceof FileModelSaver || saver instanceof KeepsNoNetwork;
    }

    private OptimizationResult failed(Throwable e) {
        OptimizationResult failed = result(Failure.ending(candidate, e));
        if (e instanceof NotKeptException reason) {
            failed.setResultReference(new NotKept(failed, reason));
        }
        return failed;
    }

    private String summary(double score) {
        String head = String.format(
                Locale.ROOT,
                "candidate %d: score %.4f, %.1f s",
                candidate.getIndex(),
                score,
                (System.currentTimeMillis() - start) / 1000.0);
        return candidate instanceof LambdaCandidate of
                ? head + ", " + of.lambda().orElseThrow()
                : head;
    }

    private OptimizationResult result(Ending ending) {
        CandidateLambda known = null;
        String calibration = "";
        if (candidate instanceof LambdaCandidate of) {
            known = of.lambda().orElse(null);
            calibration = of.calibration();
        }
        return CandidateResult.of(
                candidate,
                new CandidateOutcome(
                        candidate.getIndex(),
                        ending,
                        watch.iterations(),
                        shared.calibrations().spent(calibration),
                        calibration,
                        watch.reports().all()),
                known,
                start,
                System.currentTimeMillis());
    }
}
