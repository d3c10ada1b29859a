package io.github.autol2.dl4j;

import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.TrainingStart;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The SameDiff training that a listener follows: what happens at each of SameDiff's hooks. Not thread-safe. */
@SuppressWarnings("rawtypes") // as SameDiff has its evaluations
final class SameDiffTraining {

    private final AutoL2SameDiffListener listener;
    private final AutoL2SameDiffListenerBuilder settings;
    private final AutoL2Run run;
    private final RunReport report;
    private final ValidationPart validation; // null where training signals decide
    private final Decisions decisions;
    private SameDiff network; // null before the first iteration
    private SameDiffLoss loss;
    private SameDiffWeights weights;
    private SameDiffGain gain;
    private final SameDiffOps ops = new SameDiffOps();
    private long offset;
    private long nextIteration;
    private final Map<String, List<IEvaluation>> lossAlone = new HashMap<>(); // no evaluations
    private Map<String, List<IEvaluation>> evaluations; // the user's, while an iteration runs
    private boolean running; // an iteration

    SameDiffTraining(AutoL2SameDiffListener listener, AutoL2SameDiffListenerBuilder settings) {
        this.listener = listener;
        this.settings = settings;
        this.run = settings.newRun();
        this.report = settings.newReport();
        this.validation = settings.validationOf(run);
        this.decisions = new Decisions(run, report, validation, settings.steps());
    }

    AutoL2Run run() {
        return run;
    }

    RunReport report() {
        return report;
    }

    double lambda() {
        return decisions.lambda();
    }

    /** An iteration begins. */
    @SuppressWarnings("ReferenceEquality") // an equal network is another one
    void begins(SameDiff trained, At at, MultiDataSet batch) {
        if (network == null) {
            meet(trained, at);
        }
        if (network != trained) {
            throw new IllegalStateException(
                    "this listener has followed another network: use a new listener for each training run");
        }
        if (!run.hasBegun() && run.options().fixedLambda().isEmpty() && !gain.knowsEtaEff(at)) {
            gain.measureGradients(batch);
        }
        done(); // with an iteration that an exception has ended
        running = true;
        loss.restart();
        weights.begin();
        // SameDiff computes a loss only if somebody evaluates it: gradients do not need its value.
        evaluations = trained.getTrainingConfig().getTrainEvaluations();
        trained.getTrainingConfig().setTrainEvaluations(withLoss());
    }

    private Map<String, List<IEvaluation>> withLoss() {
        if (evaluations == null || evaluations.isEmpty()) {
            return lossAlone;
        }
        Map<String, List<IEvaluation>> more = new HashMap<>(evaluations);
        lossAlone.forEach(more::putIfAbsent);
        return more;
    }

    private void meet(SameDiff trained, At at) {
        if (!trained.getTrainingConfig().isMinimize()) {
            throw new IllegalStateException(
                    "AutoL2 needs a loss that is minimised, but the training configuration says minimize(false)");
        }
        if (trained.getListeners().stream()
                .anyMatch(other -> other instanceof AutoL2SameDiffListener && other != listener)) {
            throw new IllegalStateException(
                    "the network has two AutoL2 listeners, which would both set lambda: take one off");
        }
        SameDiffLoss found = new SameDiffLoss(trained, settings.source());
        SameDiffWeights those = weightsOf(trained);
        SameDiffGain rate = those.gain();
        if (run.options().needLearningRate()) {
            rate.requireKnownUpdater(at);
        }
        settings.saved().ifPresent(run -> resumeAt(run, at.iteration()));
        if (validation != null) {
            JudgedSameDiff judged = new JudgedSameDiff(trained, found);
            validation.meet(judged);
            validation.requireTakenBy(judged);
        }
        if (run.hasBegun()) {
            those.set(decisions.lambda());
        }
        report.takePart(those.ratios().keySet(), those.others());
        found.names().forEach(name -> lossAlone.put(name, List.of()));
        loss = found;
        weights = those;
        gain = rate;
        network = trained;
    }

    private SameDiffWeights weightsOf(SameDiff model) {
        Set<String> saved =
                settings.saved().map(run -> run.state().ratios().keySet()).orElse(Set.of());
        return new SameDiffWeights(model, settings.penalty(), settings.variables(), settings.biases(), saved);
    }

    private void resumeAt(SavedRun saved, int iteration) {
        offset = saved.state().iterationOffset();
        nextIteration = saved.state().nextIteration();
        offset += SavedRun.lostIterations(nextIteration, iteration + offset);
    }

