package io.github.autol2.research.detector;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Rule;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.schedule.PublishedRule;
import io.github.autol2.schedule.PublishedState;
import io.github.autol2.schedule.TrainingStart;
import java.util.OptionalDouble;

/** When a detector says that a curve has turned: the iteration, or the curve's length if it never does. */
interface Alarm {

    int at(double[] losses);

    /** Iterations whose mean is one measurement. */
    int WINDOW = 20;

    /** Ignored at first, so that a refractory period is over; in iterations. */
    int QUIET = 200;

    /** The published sign, on window means. */
    static Alarm published() {
        PublishedRule rule = AutoL2Options.paper()
                .withInitialLambda(0.1 / QUIET) // so that the refractory period, 0.1/lambda, is the quiet time
                .rule();
        return losses -> {
            double[] means = windows(losses);
            PublishedState state = rule.start(0, new TrainingStart(losses[0], 0, 0));
            for (int i = 0; i < means.length; i++) {
                int last = (i + 1) * WINDOW - 1;
                AutoL2Rule.Step<PublishedState> step =
                        rule.apply(state, new Measurement(last, means[i], 0, OptionalDouble.empty(), 0));
                if (step.decision() instanceof Decision.Change) {
                    return last;
                }
                state = step.state();
            }
            return losses.length;
        };
    }

    /** {@link PageTest} on windows. */
    static Alarm page(double standardErrors) {
        return losses -> {
            PageTest test = new PageTest(standardErrors);
            for (int from = 0; from + WINDOW <= losses.length; from += WINDOW) {
                boolean rose = test.rose(losses, from, from + WINDOW);
                if (rose && from + WINDOW > QUIET) {
                    return from + WINDOW - 1;
                }
            }
            return losses.length;
        };
    }

    /** Page and Hinkley's test against an exponential mean over ten windows, in standard deviations of the window means. */
    static Alarm pageHinkley(double threshold) {
        return losses -> {
            double[] means = windows(losses);
            double reference = means[0];
            double variance = 0;
            double sum = 0;
            for (int i = 1; i < means.length; i++) {
                double step = means[i] - means[i - 1];
                variance += 0.1 * (step * step / 2 - variance);
                sum = Math.max(0, sum + (means[i] - reference) / Math.sqrt(variance) - 0.5);
                reference += 0.1 * (means[i] - reference);
                if ((i + 1) * WINDOW > QUIET && sum > threshold) {
                    return (i + 1) * WINDOW - 1;
                }
            }
            return losses.length;
        };
    }

    /** The slope of a straight line through the last ten windows, in its own standard errors. */
    static Alarm slope(double threshold) {
        int span = 10;
        return losses -> {
            double[] means = windows(losses);
            for (int last = span - 1; last < means.length; last++) {
                if ((last + 1) * WINDOW > QUIET && slopeInErrors(means, last - span + 1, span) > threshold) {
                    return (last + 1) * WINDOW - 1;
                }
            }
            return losses.length;
        };
    }

    private static double slopeInErrors(double[] values, int from, int span) {
        double centre = (span - 1) / 2.0;
        double mean = 0;
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < span; i++) {
            mean += values[from + i] / span;
            xy += (i - centre) * values[from + i];
            xx += (i - centre) * (i - centre);
        }
        double slope = xy / xx;
        double residual = 0;
        for (int i = 0; i < span; i++) {
            double distance = values[from + i] - mean - slope * (i - centre);
            residual += distance * distance;
        }
        return slope / Math.sqrt(residual / (span - 2) / xx);
    }

    private static double[] windows(double[] losses) {
        double[] means = new double[losses.length / WINDOW];
        for (int i = 0; i < means.length * WINDOW; i++) {
            means[i / WINDOW] += losses[i] / WINDOW;
        }
        return means;
    }
}
