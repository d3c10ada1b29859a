package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.samediff.SameDiffOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network, alike for both kinds: what the listener reads on it inside {@code onBackwardPass}, and what the calibrator does with it.
 */
sealed interface Network {

    /**
     * @return null for a model that is not a network (a single layer, in layer-wise pretraining)
     */
    static Network of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return new MultiLayer(network);
        }
        return model instanceof ComputationGraph graph ? new Graph(graph) : null;
    }

    Model model();

    /** Parameter updates so far. */
    int iteration();

    int epoch();

    /** Every penalty in the score, L1 and weight decay included. */
    double fullPenalty();

    List<IOutputLayer> outputs();

    List<Slot> slots(Predicate<String> layers, boolean biases);

    /** What Adam divides gradients by at this iteration; see {@link AdamScale}. */
    double adamScale();

    /** One parameter update. */
    void fit(DataSet batch);

    /** The (first) output for a batch, outside of training. */
    INDArray output(DataSet batch);

    /** The loss of the current batch with all penalties. Free: Deeplearning4j has it at hand. */
    default double score() {
        return model().score();
    }

    /**
     * The score minus the loss of the current batch without any penalty.
     *
     * <p>Deeplearning4j's SameDiffOutputLayer leaves the penalty out of the score, so with one the loss is computed instead.
     */
    default double penalty() {
        List<IOutputLayer> outputs = outputs();
        if (outputs.stream().noneMatch(SameDiffOutputLayer.class::isInstance)) {
            return fullPenalty();
        }
        double loss = 0;
        for (IOutputLayer output : outputs) {
            loss += output.computeScore(0, true, LayerWorkspaceMgr.noWorkspaces());
        }
        return score() - loss;
    }

    private static IOutputLayer unwrapped(Layer layer) {
        Layer inner = layer instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : layer;
        if (inner instanceof IOutputLayer output) {
            return output;
        }
        throw new IllegalStateException("the network ends in "
                + inner.getClass().getSimpleName() + ", which has no loss: AutoL2 needs an output or loss layer");
    }

    /** {@inheritDoc} */
    record MultiLayer(MultiLayerNetwork model) implements Network {
        @Override
        public int iteration() {
            return model.getIterationCount();
        }

        @Override
        public int epoch() {
            return model.getEpochCount();
        }

        @Override
        public double fullPenalty() {
            return model.calcRegularizationScore(true);
        }

        @Override
        public List<IOutputLayer> outputs() {
            return List.of(unwrapped(model.getLayer(model.getnLayers() - 1)));
        }

        @Override
        public List<Slot> slots(Predicate<String> layers, boolean biases) {
            return Slots.of(model, layers, biases);
        }

        @Override
        public double adamScale() {
            return AdamScale.of((BaseMultiLayerUpdater<?>) model.getUpdater(false), iteration());
        }

        @Override
        public void fit(DataSet batch) {
            model.fit(batch);
        }

        @Override
        public INDArray output(DataSet batch) {
            return model.output(batch.getFeatures(), false, batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
        }
    }

    /** {@inheritDoc} */
    record Graph(ComputationGraph model) implements Network {
        @Override
        public int iteration() {
            return model.getIterationCount();
        }

        @Override
        public int epoch() {
            return model.getEpochCount();
        }

        @Override
        public double fullPenalty() {
            return model.calcRegularizationScore(true);
        }

        @Override
        public List<IOutputLayer> outputs() {
            List<IOutputLayer> outputs = new ArrayList<>();
            for (int i = 0; i < model.getNumOutputArrays(); i++) {
                outputs.add(unwrapped(model.getOutputLayer(i)));
            }
            return outputs;
        }

        @Override
        public List<Slot> slots(Predicate<String> layers, boolean biases) {
            return Slots.of(model, layers, biases);
        }

        @Override
        public double adamScale() {
            return AdamScale.of(model.getUpdater(false), iteration());
        }

        @Override
        public void fit(DataSet batch) {
            model.fit(batch);
        }

        @Override
        public INDArray output(DataSet batch) {
            return model.output(
                            false,
                            array(batch.getFeatures()),
                            array(batch.getFeaturesMaskArray()),
                            array(batch.getLabelsMaskArray()))[0];
        }

        private static INDArray[] array(INDArray element) {
            return element == null ? null : new INDArray[] {element};
        }
    }
}
