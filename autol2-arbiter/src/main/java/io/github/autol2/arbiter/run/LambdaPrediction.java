package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.ConfigurationKey;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.LambdaRange;
import io.github.autol2.prediction.Peak;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Predicts the lambda of a candidate that is about to be trained. */
public final class LambdaPrediction {

    /**
     * Of a run whose lambda let the network train: it tells of the network. The first such run shows the best accuracy in half the allowance
     * of a seed: it lasts as long, or ends when its peak is behind it.
     */
    private static final Set<Peak.Verdict> TRAINED = EnumSet.of(Peak.Verdict.PEAKED, Peak.Verdict.NOT_PEAKED_YET);

    /** Nobody waits longer to learn that an iterator has no end; who trains longer says how long. */
    private static final long MOST_COUNTED = 1_000_000;

    private final LambdaCandidate candidate;
    private final CandidateNetwork network;
    private final LambdaOptions options;
    private final SearchData data;

    private LambdaPrediction(LambdaCandidate candidate, SearchData data) throws Exception {
        this.candidate = candidate;
        this.network = candidate.network();
        this.options = candidate.options();
        this.data = data;
    }

    /**
     * Sets the candidate's lambda, after a calibration if no candidate has had the same one made.
     *
     * @param candidate    that is about to be trained
     * @param data         of the search
     * @param calibrations of the search
     * @param workplace    where a calibration is made that is not among them
     * @param accuracy     is told the best accuracy of each run of the calibration in which the network has trained, with its own momentum
     * @return what the candidate proposes
     * @throws Exception the reason why this candidate has failed
     */
    public static CandidateNetwork setLambda(
            LambdaCandidate candidate,
            SearchData data,
            Calibrations calibrations,
            WantedCalibration.Workplace workplace,
            DoubleConsumer accuracy)
            throws Exception {
        LambdaPrediction prediction = new LambdaPrediction(candidate, data);
        candidate.setLambda(prediction.predict(calibrations, workplace, accuracy));
        return prediction.network;
    }

    private CandidateLambda predict(
            Calibrations calibrations, WantedCalibration.Workplace workplace, DoubleConsumer accuracy)
            throws Exception {
        long epoch = options.iterations() > 0 ? 0 : updates(WantedCalibration.iterator(data.training()));
        long iterations = options.iterations() > 0 ? options.iterations() : epoch * network.epochs();
        WantedCalibration wanted = new WantedCalibration(
                network,
                options,
                options.iterations() > 0 ? options.iterations() : epoch * candidate.calibrationEpochs(),
                data);
        String name =
                ConfigurationKey.digest(ConfigurationKey.of(network.network().json())
                        + data.description()
                        + options.calibration(wanted.budget()));
        candidate.setCalibration(name);
        Calibration calibration =
                calibrations.get(name, (observer, finished) -> workplace.make(wanted, observer, finished), run -> {
                    if (TRAINED.contains(run.peak().verdict())) {
                        accuracy.accept(run.peak().maximum());
                    }
                });
        LambdaRange range = calibration.range(iterations);
        double chosen = switch (options.method()) {
            case PREDICTED -> candidate.isPrediction() ? range.lambda() : neighbour(range);
            case ADAPTIVE -> calibration.initialLambda(iterations);
            case VALIDATED -> range.lambda();
        };
        return new CandidateLambda(
                chosen,
                chosen,
                range.low(),
                range.high(),
                calibration.c(),
                calibration.cLow(),
                calibration.cHigh(),
                iterations,
                calibration.iterationsSpent(),
                name);
    }

    private double neighbour(LambdaRange range) {
        List<Double> neighbours = range.neighbours(options.neighbours());
        if (candidate.position() > neighbours.size()) {
            throw new IllegalStateException(
                    "the interval of the prediction has room for " + neighbours.size() + " neighbours only: " + range);
        }
        return neighbours.get(candidate.position() - 1);
    }

    /** Of one pass: with truncated backpropagation through time a batch makes several. */
    private long updates(DataSetIterator training) {
        if (network.earlyStopping().isPresent()) {
            throw new IllegalArgumentException(
                    "with early stopping the number of iterations is not known: LambdaOptions.withIterations "
                            + "must say for how many lambda is predicted");
        }
        Network counted = network.network();
        long updates = 0;
        while (training.hasNext()) {
            StopOnInterrupt.check();
            updates += counted.updates(training.next());
            if (updates > MOST_COUNTED) {
                throw new IllegalArgumentException(
                        "a pass over the training data has more than " + MOST_COUNTED
                                + " iterations, perhaps without an end: LambdaOptions.withIterations must say for how many lambda is predicted");
            }
        }
        return updates;
    }
}
