package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.TrainingStart;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** What the first training step shows, before there is one on the workers: a copy of the driver's network makes it. */
final class SparkStart extends BaseTrainingListener {

    private final Participants participants;
    private final Penalty penalty;
    private final AutoL2Options options;
    private TrainingStart start; // null before the step

    private SparkStart(Participants participants, Penalty penalty, AutoL2Options options) {
        this.participants = participants;
        this.penalty = penalty;
        this.options = options;
    }

    /** One parameter update of a network with a batch of the user's. */
    interface Step {
        void make(Network network);
    }

    /** The network, and ND4J's random numbers, stay as they are. */
    static TrainingStart of(
            Network network, Participants participants, Penalty penalty, AutoL2Options options, Step step) {
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        try {
            Network copy = network.copy();
            SparkStart shown = new SparkStart(participants, penalty, options);
            copy.addListener(shown);
            step.make(copy);
            return shown.start;
        } finally {
            random.setStates(rootState, nodeState);
        }
    }

    @Override
    public void onBackwardPass(Model model) {
        if (start != null) {
            return; // a further segment, or pass, of the same step
        }
        Network network = Network.of(model);
        double loss = network.score() - network.penaltyInScore();
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss of the batch for the first lambda is " + loss
                    + ": give AutoL2 a batch that the network can train with");
        }
        NetworkLambda lambda = new NetworkLambda(
                network,
                PenalisedParameters.of(network, participants),
                penalty,
                options.fixedLambda().isEmpty(),
                Coefficients.NOT_READ);
        TrainingStart shown = MeasuredRun.start(network, lambda, loss, options);
        // workers measure the penalty of the network as it is, which tells nothing of the parameters that it leaves out
        boolean comparable = shown.comparable() && !lambda.coefficients().leaveSomeOut(shown.own());
        start = new TrainingStart(
                shown.loss(),
                shown.penaltyAtOne(),
                shown.etaEff(),
                shown.baseline(),
                shown.classifies(),
                comparable,
                shown.own());
    }
}
