package io.github.autol2.research.theory;

import io.github.autol2.dl4j.kernel.Output;
import io.github.autol2.dl4j.kernel.TangentKernel;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.KernelModel;
import io.github.autol2.theory.LossMinimum;
import io.github.autol2.theory.Spectrum;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Figure 5c (arXiv:2006.08643v2): a two-layer network trained with L2, beside the theory's k = 2 and k = 1 from the network's own initial
 * kernel and outputs.
 *
 * @param eta    learning rate
 * @param lambda coefficient of the penalty
 * @param until  flow time at which training ends
 * @param every  updates from one record to the next
 */
public record WidthExperiment(double eta, double lambda, double until, int every) {

    private static final double EARLY = 20;

    /**
     * One network.
     *
     * @param width   of its hidden layer
     * @param seed    of its weights
     * @param times   flow times of the records, from 0
     * @param trained training losses without penalty
     * @param deep    the same by the theory with k = 2
     * @param linear  the same with k = 1
     * @param minimum of the theory with k = 2
     */
    public record Result(
            int width,
            long seed,
            double[] times,
            double[] trained,
            double[] deep,
            double[] linear,
            LossMinimum minimum) {

        private LossCurve network() {
            return new LossCurve(times, trained);
        }

        /** When the network's loss was lowest. */
        public double lowestAt() {
            return times[network().lowest()];
        }

        public double lowest() {
            return trained[network().lowest()];
        }

        /** The largest relative deviation of the k = 2 theory up to the network's lowest loss. */
        public double deepDeviation() {
            return network()
                    .largestDeviation(new LossCurve(times, deep), network().lowest());
        }

        /** The same up to time 20. */
        public double earlyDeviation() {
            return network()
                    .largestDeviation(new LossCurve(times, deep), network().indexAt(EARLY));
        }

        /** The same for k = 1. */
        public double linearDeviation() {
            return network()
                    .largestDeviation(new LossCurve(times, linear), network().lowest());
        }
    }

    /** The number of updates. */
    public int steps() {
        return (int) Math.round(until / eta);
    }

    /** A ReLU network trained by Deeplearning4j. */
    public Result relu(DataSet classes, int width, long seed, LongConsumer progress) {
        return trained(RegressionTask.of(classes).rotated(), Activation.RELU, width, seed, progress);
    }

    Result trained(RegressionTask task, Activation activation, int width, long seed, LongConsumer progress) {
        MultiLayerNetwork network = new TwoLayerNetwork(width, activation, eta, lambda).build(task.inputs(), seed);
        TangentKernel tangent = TangentKernel.of(network, Output.ACTIVATIONS);
        double[] initial = Arrays.stream(tangent.outputs(task.features()))
                .mapToDouble(f -> f[0])
                .toArray();
        double[] labels = task.labels().reshape(task.samples()).toDoubleVector();
        KernelModel model =
                KernelModel.of(tangent.matrix(task.features())).initial(initial).labels(labels);
        return beside(model, LossCurve.train(network, task, eta, steps(), every, progress), width, seed);
    }

    /** A linear network of any width, by its exact recursion. */
    public Result linear(DataSet classes, int width, long seed) {
        return linear(RegressionTask.of(classes).rotated(), width, seed);
    }

    Result linear(RegressionTask task, int width, long seed) {
        LinearNetwork network = LinearNetwork.draw(task, width, seed);
        KernelModel model = KernelModel.of(network.kernel())
                .initial(network.outputs().toArray())
                .labels(network.labels());
        double[] times = new double[steps() / every + 1];
        double[] losses = new double[times.length];
        for (int step = 0; step <= steps(); step++) {
            if (step % every == 0) {
                times[step / every] = eta * step;
                losses[step / every] = network.loss();
            }
            network.step(eta, lambda);
        }
        return beside(model, new LossCurve(times, losses), width, seed);
    }

    private Result beside(KernelModel model, LossCurve network, int width, long seed) {
        Spectrum deep = model.spectrum(new Flow(TwoLayerNetwork.DEGREE, lambda));
        return new Result(
                width,
                seed,
                network.times(),
                network.losses(),
                network.predicted(deep::loss).losses(),
                network.predicted(model.spectrum(new Flow(1, lambda))::loss).losses(),
                deep.minimum());
    }
}
