package io.github.autol2.dl4j;

import io.github.autol2.dl4j.Replicas.Replica;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;

/** The training that a listener follows: what happens at each of Deeplearning4j's hooks. Not thread-safe. */
final class ListenedTraining {

    private final AutoL2Listener listener;
    private final AutoL2Run run;
    private final RunReport report;
    private final ValidationPart validation; // null where training signals decide
    private final MeasuredRun measured;
    private final FollowedNetworks followed;
    private final CarriedCheckpoints checkpoints = new CarriedCheckpoints(this::savedRun);
    private final ListenerWatch watch;
    private boolean stopsEarlyBesideUs;
    private double
            lambdaInScore; // of the last score; 0 at the first iteration, whose score has the user's own coefficients

    /**
     * @param listener   that the hooks belong to
     * @param validation null where training signals decide
     * @param steps      of lambda, before this run was resumed
     * @param sampledPenalty of the last sample before that
     */
    ListenedTraining(
            AutoL2Listener listener,
            AutoL2Run run,
            RunReport report,
            ValidationPart validation,
            FollowedNetworks followed,
            List<LambdaSchedule.Step> steps,
            double sampledPenalty) {
        this.listener = listener;
        this.run = run;
        this.report = report;
        this.validation = validation;
        this.measured = new MeasuredRun(run, report, validation, steps, sampledPenalty);
        this.followed = followed;
        this.watch = new ListenerWatch(listener);
    }

    /** Puts the current lambda on a network before its score is computed. */
    void prepare(Model model) {
        Replica replica = follow(model);
        if (replica != null) {
            carryCheckpoints();
            measured.apply(replica);
            lambdaInScore = run.hasBegun() ? measured.lambda() : 0;
        }
    }

    /** Measures and decides, once for each iteration; a new lambda acts in this very update. */
    void measure(Model model) {
        Replica replica = follow(model);
        if (replica == null) {
            return;
        }
        long iteration = followed.iteration();
        if (!replica.firstTimeAt(iteration)) {
            return;
        }
        followed.at(iteration);
        if (!run.hasBegun()) {
            warnOfEarlyStopping();
        }
        measured.step(followed.network(), replica, iteration);
        measured.apply(replica);
    }

    /** Looks at the gradients where the updater is to be compared with them. */
    void gradients(Model model) {
        if (followed.isLatest(model)) {
            followed.latest().lambda().effective().watchGradients(followed.network());
        }
    }

    /** Looks at what the updater has made of the gradients, and for new checkpoints. */
    void updated(Model model) {
        if (followed.isLatest(model)) {
            followed.latest().lambda().effective().compareUpdates(followed.network());
            long updates = followed.iteration() + 1; // Deeplearning4j counts this update later
            if (followed.latest().firstTimeAfter(updates)) {
                measured.updated(followed.network(), updates);
            }
            carryCheckpoints();
        } else if (!Network.isNetwork(model)) {
            warnOfPretraining();
        }
    }

    /** Looks for who saves checkpoints. */
    void epochBegins(Model model) {
        if (Network.isNetwork(model)) {
            checkpoints.meet(Network.of(model).listeners());
        }
    }

    /** Looks for new checkpoints. */
    void epochEnds(Model model) {
        if (followed.isLatest(model)) {
            carryCheckpoints();
        }
    }

    /** Who stops the training early leaves our penalty out. */
    void stopsEarlyBesideUs() {
        stopsEarlyBesideUs = true;
    }

    private void warnOfEarlyStopping() {
        if (!stopsEarlyBesideUs && EarlyStoppingThread.isCurrent()) {
            report.warnOnce(
                    RunReport.Once.EARLY_STOPPING,
                    "An early stopping trainer runs this training without knowing of AutoL2: its scores have the penalty in them, and "
                            + "it may stop before lambda is divided. Give it AutoL2EarlyStopping.beside(configuration, listener).");
        }
    }

    /** The current coefficient; NaN before the run has begun. */
    double lambda() {
        return measured.lambda();
    }

    /** What a calculation on a network gives while its penalty of ours is 0. */
    double withoutPenalty(Model model, DoubleSupplier calculation) {
        Replica replica = followed.find(model);
        if (replica == null || !run.hasBegun()) {
            return calculation.getAsDouble();
        }
        replica.lambda().set(0);
        try {
            return calculation.getAsDouble();
        } finally {
            measured.apply(replica);
        }
    }

