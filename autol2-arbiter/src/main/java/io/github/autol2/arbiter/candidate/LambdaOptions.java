package io.github.autol2.arbiter.candidate;

import io.github.autol2.prediction.CalibrationOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How each candidate of a search gets its lambda. Start from {@link #predicted()}, {@link #refined(int)},
 * {@link #adaptive()} or {@link #validated()} and change it with the {@code with...} methods.
 *
 * @param method     what becomes of the prediction
 * @param neighbours lambdas to try beside the prediction, each a candidate of its own, at least 0; 0 but for
 *                   {@link Method#PREDICTED}
 * @param share      of the training iterations, in (0, 1]: the most that a calibration spends for each seed
 * @param seeds      of the calibration's runs, distinct, at least one. With a race the first alone counts: lambda is the race's, and the
 *                   runs of the others would change no prediction
 * @param iterations T, for which lambda is predicted; 0: the candidate's epochs times the updates of one pass over its training
 *                   data. To be given with early stopping, where the number of epochs is not known, and with a learning-rate schedule:
 *                   T1, the time of its first decay
 * @param race       whether a race of short runs on the validation data finds lambda; without it lambda is c/T
 */
public record LambdaOptions(
        Method method, int neighbours, double share, List<Long> seeds, long iterations, boolean race)
        implements Serializable {

    /** What becomes of the prediction. */
    public enum Method {
        /** The candidate trains with the predicted lambda. */
        PREDICTED,
        /** The candidate trains with AutoL2, which starts from the calibration and lowers lambda by itself. */
        ADAPTIVE,
        /**
         * The candidate trains with AutoL2, which starts from the predicted lambda; the validation data decide when it is lowered, and the
         * network is in the end the best one of the training by them. Does not go with early stopping.
         */
        VALIDATED
    }

    /**
     * For JSON.
     *
     * @param method     what lambda a candidate trains with
     * @param neighbours further candidates inside the interval of each prediction, at least 0
     * @param share      of a training run that a calibration run may take, in (0, 1]
     * @param seeds      of the calibration runs, at least one
     * @param iterations of the training that the prediction is for; 0: those of the candidate itself
     * @param race       whether a race of short runs finds lambda; null: yes
     * @return the options
     */
    @JsonCreator
    public static LambdaOptions of(
            @JsonProperty("method") Method method,
            @JsonProperty("neighbours") int neighbours,
            @JsonProperty("share") double share,
            @JsonProperty("seeds") List<Long> seeds,
            @JsonProperty("iterations") long iterations,
            @JsonProperty("race") Boolean race) {
        return new LambdaOptions(method, neighbours, share, seeds, iterations, race == null || race);
    }

    /** Checks the ranges. */
    public LambdaOptions {
        Objects.requireNonNull(method, "method");
        seeds = List.copyOf(seeds);
        if (neighbours < 0 || (method != Method.PREDICTED && neighbours > 0)) {
            throw new IllegalArgumentException(
                    "neighbours must be at least 0, and 0 but for PREDICTED, got " + neighbours + " for " + method);
        }
        if (iterations < 0) {
            throw new IllegalArgumentException("iterations must be at least 0, got " + iterations);
        }
        new CalibrationOptions(Long.MAX_VALUE, share, seeds, race); // has the rules for the share and the seeds
    }

    /** {@return the options of a search in which each candidate trains with its predicted lambda} */
    public static LambdaOptions predicted() {
        CalibrationOptions usual = CalibrationOptions.forBudget(Long.MAX_VALUE);
        return new LambdaOptions(Method.PREDICTED, 0, usual.share(), usual.seeds(), 0, usual.race());
    }

    /**
     * {@return the options of a search in which each candidate becomes 1 + neighbours: with the predicted lambda, and with others inside
     * its interval}
     *
     * @param neighbours at least 0
     */
    public static LambdaOptions refined(int neighbours) {
        return predicted().withNeighbours(neighbours);
    }

    /** {@return the options of a search in which each candidate trains with AutoL2, which starts from the calibration} */
    public static LambdaOptions adaptive() {
        return predicted().with(Method.ADAPTIVE);
    }

    /**
     * {@return the options of a search in which each candidate trains with AutoL2 from its predicted lambda, led by the validation data} They
     * are evaluated about 50 times in each training, and the best network of the training is the candidate's. There must be no early
     * stopping, which would choose by the same data once more.
     */
    public static LambdaOptions validated() {
        return predicted().with(Method.VALIDATED);
    }

    private LambdaOptions with(Method other) {
        return new LambdaOptions(other, neighbours, share, seeds, iterations, race);
    }

    /**
     * {@return the same with another number of neighbours}
     *
     * @param count at least 0
     */
    public LambdaOptions withNeighbours(int count) {
        return new LambdaOptions(method, count, share, seeds, iterations, race);
    }

    /**
     * {@return the same with another length of the calibration runs}
     *
     * @param other as a share of the training, in (0, 1]
     */
    public LambdaOptions withShare(double other) {
        return new LambdaOptions(method, neighbours, other, seeds, iterations, race);
    }

    /**
     * {@return the same with other calibration runs}
     *
     * @param others one seed for each run, at least one; with a race the first alone counts
     */
    public LambdaOptions withSeeds(List<Long> others) {
        return new LambdaOptions(method, neighbours, share, others, iterations, race);
    }

    /**
     * {@return the same for trainings of another length}
     *
     * @param count iterations of the training that the prediction is for; 0: those of the candidate itself
     */
    public LambdaOptions withIterations(long count) {
        return new LambdaOptions(method, neighbours, share, seeds, count, race);
    }

    /** {@return the same with lambda = c/T, the paper's law, without a race} */
    public LambdaOptions withoutRace() {
        return new LambdaOptions(method, neighbours, share, seeds, iterations, false);
    }

    /**
     * {@return what a calibration may spend}
     *
     * @param budget iterations of the training runs that it predicts for, at least 1
     */
    public CalibrationOptions calibration(long budget) {
        return new CalibrationOptions(budget, share, race ? seeds.subList(0, 1) : seeds, race);
    }
}
