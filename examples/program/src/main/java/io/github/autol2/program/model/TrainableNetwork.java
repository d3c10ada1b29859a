package io.github.autol2.program.model;

import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A classifier with one input and one output, alike for both kinds of network. */
public sealed interface TrainableNetwork {

    /** The ends of their names; among Deeplearning4j's layers only batch normalisation has these. */
    Set<String> STATISTICS = Set.of(
            BatchNormalizationParamInitializer.GLOBAL_MEAN,
            BatchNormalizationParamInitializer.GLOBAL_VAR,
            BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

    Model model();

    void addListener(TrainingListener listener);

    /** One parameter update. */
    void fit(DataSet batch);

    /**
     * @param features {@code [minibatch, inputs]}
     * @return {@code [minibatch, classes]}
     */
    INDArray output(INDArray features);

    /** Mean loss per example with the penalty. */
    double score(DataSet data);

    /** All penalties in the score. */
    double penalty();

    /** The learning rate of the next iteration; NaN where the updater has none. */
    double learningRate();

    /** The configuration, as Deeplearning4j reads it. */
    String json();

    /** The number of parameters that training changes: all but the running means and variances of batch normalisation. */
    default long trainedParameters() {
        return model().paramTable().entrySet().stream()
                .filter(parameter -> !STATISTICS.contains(
                        parameter.getKey().substring(parameter.getKey().lastIndexOf('_') + 1)))
                .mapToLong(parameter -> parameter.getValue().length())
                .sum();
    }

    /** {@inheritDoc} */
    record MultiLayer(MultiLayerNetwork model) implements TrainableNetwork {
        @Override
        public void addListener(TrainingListener listener) {
            model.addListeners(listener);
        }

        @Override
        public void fit(DataSet batch) {
            model.fit(batch);
        }

        @Override
        public INDArray output(INDArray features) {
            return model.output(features);
        }

        @Override
        public double score(DataSet data) {
            return model.score(data, false);
        }

        @Override
        public double penalty() {
            return model.calcRegularizationScore(true);
        }

        @Override
        public double learningRate() {
            return orNaN(model.getLearningRate(model.getnLayers() - 1));
        }

        @Override
        public String json() {
            return model.getLayerWiseConfigurations().toJson();
        }
    }

    /** {@inheritDoc} */
    record Graph(ComputationGraph model) implements TrainableNetwork {
        @Override
        public void addListener(TrainingListener listener) {
            model.addListeners(listener);
        }

        @Override
        public void fit(DataSet batch) {
            model.fit(batch);
        }

        @Override
        public INDArray output(INDArray features) {
            return model.outputSingle(features);
        }

        @Override
        public double score(DataSet data) {
            return model.score(data, false);
        }

        @Override
        public double penalty() {
            return model.calcRegularizationScore(true);
        }

        @Override
        public double learningRate() {
            return orNaN(model.getLearningRate(
                    model.getConfiguration().getNetworkOutputs().get(0)));
        }

        @Override
        public String json() {
            return model.getConfiguration().toJson();
        }
    }

    private static double orNaN(Double learningRate) {
        return learningRate == null ? Double.NaN : learningRate;
    }
}
