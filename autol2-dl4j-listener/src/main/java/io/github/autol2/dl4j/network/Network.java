package io.github.autol2.dl4j.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A {@code MultiLayerNetwork} or a {@code ComputationGraph}, alike for both. It is a view without a state of its own: what is done to it is
 * done to the network. It is as thread-safe as the network, which is not.
 */
public sealed interface Network extends JudgedNetwork permits MultiLayer, Graph {

    /** The ends of the names of running means and variances; among Deeplearning4j's layers only batch normalisation has these. */
    Set<String> STATISTICS = Set.of(
            BatchNormalizationParamInitializer.GLOBAL_MEAN,
            BatchNormalizationParamInitializer.GLOBAL_VAR,
            BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

    /**
     * {@return whether a model is a network; false for a single layer, which Deeplearning4j passes to listeners in layer-wise pretraining}
     *
     * @param model of any kind; not null
     */
    static boolean isNetwork(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    /**
     * {@return the view of a network}
     *
     * @param model initialised or not
     * @throws IllegalArgumentException if it is null or of another kind
     */
    static Network of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return new MultiLayer(network);
        }
        if (model instanceof ComputationGraph graph) {
            return new Graph(graph);
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or ComputationGraph, got "
                + (model == null ? "null" : model.getClass().getSimpleName()));
    }

    /** {@return Deeplearning4j's own object} */
    Model model();

    /**
     * What only one kind of network can do: calls the function of this kind.
     *
     * @param <T>        what the functions give
     * @param multiLayer for a MultiLayerNetwork
     * @param graph      for a ComputationGraph
     * @return what the function of this kind gives
     */
    <T> T either(Function<MultiLayerNetwork, T> multiLayer, Function<ComputationGraph, T> graph);

    // The configuration, which can be asked for before init().

    /** {@return the configuration as Deeplearning4j reads it} */
    String json();

    /**
     * {@return the configurations of the layers, without those of a graph's other vertices} They are live: a change acts at {@link #init}.
     */
    List<Layer> layers();