    /** An operation is done; the one that completes the loss is the moment to measure and decide. A new lambda acts in this very update. */
    void executed(SameDiff session, At at, MultiDataSet batch, SameDiffOp op, OpContext context, INDArray[] outputs) {
        if (!role(op).loss()) {
            return;
        }
        long iteration = at.iteration() + offset;
        boolean judge = !run.hasBegun() || decisions.wantsSample(iteration);
        if (loss.executed(batch, session, op, context, outputs, judge)) {
            nextIteration = Math.max(nextIteration, iteration + 1);
            decide(iteration, at);
        }
    }

    private void decide(long iteration, At at) {
        boolean sampled = !run.hasBegun() || decisions.wantsSample(iteration);
        double penalty = sampled ? weights.penalty(at) : 0;
        if (!decisions.count(iteration, loss.value(), penalty)) {
            return;
        }
        if (!run.hasBegun()) {
            TrainingStart start =
                    gain.start(loss.value(), loss.baseline(), loss.error().isPresent(), weights.penaltyAtOne(), at);
            decisions.begin(iteration, start);
            weights.set(decisions.lambda());
        }
        if (decisions.wantsSample(iteration)) {
            double etaEff = run.options().needLearningRate() ? gain.etaEff(at) : 0;
            double lambda = decisions.lambda();
            boolean tells = lambda > InitialLambda.NOTHING; // beside other penalties
            double ours = tells ? penalty : lambda * weights.penaltyAtOne();
            decisions.measure(new Sample(iteration, loss.value(), ours, loss.error(), etaEff, false));
            weights.set(decisions.lambda());
        } else {
            run.add(loss.value());
        }
    }

    private SameDiffOps.Role role(SameDiffOp op) {
        SameDiffOps.Role known = ops.of(op);
        return known == null
                ? ops.learn(op, new SameDiffOps.Role(loss.isPart(op), weights.takesGradientOf(op)))
                : known;
    }

    /** An operation has computed a variable; it may be a gradient. */
    void gradient(SameDiff session, At at, SameDiffOp op, String name, INDArray values) {
        if (role(op).gradient()) {
            weights.gradient(session, at, name, values);
        }
    }

    /** The update of a variable is computed. */
    void update(SameDiff session, At at, String variable, INDArray values) {
        weights.update(session, at, variable, values);
    }

    /** All updates of an iteration are done: held-out data may decide, outside of the iteration. */
    void updated(At at) {
        done();
        if (validation != null && run.hasBegun()) {
            decisions.updated(new JudgedSameDiff(network, loss), at.iteration() + offset + 1);
            weights.set(decisions.lambda());
        }
    }

    /** What held-out data decided but to keep everything, oldest first; empty without such data. */
    List<ValidationDecision> validationDecisions() {
        return validation == null ? List.of() : validation.decisions();
    }

    /**
     * Brings a network back to the best one and its lambda. If it is the one in training, lambda goes on from there.
     *
     * @return parameter updates behind the best network
     * @throws IllegalStateException without validation data, before there were evaluations enough to tell, or if the network is another one
     */
    @SuppressWarnings("ReferenceEquality") // an equal network is another one
    long restoreBest(SameDiff model) {
        if (validation == null) {
            throw new IllegalStateException("only a listener with validation data knows the best network: "
                    + "AutoL2SameDiffListener.builder(..).validation(..)");
        }
        ValidationState.Best best =
                validation.restoreBest(new JudgedSameDiff(model, new SameDiffLoss(model, settings.source())));
        if (network == null || network == model) { // a resumed run has met none yet
            decisions.goOnFromBest(nextIteration());
        }
        (network == model ? weights : weightsOf(model)).set(best.lambda());
        return best.iteration();
    }

    private long nextIteration() {
        return Math.max(
                nextIteration,
                settings.saved().map(saved -> saved.state().nextIteration()).orElse(0L));
    }

    /** An iteration ends: the configuration is the user's again. Does nothing if none runs. */
    void done() {
        if (running) {
            weights.end();
            network.getTrainingConfig().setTrainEvaluations(evaluations);
            running = false;
        }
    }

    /**
     * What is needed to continue later.
     *
     * @throws IllegalStateException before the run has begun
     */
    SavedRun savedRun() {
        AutoL2Run.Snapshot snapshot = run.snapshot();
        Map<String, Double> ratios =
                weights == null ? settings.saved().orElseThrow().state().ratios() : weights.ratios();
        return new SavedRun(new SavedRun.State(
                SavedRun.VERSION,
                nextIteration(),
                weights == null ? settings.saved().orElseThrow().state().iterationOffset() : offset,
                settings.penalty(),
                settings.biases(),
                ratios,
                Map.of(),
                Map.of(),
                decisions.steps(),
                Repetition.SAME_DIFF,
                0,
                snapshot,
                Optional.ofNullable(validation).map(ValidationPart::saved)));
    }
}
