package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIteratorFactory;

/**
 * A calibration that has not been made yet. Serialisable, if the data are.
 *
 * @param network that lambda is wanted for
 * @param options of the search
 * @param budget  iterations of the training runs that it predicts for, at least 1
 * @param data    of the search
 */
public record WantedCalibration(CandidateNetwork network, LambdaOptions options, long budget, SearchData data)
        implements Serializable {

    /** Where calibrations are made. */
    public interface Workplace {

        /**
         * {@return the calibration}
         *
         * @param wanted   that nobody has made yet
         * @param observer is told of each iteration, at once or at the end, also of a calibration that fails
         * @param finished runs that are made already
         * @throws Exception why it failed
         */
        Calibration make(WantedCalibration wanted, CalibrationObserver observer, List<CalibrationRun> finished)
                throws Exception;
    }

    /**
     * {@return the calibration, made on the calling thread}
     *
     * @param observer is told of each iteration
     * @param finished runs that are made already
     */
    public Calibration make(CalibrationObserver observer, List<CalibrationRun> finished) {
        return new LambdaCalibrator(options.calibration(budget), observer)
                .calibrate(network.network().model(), iterator(data.training()), iterator(data.validation()), finished);
    }

    /** {@return the same on a machine of a cluster, where the job is lost if the data cannot be opened} */
    public WantedCalibration here() {
        return data instanceof SearchData.Source source
                ? new WantedCalibration(network, options, budget, new OnMachine(source))
                : this;
    }

    static DataSetIterator iterator(Object data) {
        if (!(data instanceof DataSetIterator || data instanceof DataSetIteratorFactory)) {
            throw new IllegalArgumentException(
                    "lambda can be predicted from a DataSetIterator with one input and one output, got "
                            + data.getClass().getName() + "; AutoL2TaskListener does without a prediction");
        }
        return ScoreUtil.getIterator(data);
    }
}
