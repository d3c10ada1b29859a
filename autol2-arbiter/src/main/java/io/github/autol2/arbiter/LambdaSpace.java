package io.github.autol2.arbiter;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.LambdaRange;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;

/** A space for {@code l2(...)}, for those who search over lambda with a generator of their own. */
public final class LambdaSpace {

    private LambdaSpace() {}

    /**
     * {@return the interval of the calibration's prediction ({@link LambdaRange}): log-uniform, so a grid is evenly spaced on a logarithmic scale} It is Arbiter's own space and goes to JSON and back like any other.
     *
     * @param calibration of a network like those of the search
     * @param iterations  of the training runs of the search
     */
    public static ParameterSpace<Double> around(Calibration calibration, long iterations) {
        LambdaRange range = calibration.range(iterations);
        return range.low() < range.high()
                ? new ContinuousParameterSpace(new LogUniformDistribution(range.low(), range.high()))
                : new FixedValue<>(range.lambda());
    }
}
