package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.dl4j.AutoL2EarlyStopping;
import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2ListenerBuilder;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.nn.api.Model;

/**
 * The lambda that a candidate trains with. Its penalty is part of many scores, and a smaller lambda would look like a better network: no
 * score that chooses holds it.
 */
final class TrainingLambda {

    private final Optional<AutoL2Listener> listener;
    private final boolean ours;

    private TrainingLambda(Optional<AutoL2Listener> listener, boolean ours) {
        this.listener = listener;
        this.ours = ours;
    }

    /**
     * Puts the candidate's lambda on its network.
     *
     * @param network   that is about to be trained; a task listener may have put AutoL2 on it
     * @param candidate whose lambda is known, or any of Arbiter's, which keeps the coefficients of its space
     * @param data      of the search
     */
    static TrainingLambda on(Model network, Candidate<?> candidate, SearchData data) {
        if (candidate instanceof LambdaCandidate of) {
            CandidateLambda known = of.lambda().orElseThrow();
            listener(known, of.options().method(), data)
                    .ifPresentOrElse(network::addListeners, () -> Lambda.set(network, known.lambda()));
        }
        Optional<AutoL2Listener> listener = Network.of(network).listeners().stream()
                .filter(AutoL2Listener.class::isInstance)
                .map(AutoL2Listener.class::cast)
                .findFirst();
        return new TrainingLambda(listener, listener.isPresent() || candidate instanceof LambdaCandidate);
    }

    /** Empty where lambda is constant. */
    private static Optional<AutoL2Listener> listener(
            CandidateLambda known, LambdaOptions.Method method, SearchData data) {
        AutoL2ListenerBuilder builder = AutoL2Listener.builder(
                AutoL2Options.adaptive(known.iterations()).withInitialLambda(known.lambda()));
        return switch (method) {
            case PREDICTED -> Optional.empty();
            case ADAPTIVE -> Optional.of(builder.build());
            case VALIDATED ->
                Optional.of(builder.validation(WantedCalibration.iterator(data.validation()))
                        .build());
        };
    }

    /**
     * {@return a score of a network without the penalty that lambda puts on it; as it is if lambda is the user's own}
     *
     * @param network of the candidate, in training or behind it
     * @param score   of it
     */
    double score(Model network, DoubleSupplier score) {
        return ours ? Lambda.without(network, score) : score.getAsDouble();
    }

    /**
     * {@return the early stopping of a candidate, whose scores are those of {@link #score}} With AutoL2 its patience begins anew at each
     * division.
     *
     * @param users   is not changed
     * @param network that is about to be trained
     */
    EarlyStoppingConfiguration<?> earlyStopping(EarlyStoppingConfiguration<?> users, Model network) {
        if (!ours) {
            return users;
        }
        return listener.isPresent()
                ? AutoL2EarlyStopping.beside(users, listener.get())
                : AutoL2EarlyStopping.beside(users, network);
    }

    /**
     * Notes what the training has made of lambda.
     *
     * @param network after its training, or the best one of early stopping; becomes the best one of the training where validation data lead
     *                AutoL2
     */
    void trained(Candidate<?> candidate, Model network) {
        if (candidate instanceof LambdaCandidate of && listener.isPresent()) {
            if (of.options().method() == LambdaOptions.Method.VALIDATED) {
                listener.get().restoreBest(network);
            }
            of.setLambda(of.lambda().orElseThrow().withFinalLambda(Lambda.get(network)));
        }
    }
}
