package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.ConfigurationKey;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.LambdaRange;
import io.github.autol2.prediction.Peak;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIteratorFactory;

/** Predicts the lambda of a candidate that is about to be trained. */
final class LambdaPrediction {

    /** Of a run whose lambda let the network train: it tells of the network. */
    private static final Set<Peak.Verdict> TRAINED = EnumSet.of(Peak.Verdict.PEAKED, Peak.Verdict.NOT_PEAKED_YET);

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
     * @param watch is told what the calibration has shown
     * @return what the candidate proposes
     * @throws PrunedException if the candidate is given up for that
     * @throws Exception the reason why this candidate has failed
     */
    static CandidateNetwork setLambda(
            LambdaCandidate candidate, SearchData data, Calibrations calibrations, TrainingWatch watch)
            throws Exception {
        LambdaPrediction prediction = new LambdaPrediction(candidate, data);
        candidate.setLambda(prediction.predict(calibrations, watch));
        return prediction.network;
    }

    private CandidateLambda predict(Calibrations calibrations, TrainingWatch watch) throws Exception {
        long batches = options.iterations() > 0 ? 0 : batches(iterator(data.training()));
        long iterations = options.iterations() > 0 ? options.iterations() : batches * network.epochs();
        CalibrationOptions how = options.calibration(
                options.iterations() > 0 ? options.iterations() : batches * candidate.calibrationEpochs());
        String name =
                ConfigurationKey.digest(ConfigurationKey.of(network.network().json()) + data.description() + how);
        candidate.setCalibration(name);
        Calibration calibration = calibrations.get(
                name,
                (observer, finished) -> new LambdaCalibrator(how, observer)
                        .calibrate(
                                network.network().model(),
                                iterator(data.training()),
                                iterator(data.validation()),
                                finished),
                run -> {
                    if (TRAINED.contains(run.peak().verdict())) {
                        watch.calibrated(run.peak().maximum());
                    }
                });
        LambdaRange range = calibration.range(iterations);
        double chosen = switch (options.method()) {
            case PREDICTED -> candidate.isPrediction() ? range.lambda() : neighbour(range);
            case ADAPTIVE -> calibration.initialLambda(iterations);
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
