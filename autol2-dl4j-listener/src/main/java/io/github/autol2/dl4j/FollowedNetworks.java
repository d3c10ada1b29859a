package io.github.autol2.dl4j;

import io.github.autol2.dl4j.Replicas.Replica;
import io.github.autol2.dl4j.network.Deeplearning4jNames;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;

/** The network that a listener follows, or the replicas of one, and how far they are. Not thread-safe. */
final class FollowedNetworks {

    /** A replica of the followed run may lag behind by this many iterations; the replica of another run is told from it by more. */
    private static final long MOST_LAG = 200;

    private final Replicas replicas = new Replicas();
    private final TrainingListener self;
    private final Participants participants;
    private final Penalty penalty;
    private final boolean keepsOwn;
    private Coefficients saved; // by a run that goes on
    private Map<String, Double> gains;
    private long nextIteration;
    private long offset;
    private boolean resuming;
    private Repetition before = Repetition.EXACT; // whatever comes now
    private long restoredAt = -1; // the user's restoreBest of the network in training
    private Replica latest;
    private Network network; // of the latest
    private Thread thread; // that trained the latest

    /**
     * For a run that begins.
     *
     * @param keepsOwn whether a network keeps its own coefficients if lambda begins with the largest of them
     */
    FollowedNetworks(TrainingListener self, Participants participants, Penalty penalty, boolean keepsOwn) {
        this.self = self;
        this.participants = participants;
        this.penalty = penalty;
        this.keepsOwn = keepsOwn;
        this.saved = Coefficients.NOT_READ;
        this.gains = Map.of();
    }

    /** For a run that goes on: the saved ratios name what takes part. */
    FollowedNetworks(TrainingListener self, SavedRun saved, Participants participants) {
        this(
                self,
                new Participants(participants.layers(), saved.state().biases(), true),
                saved.state().penalty(),
                false);
        this.saved = saved.coefficients();
        gains = saved.state().gains();
        nextIteration = saved.state().nextIteration();
        offset = saved.state().iterationOffset();
        resuming = true;
        if (saved.state().repetition() == Repetition.UNTIL_RESTORED) {
            restoredAt = nextIteration;
        } else {
            before = saved.state().repetition();
        }
    }

    /**
     * What is known of a network, set up when it is first met.
     *
     * @throws IllegalStateException if it does not belong to this run, or nothing in it takes part
     */
    Replica follow(Model model) {
        if (latest == null || !latest.isOf(model)) {
            Network view = Network.of(model);
            Replica known = replicas.find(model);
            latest = known == null ? meet(model, view) : known;
            network = view;
        }
        thread = Thread.currentThread();
        return latest;
    }

    /** Whether this is the network that was followed last. */
    boolean isLatest(Model model) {
        return latest != null && latest.isOf(model);
    }

    /** Null if it has never been followed. */
    Replica find(Model model) {
        return replicas.find(model);
    }

    /** The network that was followed last; null before the first. */
    Network network() {
        return network;
    }

    Replica latest() {
        return latest;
    }

    /** The iteration at which the latest network is, in this run's count. */
    long iteration() {
        return network.iteration() + offset;
    }

    /** Parameter updates behind the latest network, in this run's count; of a resumed run, those before it was saved. */
    long updates() {
        return network == null ? nextIteration : iteration();
    }

    /** Puts a lambda on a network of this run's kind, followed or not, with the ratios of the run. */
    void setLambda(Model model, double lambda) {
        Replica replica = replicas.find(model);
        (replica == null ? networkLambda(Network.of(model)) : replica.lambda()).set(lambda);
    }

    /** An iteration is measured. */
    void at(long iteration) {
        nextIteration = Math.max(nextIteration, iteration + 1);
    }

    /** The network in training is an earlier one again, by the user's wish. */
    void restored() {
        if (repetition() == Repetition.RESTORED) {
            before = Repetition.RESTORED;
        }
        restoredAt = updates();
    }

