package io.github.autol2.research.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A training loss over flow time.
 *
 * @param times  increasing, from 0
 * @param losses without penalty, one for each time
 */
record LossCurve(double[] times, double[] losses) {

    /**
     * Trains by full-batch SGD and records the loss.
     *
     * @param eta      the network's learning rate
     * @param steps    updates
     * @param every    updates from one record to the next
     * @param progress is told the number of updates done
     */
    static LossCurve train(
            MultiLayerNetwork network, RegressionTask task, double eta, int steps, int every, LongConsumer progress) {
        int records = steps / every + 1;
        double[] times = new double[records];
        double[] losses = new double[records];
        for (int step = 0; step <= steps; step++) {
            if (step % every == 0) {
                times[step / every] = eta * step;
                losses[step / every] = task.loss(network.output(task.features()));
            }
            if (step < steps) {
                network.fit(task.features(), task.labels());
                progress.accept(step + 1);
            }
        }
        return new LossCurve(times, losses);
    }

    /** The same times with a prediction's losses. */
    LossCurve predicted(DoubleUnaryOperator loss) {
        return new LossCurve(times, Arrays.stream(times).map(loss).toArray());
    }

    int lowest() {
        return IntStream.range(0, losses.length)
                .reduce((best, i) -> losses[i] < losses[best] ? i : best)
                .orElseThrow();
    }

    /** The largest {@code |other / this - 1|} among the first records, up to and including the one with this index. */
    double largestDeviation(LossCurve other, int last) {
        return IntStream.rangeClosed(0, last)
                .mapToDouble(i -> Math.abs(other.losses[i] / losses[i] - 1))
                .max()
                .orElseThrow();
    }

    /** The index of the last record at or before this time. */
    int indexAt(double time) {
        return (int) Arrays.stream(times).filter(t -> t <= time * (1 + 1e-12)).count() - 1;
    }
}
