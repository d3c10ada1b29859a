package io.github.autol2.arbiter.candidate;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;

/**
 * A candidate of another generator that gets its lambda when it is about to be trained. Its flat parameters are those of the other one
 * and lambda behind them, NaN until it is known.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class LambdaCandidate extends Candidate<Object> {

    private static final long serialVersionUID = 1;

    private final Candidate<?> inner;
    private final CandidateNetwork network;
    private final int position;
    private final LambdaOptions options;
    private final int calibrationEpochs;
    private final Exception failure;
    private final String fingerprint;
    private CandidateLambda lambda;
    private String calibration = "";

    /**
     * @param index             in the order of the search, from 0
     * @param inner             the other generator's
     * @param network           what it proposes
     * @param position          0: with the predicted lambda, i: with its i-th neighbour
     * @param options           of the search
     * @param calibrationEpochs for how many epochs the candidates that share its calibration are calibrated
     */
    public LambdaCandidate(
            int index,
            Candidate<?> inner,
            CandidateNetwork network,
            int position,
            LambdaOptions options,
            int calibrationEpochs) {
        this(index, inner, network, position, options, calibrationEpochs, null);
    }

    /**
     * {@return one that could not be generated}
     *
     * @param index   in the order of the search, from 0
     * @param inner   the other generator's; may be null
     * @param options of the search
     * @param failure why
     */
    public static LambdaCandidate failed(int index, Candidate<?> inner, LambdaOptions options, Exception failure) {
        return new LambdaCandidate(index, inner, null, 0, options, 0, failure);
    }

    private LambdaCandidate(
            int index,
            Candidate<?> inner,
            CandidateNetwork network,
            int position,
            LambdaOptions options,
            int calibrationEpochs,
            Exception failure) {
        super((Supplier<Object>) null, index, flat(inner), inner.getDataParameters(), null);
        this.inner = inner;
        this.network = network;
        this.position = position;
        this.options = options;
        this.calibrationEpochs = calibrationEpochs;
        this.failure = failure;
        // Now, because the training changes the configuration.
        this.fingerprint = ConfigurationKey.digest(options + " " + inner.getDataParameters() + " "
                + (network == null
                        ? failure.toString()
                        : network.network().json() + network.epochs() + " " + position));
    }

    /**
     * {@return the same as far as a training needs it, for another machine} The other generator's candidate and its class stay here.
     *
     * @throws Exception the reason why this candidate could not be generated
     */
    public LambdaCandidate alone() throws Exception {
        Candidate<?> parameters = new Candidate<Object>(null, inner.getIndex(), inner.getFlatParameters(), null, null);
        LambdaCandidate same =
                new LambdaCandidate(getIndex(), parameters, network(), position, options, calibrationEpochs);
        same.calibration = calibration;
        lambda().ifPresent(same::setLambda);
        return same;
    }

    private static double[] flat(Candidate<?> inner) {
        double[] parameters = inner.getFlatParameters() == null ? new double[0] : inner.getFlatParameters();
        double[] flat = Arrays.copyOf(parameters, parameters.length + 1);
        flat[parameters.length] = Double.NaN;
        return flat;
    }

    /** {@return the other generator's candidate} */
    public Candidate<?> inner() {
        return inner;
    }

    /** {@return whether it trains with the predicted lambda, not with a neighbour of it} */
    public boolean isPrediction() {
        return position == 0;
    }

    /** {@return what lambda the candidate has; empty until it is about to be trained} */
    public Optional<CandidateLambda> lambda() {
        return Optional.ofNullable(lambda);
    }

    /**
     * Notes what is known of lambda; the task calls it before the training and after it.
     *
     * @param known in the place of what was known before
     */
    public void setLambda(CandidateLambda known) {
        lambda = known;
        getFlatParameters()[getFlatParameters().length - 1] = known.lambda();
    }

    /** {@return the name of its calibration; empty until it asks for one} */
    public String calibration() {
        return calibration;
    }

    /**
     * Notes which calibration the candidate asks for, before it is made.
     *
     * @param name the same for candidates that share a calibration
     */
    public void setCalibration(String name) {
        calibration = name;
    }

    /**
     * {@return what it proposes}
     *
     * @throws Exception the reason why this candidate could not be generated
     */
    public CandidateNetwork network() throws Exception {
        if (failure != null) {
            throw failure;
        }
        return network;
    }

    /** {@return 0 for the candidate with the predicted lambda, i for its i-th neighbour} */
    public int position() {
        return position;
    }

    /** {@return the number of epochs for which the candidates that share its calibration are calibrated} */
    public int calibrationEpochs() {
        return calibrationEpochs;
    }

    /** {@return the options of the search} */
    public LambdaOptions options() {
        return options;
    }

    /** {@return a text that tells this candidate from others, and from those of a search with another space or other options} */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * The configuration of the other generator's candidate; that of a network with lambda in it once it is being trained.
     *
     * @throws IllegalStateException while lambda is not known
     */
    @Override
    public Object getValue() {
        if (lambda == null) {
            throw new IllegalStateException(
                    "candidate " + getIndex() + " gets its lambda from a LambdaTaskCreator: give one to the "
                            + "optimization runner, or use a SearchRunner");
        }
        return network.configuration();
    }
}