    /** Whether steps of lambda repeat the run, as far as its networks tell. */
    Repetition repetition() {
        if (before != Repetition.EXACT) {
            return before;
        }
        if (offset < 0 && network != null) {
            return Repetition.TWO_COUNTS; // Spark's count of iterations is ahead of this one
        }
        if (restoredAt < 0) {
            return Repetition.EXACT;
        }
        return updates() > restoredAt ? Repetition.RESTORED : Repetition.UNTIL_RESTORED;
    }

    /** What to keep beside the rule's own memory. */
    SavedRun save(
            AutoL2Run.Snapshot run,
            List<LambdaSchedule.Step> steps,
            Repetition repetition,
            double sampledPenalty,
            Optional<SavedValidation> validation) {
        return new SavedRun(new SavedRun.State(
                SavedRun.VERSION,
                nextIteration,
                offset,
                penalty,
                participants.biases(),
                coefficients().ratios(),
                coefficients().own(),
                latest == null ? gains : latest.lambda().effective().measured(),
                steps,
                repetition,
                sampledPenalty,
                run,
                validation));
    }

    /** What took part, with these steps of lambda. */
    LambdaSchedule schedule(List<LambdaSchedule.Step> steps) {
        return coefficients().schedule(steps, penalty);
    }

    private Replica meet(Model model, Network met) {
        if (resuming) {
            resumeAt(met.iteration());
        } else {
            refuseAnotherRun(met.iteration());
        }
        refuseASecondListener(met);
        met.outputLayers(); // an error here, before anything is changed, if the network has none
        boolean begins = coefficients().ratios().isEmpty();
        if (begins) {
            LeftLambda.takeBack(model, PenalisedParameters.of(met, participants));
        }
        NetworkLambda lambda = networkLambda(met);
        if (begins) {
            lambda.noteFor(model);
        }
        lambda.effective().remember(gains);
        return replicas.add(model, lambda);
    }

    private NetworkLambda networkLambda(Network of) {
        Participants those = coefficients().ratios().isEmpty()
                ? participants
                : new Participants(participants.layers(), participants.biases(), true); // the ratios choose
        return new NetworkLambda(of, PenalisedParameters.of(of, those), penalty, keepsOwn, coefficients());
    }

    private Coefficients coefficients() {
        return latest == null ? saved : latest.lambda().coefficients();
    }

    private void resumeAt(int iteration) {
        offset += SavedRun.lostIterations(nextIteration, iteration + offset);
        resuming = false;
    }

    /**
     * Replicas of one run train in threads of their own, at the same time, and only ParallelWrapper has them: one of them may lag behind, or begin
     * while another one is on its way. Any other network is a run of its own, such as a fold of a cross-validation, unless it is where this run
     * is, as a copy of its network is.
     */
    private void refuseAnotherRun(int iteration) {
        boolean meanwhile = thread != null && thread != Thread.currentThread() && isTraining(thread);
        boolean worker = Replicas.onWorkerThread();
        if (meanwhile && !worker) {
            throw new IllegalStateException("this listener follows a network that trains on the thread "
                    + thread.getName() + ", and meets a second one, which trains at the same time on the thread "
                    + Thread.currentThread().getName()
                    + ": only replicas of ParallelWrapper share a listener; use a new listener for each training run");
        }
        boolean fits = worker
                ? (iteration > 0 || meanwhile) && iteration + offset >= nextIteration - MOST_LAG
                : iteration + offset == nextIteration;
        if (nextIteration > 0 && !fits) {
            throw new IllegalStateException(
                    "this listener has followed another network up to iteration "
                            + nextIteration + " and meets one at iteration " + iteration
                            + ": use a new listener for each training run. A network that ComputationGraph.clone() makes takes the listeners "
                            + "of its original along: build the copy with new ComputationGraph(graph.getConfiguration().clone())");
        }
    }

    private static boolean isTraining(Thread other) {
        return Arrays.stream(other.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(Deeplearning4jNames.root()));
    }

    private void refuseASecondListener(Network met) {
        if (met.listeners().stream().anyMatch(other -> other instanceof AutoL2Listener && other != self)) {
            throw new IllegalStateException("the network has two AutoL2 listeners, which would both set lambda: "
                    + "take one off, for example with setListeners(..)");
        }
    }
}