    /** The part of the last batch's score that is the penalty of ours, at the weights as they are now. */
    double penaltyInLastScore() {
        if (lambdaInScore == 0) {
            return 0;
        }
        Network network = followed.network();
        if (!network.scoreHoldsPenalty()) {
            return 0;
        }
        double all = network.penalty();
        double others = withoutPenalty(network.model(), network::penalty);
        return (all - others) * lambdaInScore / measured.lambda();
    }

    /** Whether held-out data decide. */
    boolean hasValidation() {
        return validation != null;
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
    long restoreBest(Model model) {
        if (validation == null) {
            throw new IllegalStateException(
                    "only a listener with validation data knows the best network: AutoL2Listener.builder(..).validation(..)");
        }
        Network network = Network.of(model);
        network.makeUpdater();
        ValidationState.Best best = validation.restoreBest(network);
        followed.setLambda(model, best.lambda());
        boolean inTraining = followed.latest() == null || followed.isLatest(model); // a resumed run has met none yet
        if (inTraining) {
            followed.restored();
            measured.goOnFromBest(followed.updates());
        }
        return best.iteration();
    }

    /**
     * What is needed to continue later.
     *
     * @throws IllegalStateException before the run has begun
     */
    SavedRun savedRun() {
        return followed.save(
                run.snapshot(),
                measured.steps(),
                repetition(),
                measured.sampledPenalty(),
                validation == null ? Optional.empty() : Optional.of(validation.saved()));
    }

    /**
     * What lambda was at each iteration.
     *
     * @throws IllegalStateException before the run has begun, or if it does not repeat the run
     */
    LambdaSchedule schedule() {
        if (!run.hasBegun()) {
            throw new IllegalStateException(
                    "there is no schedule of lambda before the first iteration of the training");
        }
        repetition().require();
        return followed.schedule(measured.steps());
    }

    private Repetition repetition() {
        boolean onlyDivided = validationDecisions().stream().allMatch(ValidationDecision.Divide.class::isInstance);
        return onlyDivided ? followed.repetition() : Repetition.WENT_BACK;
    }

    private void carryCheckpoints() {
        if (run.hasBegun() && validation == null) {
            checkpoints.carry();
        }
    }

    private void warnOfPretraining() {
        report.warnOnce(
                RunReport.Once.PRETRAINING,
                "Layer-wise pretraining shows single layers: AutoL2 takes no part in it and begins with fit.");
    }

    /** Null for a single layer in layer-wise pretraining. */
    private Replica follow(Model model) {
        if (followed.isLatest(model)) {
            return followed.follow(model);
        }
        if (!Network.isNetwork(model)) {
            warnOfPretraining();
            return null;
        }
        boolean isNew = followed.find(model) == null;
        if (validation != null && followed.latest() != null && isNew) {
            throw new IllegalStateException(
                    "a listener with validation data follows a single network, and meets a second one: train without replicas");
        }
        watch.used();
        Replica replica = followed.follow(model);
        if (validation != null) {
            validation.meet(followed.network());
        }
        List<TrainingListener> listeners = followed.network().listeners();
        checkpoints.meet(listeners);
        if (listeners.stream().filter(other -> other == listener).count() > 1) {
            report.warnOnce(
                    RunReport.Once.ADDED_TWICE,
                    "The network has the same AutoL2Listener twice: each iteration counts once. Add it once.");
        }
        if (isNew && sharesGradients(followed.network())) {
            report.warnOnce(
                    RunReport.Once.SHARED_GRADIENTS,
                    "ParallelWrapper trains with SHARED_GRADIENTS: there Deeplearning4j's threads may wait for each other for ever, "
                            + "with or without AutoL2. Call network.getUpdater() before each fit(..), or train with AVERAGING.");
        }
        if (CarriedCheckpoints.behind(listeners, listener)) {
            report.warnOnce(
                    RunReport.Once.CHECKPOINT_BEHIND,
                    "A CheckpointListener comes after AutoL2Listener: the last checkpoint of the training may not hold "
                            + "AutoL2's state. Put it before.");
        }
        return replica;
    }

    /** Whether this thread trains the network as a worker of {@code ParallelWrapper}, with gradients that all workers share. */
    private static boolean sharesGradients(Network network) {
        return Replicas.onWorkerThread() && network.model().getOptimizer().getGradientsAccumulator() != null;
    }
}
