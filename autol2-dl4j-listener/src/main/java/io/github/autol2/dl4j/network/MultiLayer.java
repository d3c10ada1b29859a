package io.github.autol2.dl4j.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A network whose layers follow each other. */
record MultiLayer(MultiLayerNetwork model) implements Network {
    @Override
    public <T> T either(Function<MultiLayerNetwork, T> multiLayer, Function<ComputationGraph, T> graph) {
        return multiLayer.apply(model);
    }

    @Override
    public String json() {
        return model.getLayerWiseConfigurations().toJson();
    }

    @Override
    public List<Layer> layers() {
        return model.getLayerWiseConfigurations().getConfs().stream()
                .map(NeuralNetConfiguration::getLayer)
                .toList();
    }

    @Override
    public long seed() {
        return model.getLayerWiseConfigurations().getConf(0).getSeed();
    }

    @Override
    public void setSeed(long seed) {
        model.getLayerWiseConfigurations().getConfs().forEach(layer -> layer.setSeed(seed));
        model.getDefaultConfiguration().setSeed(seed); // a copy of the first layer's, and the one that init() reads
    }

    @Override
    public Network untrainedCopy() {
        MultiLayerConfiguration copy = MultiLayerConfiguration.fromJson(json());
        copy.setIterationCount(0);
        copy.setEpochCount(0);
        return new MultiLayer(new MultiLayerNetwork(copy));
    }

    @Override
    public int iteration() {
        return model.getIterationCount();
    }

    @Override
    public void setIteration(int iteration) {
        model.setIterationCount(iteration);
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
        MultiLayerConfiguration conf = model.getLayerWiseConfigurations();
        return Segments.of(batch, conf.getBackpropType(), conf.getTbpttFwdLength());
    }

    @Override
    public INDArray output(DataSet batch) {
        return model.output(batch.getFeatures(), false, batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
    }

    @Override
    public INDArray output(INDArray features) {
        return model.output(features);
    }

    @Override
    public INDArray losses(DataSet batch) {
        return model.scoreExamples(batch, false);
    }

    @Override
    public Network copy() {
        return new MultiLayer(model.clone());
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
        return List.of(OutputLayers.withLoss(model.getLayer(model.getnLayers() - 1)));
    }

    @Override
    public Map<String, Trainable> trainables() {
        Map<String, Trainable> trainables = new LinkedHashMap<>();
        for (int i = 0; i < model.getnLayers(); i++) { // not getLayers(), which replicas in threads may wait for
            trainables.put(Integer.toString(i), model.getLayer(i));
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
        return OutputLayers.orNaN(model.getLearningRate(model.getnLayers() - 1));
    }

    @Override
    public BaseMultiLayerUpdater<?> updater() {
        return (BaseMultiLayerUpdater<?>) model.getUpdater(false);
    }
}
