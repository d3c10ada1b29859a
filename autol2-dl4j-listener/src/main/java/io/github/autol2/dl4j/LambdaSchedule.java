package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.numbers.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The lambda that a run had at each of its iterations, as plain Deeplearning4j schedules. A network that is trained with it, from the same
 * seed on the same batches, comes to the same parameters, bit for bit, as the one that the run followed; it needs nothing of this library.
 *
 * <pre>{@code
 * MultiLayerConfiguration found = listener.schedule().applyTo(configuration);
 * MultiLayerNetwork again = new MultiLayerNetwork(found);
 * }</pre>
 *
 * <p>That holds for a run on one thread; with replicas a new lambda may reach some of them one iteration late. A schedule needs a network
 * that counts its iterations: a worker's network on Spark does so with a SparkDl4jMultiLayer and ParameterAveragingTrainingMaster only.
 * Iterations before the run
 * began have its first lambda, those after its end its last.
 *
 * @param steps   where lambda changed, oldest first; at least one, the first of which is the first lambda
 * @param penalty what lambda is the coefficient of
 * @param ratios  coefficient / lambda, by the parameters that take part, for example {@code layer0 weights}; at least one
 * @param own     the coefficients that the network had, by these names: up to the largest of them lambda keeps their ratios, and
 *                parameters without one have 0. Empty if the run did not begin with them
 */
public record LambdaSchedule(List<Step> steps, Penalty penalty, Map<String, Double> ratios, Map<String, Double> own) {

    /**
     * lambda changes.
     *
     * @param iteration the first one, in the network's own count, whose update has this lambda, at least 0
     * @param lambda    from then on, finite and at least 0
     */
    public record Step(long iteration, double lambda) {
        public Step {
            Check.atLeastZero("iteration", iteration);
            Check.notNegative("lambda", lambda);
        }
    }

    public LambdaSchedule {
        steps = List.copyOf(steps);
        Objects.requireNonNull(penalty, "penalty");
        ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios)); // keeps the order of the layers
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        if (steps.isEmpty() || ratios.isEmpty()) {
            throw new IllegalArgumentException(
                    "a schedule of lambda needs at least one step and one ratio, got " + steps + " and " + ratios);
        }
        requireOrder(steps);
    }

    /**
     * Of a run that did not begin with coefficients of the network's own.
     *
     * @param steps   as above
     * @param penalty as above
     * @param ratios  as above
     * @throws IllegalArgumentException if there are no steps or ratios, or the iterations do not rise from step to step
     */
    public LambdaSchedule(List<Step> steps, Penalty penalty, Map<String, Double> ratios) {
        this(steps, penalty, ratios, Map.of());
    }

    /**
     * Refuses steps that do not follow each other.
     *
     * @throws IllegalArgumentException if the iterations do not rise from step to step
     */
    static void requireOrder(List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).iteration() <= steps.get(i - 1).iteration()) {
                throw new IllegalArgumentException("the iterations of lambda's steps must rise, got " + steps.get(i)
                        + " after " + steps.get(i - 1));
            }
        }
    }

    /** {@return lambda by the iteration} */
    public ISchedule schedule() {
        return byIteration(lambda -> lambda);
    }

    /**
     * {@return Deeplearning4j's element for parameters whose ratio is 1, and which are not left out by {@code own}, to be put into a configuration by hand}
     *
     * @throws IllegalStateException if the run's penalty was weight decay
     */
    public L2Regularization l2() {
        require(Penalty.L2);
        return new L2Regularization(schedule());
    }

    /**
     * {@return Deeplearning4j's element for parameters whose ratio is 1, and which are not left out by {@code own}, to be put into a configuration by hand}
     *
     * @param applyLR whether the learning rate multiplies it; give what the run's network had, true if that had no weight decay
     * @throws IllegalStateException if the run's penalty was L2
     */
    public WeightDecay weightDecay(boolean applyLR) {
        require(Penalty.WEIGHT_DECAY);
        return new WeightDecay(schedule(), applyLR);
    }

    /**
     * Puts the schedule into a network, in the place of its elements of this kind. All that took part in the run gets one, each with its
     * own ratio; the rest of the network stays as it is.
     *
     * @param network a MultiLayerNetwork or ComputationGraph, initialised, with the layers of the run's network
     * @throws IllegalStateException if it has not the parameters that took part in the run
     */
    public void applyTo(Model network) {
        Network view = Network.of(network);
        Participants all = new Participants(name -> true, true, true); // the ratios choose
        new NetworkLambda(view, PenalisedParameters.of(view, all), penalty, false, new Coefficients(ratios, own))
                .set(this);
    }

    /**
     * {@return a copy with the schedule in it, in the place of elements of this kind} Its network is built once for a moment; ND4J's random
     * numbers stay as they are.
     *
     * @param configuration of the run's network; stays as it is
     * @throws IllegalStateException if it has not the parameters that took part in the run
     */
    public MultiLayerConfiguration applyTo(MultiLayerConfiguration configuration) {
        return ((MultiLayerNetwork) withSchedule(new MultiLayerNetwork(configuration))).getLayerWiseConfigurations();
    }

    /**
     * {@return a copy with the schedule in it, in the place of elements of this kind} Its graph is built once for a moment; ND4J's random
     * numbers stay as they are.
     *
     * @param configuration of the run's graph; stays as it is
     * @throws IllegalStateException if it has not the parameters that took part in the run
     */
    public ComputationGraphConfiguration applyTo(ComputationGraphConfiguration configuration) {
        return ((ComputationGraph) withSchedule(new ComputationGraph(configuration))).getConfiguration();
    }

    private Model withSchedule(Model network) {
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        try {
            Model copy = Network.of(network).untrainedCopy().init().model();
            applyTo(copy);
            return copy;
        } finally {
            random.setStates(rootState, nodeState);
        }
    }

    /** What the parameters with this name have. */
    ISchedule coefficient(String name) {
        Coefficients coefficients = new Coefficients(ratios, own);
        return byIteration(lambda -> coefficients.of(name, lambda));
    }

    private ISchedule byIteration(DoubleUnaryOperator ofLambda) {
        Map<Integer, Double> values = new TreeMap<>();
        values.put(0, ofLambda.applyAsDouble(steps.get(0).lambda())); // Deeplearning4j wants a value for iteration 0
        steps.forEach(step -> values.put(Math.toIntExact(step.iteration()), ofLambda.applyAsDouble(step.lambda())));
        return new MapSchedule(ScheduleType.ITERATION, values);
    }

    private void require(Penalty kind) {
        if (penalty != kind) {
            throw new IllegalStateException("the run's penalty was " + penalty + ", not " + kind);
        }
    }
}
