package io.github.autol2.research.detector;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.training.TrainingBatches;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The loss of a real training with a constant lambda, and where it turns as one sees afterwards. */
final class RecordedCurve {

    /** Iterations on each side that the smooth curve averages over. */
    private static final int HALF_SPAN = 100;

    /** A curve turns if it ends this much above its lowest point, relative to that: noise does not do that over {@link #HALF_SPAN}. */
    private static final double CLEAR_RISE = 0.2;

    private RecordedCurve() {}

    /** The loss without penalty of each batch, before its update. */
    static double[] record(RunSettings settings, DataSplit data, double lambda, long seed, LongConsumer done) {
        Network network = Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.classes(), seed);
        Lambda.set(network.model(), lambda);
        double[] losses = new double[Math.toIntExact(settings.iterations())];
        try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
            for (int i = 0; i < losses.length; i++) {
                double penalty = network.penalty();
                network.fit(batches.next());
                losses[i] = network.model().score() - penalty;
                done.accept(i + 1);
            }
        }
        return losses;
    }

    /** The curve with the lowest point of its moving mean; empty if it does not clearly rise from there. */
    static Optional<Curve> of(double[] losses) {
        double sum = 0;
        int span = 2 * HALF_SPAN + 1;
        double lowest = Double.POSITIVE_INFINITY;
        int turn = 0;
        double last = Double.NaN;
        for (int i = 0; i < losses.length; i++) {
            sum += losses[i] - (i < span ? 0 : losses[i - span]);
            if (i >= span - 1) {
                last = sum / span;
                if (last < lowest) {
                    lowest = last;
                    turn = i - HALF_SPAN;
                }
            }
        }
        return last > (1 + CLEAR_RISE) * lowest ? Optional.of(new Curve(losses, turn)) : Optional.empty();
    }
}