    /** {@return the names of the layers whose weights training leaves as they are; of one without a name, its place from 0} */
    default List<String> frozenLayers() {
        List<Layer> all = layers();
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i) instanceof FrozenLayer || all.get(i) instanceof FrozenLayerWithBackprop)
                .mapToObj(i -> Objects.requireNonNullElse(all.get(i).getLayerName(), "layer" + i))
                .toList();
    }

    /** {@return the seed of the initial weights} */
    long seed();

    /**
     * Changes the seed of the initial weights everywhere in the configuration; acts at {@link #init}.
     *
     * @param seed any
     */
    void setSeed(long seed);

    /**
     * {@return a network with the same configuration, not initialised, with no updates behind it and no listeners} It shares nothing with
     * this
     * one.
     */
    Network untrainedCopy();

    /** {@return the parameter updates so far} */
    int iteration();

    /**
     * Changes the count of parameter updates, which schedules and updaters read.
     *
     * @param iteration at least 0
     */
    void setIteration(int iteration);

    /** {@return the passes over the data so far, as Deeplearning4j counts them} */
    int epoch();

    /**
     * Makes the parameters, from the seed.
     *
     * @return this network
     */
    default Network init() {
        model().init();
        return this;
    }

    /** Counts a pass over the data: {@link #fit} does not, and schedules may go by it. */
    void countEpoch();

    // What needs parameters.

    /** {@return the number of parameters that training changes: all but the running means and variances of batch normalisation} */
    default long trainedParameters() {
        return model().paramTable().entrySet().stream()
                .filter(parameter -> !STATISTICS.contains(
                        parameter.getKey().substring(parameter.getKey().lastIndexOf('_') + 1)))
                .mapToLong(parameter -> parameter.getValue().length())
                .sum();
    }

    /**
     * {@return whether the network was trained before} Its own count says so; where that was lost, as when layers of another network are
     * taken over, the running means of batch normalisation do, which begin at 0.
     */
    default boolean hasTrained() {
        return iteration() > 0
                || model().paramTable().entrySet().stream()
                        .anyMatch(parameter ->
                                parameter.getKey().endsWith("_" + BatchNormalizationParamInitializer.GLOBAL_MEAN)
                                        && parameter.getValue().norm2Number().doubleValue() > 0);
    }

    /** {@return the listeners in the order in which they are called} */
    List<TrainingListener> listeners();

    /**
     * Adds a listener behind those that are there.
     *
     * @param listener of this network
     */
    default void addListener(TrainingListener listener) {
        model().addListeners(listener);
    }

    /**
     * One parameter update.
     *
     * @param batch at least one example
     */
    void fit(DataSet batch);

    /**
     * {@return the parameter updates that {@link #fit} makes of a batch: one for each segment of its sequences where backpropagation is truncated}
     *
     * @param batch at least one example
     */
    long updates(DataSet batch);

    /**
     * {@return the (first) output for a batch with its masks, outside of training}
     *
     * @param batch at least one example
     */
    INDArray output(DataSet batch);

    /**
     * The output of a network with one output, outside of training.
     *
     * @param features {@code [minibatch, inputs]}
     * @return {@code [minibatch, classes]}
     */
    INDArray output(INDArray features);

    /**
     * {@return the loss of each example of a batch without any penalty, outside of training: {@code [minibatch, 1]}}
     *
     * @param batch at least one example
     */
    INDArray losses(DataSet batch);

    /** {@return a network of its own with the same parameters, updater state and counters, and no listeners} */
    Network copy();

    /**
     * {@return the mean loss over the examples of a batch with all penalties, outside of training}
     *
     * @param batch at least one example
     */
    double score(DataSet batch);

    /**
     * {@return the mean loss over the examples of a batch without any penalty, outside of training}
     *
     * @param batch at least one example
     */
    default double loss(DataSet batch) {
        return scoreHoldsPenalty() ? score(batch) - penalty() : score(batch);
    }

    /**
     * {@return whether the score is the loss plus all penalties}
     *
     * <p>Deeplearning4j hands the penalties to the first output layer, and its SameDiffOutputLayer leaves them out.
     */
    default boolean scoreHoldsPenalty() {
        return !(outputLayers().get(0) instanceof SameDiffOutputLayer);
    }

    /** {@return the loss of the current batch with all penalties} Free: Deeplearning4j has it at hand. */
    default double score() {
        return model().score();
    }

    /** {@return the sum of all penalties at the current parameters, L1 and weight decay included} */
    double penalty();

    /** {@return the score minus the loss of the current batch without any penalty} */
    default double penaltyInScore() {
        return scoreHoldsPenalty() ? penalty() : 0;
    }

    /**
     * {@return the output layers}
     *
     * @throws IllegalStateException if the network ends in a layer without a loss
     */
    List<IOutputLayer> outputLayers();

    /** {@return the layers, and a graph's other vertices, by the first part of their parameters' names} */
    Map<String, Trainable> trainables();

    /** {@return whether the gradients of a batch are divided by its number of examples} */
    boolean dividesByBatch();

    /** {@return the learning rate of the (first) output layer in the next iteration; NaN where its updater has none} */
    double learningRate();

    /**
     * {@return the updater's state; null before the first update} Asking does not make one: Deeplearning4j would put it into the workspace
     * of the
     * training step that is under way.
     */
    BaseMultiLayerUpdater<?> updater();

    /** Makes the updater's state where there is none yet; outside of training only. */
    default void makeUpdater() {
        either(MultiLayerNetwork::getUpdater, ComputationGraph::getUpdater);
    }

    @Override
    default Judgement judge(DataSet batch) {
        INDArray output = output(batch);
        return new Judgement(losses(batch), Optional.of(output));
    }

    @Override
    default List<INDArray> parameters() {
        return List.of(model().params());
    }

    @Override
    default List<INDArray> updaterState() {
        INDArray state = updater() == null ? null : updater().getStateViewArray();
        return state == null ? List.of() : List.of(state);
    }

    @Override
    default boolean takesDataSets() {
        return either(multiLayer -> true, graph -> graph.getNumInputArrays() == 1 && graph.getNumOutputArrays() == 1);
    }
}
