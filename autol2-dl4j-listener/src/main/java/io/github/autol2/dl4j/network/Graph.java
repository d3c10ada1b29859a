package io.github.autol2.dl4j.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A network whose layers form a graph. */
record Graph(ComputationGraph model) implements Network {
    @Override
    public <T> T either(Function<MultiLayerNetwork, T> multiLayer, Function<ComputationGraph, T> graph) {
        return graph.apply(model);
    }

    @Override
    public String json() {
        return model.getConfiguration().toJson();
    }

    @Override
    public List<Layer> layers() {
        return layerVertices().map(vertex -> vertex.getLayerConf().getLayer()).toList();
    }

    @Override
    public long seed() {
        return model.getConfiguration().getDefaultConfiguration().getSeed();
    }

    @Override
    public void setSeed(long seed) {
        model.getConfiguration().getDefaultConfiguration().setSeed(seed);
        layerVertices().forEach(vertex -> vertex.getLayerConf().setSeed(seed));
    }

    private Stream<LayerVertex> layerVertices() {
        return model.getConfiguration().getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(LayerVertex.class::cast);
    }

    @Override
    public Network untrainedCopy() {
        ComputationGraphConfiguration copy = ComputationGraphConfiguration.fromJson(json());
        copy.setIterationCount(0);
        copy.setEpochCount(0);
        return new Graph(new ComputationGraph(copy));
    }

    @Override
    public int iteration() {
        return model.getIterationCount();
    }

    @Override
    public void setIteration(int iteration) {
        model.getConfiguration().setIterationCount(iteration);
    }

    @Override
    public int epoch() {
        return model.getEpochCount();
    }

    @Override
    public void countEpoch() {
        model.incrementEpochCount();
    }

    @Override
    public void fit(DataSet batch) {
        model.fit(batch);
    }

    @Override
    public long updates(DataSet batch) {
        ComputationGraphConfiguration conf = model.getConfiguration();
        return Segments.of(batch, conf.getBackpropType(), conf.getTbpttFwdLength());
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

    @Override
    public INDArray output(INDArray features) {
        return model.outputSingle(features);
    }

    @Override
    public INDArray losses(DataSet batch) {
        return model.scoreExamples(batch, false);
    }

    @Override
    public Network copy() {
        // Not clone(), which shares the list of listeners and forgets how far the graph is.
        ComputationGraph copy = new ComputationGraph(model.getConfiguration().clone());
        copy.init(model.params().dup(), false);
        BaseMultiLayerUpdater<?> updater = updater();
        if (updater != null && updater.getStateViewArray() != null) {
            copy.getUpdater().setStateViewArray(updater.getStateViewArray().dup());
        }
        for (GraphVertex vertex : model.getVertices()) {
            if (vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayer) {
                copy.getVertex(vertex.getVertexName()).setLayerAsFrozen();
            }
        }
        copy.getConfiguration().setIterationCount(iteration());
        copy.getConfiguration().setEpochCount(epoch());
        return new Graph(copy);
    }

    @Override
    public double score(DataSet batch) {
        return model.score(batch, false);
    }

    @Override
    public double penalty() {
        return model.calcRegularizationScore(true);
    }

    @Override
    public List<IOutputLayer> outputLayers() {
        List<IOutputLayer> outputs = new ArrayList<>();
        for (int i = 0; i < model.getNumOutputArrays(); i++) {
            outputs.add(OutputLayers.withLoss(model.getOutputLayer(i)));
        }
        return outputs;
    }

    @Override
    public Map<String, Trainable> trainables() {
        Map<String, Trainable> trainables = new LinkedHashMap<>();
        for (GraphVertex vertex : model.getVertices()) {
            trainables.put(vertex.getVertexName(), vertex.hasLayer() ? vertex.getLayer() : vertex);
        }
        return trainables;
    }

    @Override
    public List<TrainingListener> listeners() {
        return List.copyOf(model.getListeners());
    }

    @Override
    public boolean dividesByBatch() {
        return model.conf().isMiniBatch();
    }

    @Override
    public double learningRate() {
        return OutputLayers.orNaN(model.getLearningRate(
                model.getConfiguration().getNetworkOutputs().get(0)));
    }

    @Override
    public BaseMultiLayerUpdater<?> updater() {
        return model.getUpdater(false);
    }
}
