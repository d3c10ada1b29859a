package io.github.autol2.arbiter;

import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.LambdaRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIteratorFactory;

/**
 * A candidate of another generator that gets its lambda when it is about to be trained. Its flat parameters are those of the other one
 * and lambda behind them, NaN until it is known.
 */
final class LambdaCandidate extends Candidate<Object> {

    private static final long serialVersionUID = 1;

    private final Candidate<?> inner;
    private final CandidateNetwork network;
    private final int position;
    private final LambdaOptions options;
    private final int calibrationEpochs;
    private final Exception failure;
    private final String fingerprint;
    private CandidateLambda lambda;

    /**
     * @param inner    the other generator's
     * @param network  what it proposes
     * @param position 0: with the predicted lambda, i: with its i-th neighbour
     * @param calibrationEpochs for how many epochs the candidates that share its calibration are calibrated
     */
    LambdaCandidate(
            int index,
            Candidate<?> inner,
            CandidateNetwork network,
            int position,
            LambdaOptions options,
            int calibrationEpochs) {
        this(index, inner, network, position, options, calibrationEpochs, null);
    }

    /**
     * One that could not be generated.
     *
     * @param failure why
     */
    static LambdaCandidate failed(int index, Candidate<?> inner, LambdaOptions options, Exception failure) {
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

    private static double[] flat(Candidate<?> inner) {
        double[] parameters = inner.getFlatParameters() == null ? new double[0] : inner.getFlatParameters();
        double[] flat = Arrays.copyOf(parameters, parameters.length + 1);
        flat[parameters.length] = Double.NaN;
        return flat;
    }

    Candidate<?> inner() {
        return inner;
    }

    boolean isPrediction() {
        return position == 0;
    }

    /** Empty until the candidate is about to be trained. */
    Optional<CandidateLambda> lambda() {
        return Optional.ofNullable(lambda);
    }

    void setLambda(CandidateLambda known) {
        lambda = known;
        getFlatParameters()[getFlatParameters().length - 1] = known.lambda();
    }

    LambdaOptions options() {
        return options;
    }

    /** Tells this candidate from others, and from those of a search with another space or other options. */
    String fingerprint() {
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

    /**
     * Predicts lambda, after a calibration if no candidate has had the same one made.
     *
     * @throws Exception the reason why this candidate has failed
     */
    CandidateNetwork choose(SearchData data, Calibrations calibrations) throws Exception {
        if (failure != null) {
            throw failure;
        }
        long batches = options.iterations() > 0 ? 0 : batches(iterator(data.training()));
        long iterations = options.iterations() > 0 ? options.iterations() : batches * network.epochs();
        CalibrationOptions how =
                options.calibration(options.iterations() > 0 ? options.iterations() : batches * calibrationEpochs);
        String name =
                ConfigurationKey.digest(ConfigurationKey.of(network.network().json()) + data.description() + how);
        Calibration calibration = calibrations.get(
                name,
                () -> new LambdaCalibrator(how)
                        .calibrate(network.network().model(), iterator(data.training()), iterator(data.validation())));
        LambdaRange range = calibration.range(iterations);
        double chosen = switch (options.method()) {
            case PREDICTED -> isPrediction() ? range.lambda() : neighbour(range);
            case ADAPTIVE -> calibration.initialLambda(iterations);
        };
        setLambda(new CandidateLambda(
                chosen,
                chosen,
                range.low(),
                range.high(),
                calibration.c(),
                calibration.cLow(),
                calibration.cHigh(),
                iterations,
                calibration.iterationsSpent(),
                name));
        return network;
    }

    private double neighbour(LambdaRange range) {
        List<Double> neighbours = range.neighbours(options.neighbours());
        if (position > neighbours.size()) {
            throw new IllegalStateException(
                    "the interval of the prediction has room for " + neighbours.size() + " neighbours only: " + range);
        }
        return neighbours.get(position - 1);
    }

    private static DataSetIterator iterator(Object data) {
        if (!(data instanceof DataSetIterator || data instanceof DataSetIteratorFactory)) {
            throw new IllegalArgumentException(
                    "lambda can be predicted from a DataSetIterator with one input and one output, got "
                            + data.getClass().getName() + "; AutoL2TaskListener does without a prediction");
        }
        return ScoreUtil.getIterator(data);
    }

    private long batches(DataSetIterator training) {
        if (network.earlyStopping().isPresent()) {
            throw new IllegalArgumentException(
                    "with early stopping the number of iterations is not known: LambdaOptions.withIterations "
                            + "must say for how many lambda is predicted");
        }
        long batches = 0;
        while (training.hasNext()) {
            training.next();
            batches++;
        }
        return batches;
    }
}
