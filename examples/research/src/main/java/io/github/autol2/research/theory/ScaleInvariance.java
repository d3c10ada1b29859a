package io.github.autol2.research.theory;

import io.github.autol2.theory.ScaleInvariantRate;
import java.util.function.LongToDoubleFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network whose every layer is normalised, trained by Deeplearning4j's SGD with L2, beside the same network without L2 at the growing
 * learning rates of {@link ScaleInvariantRate}: the same function, up to the small number that keeps the normalisation from dividing by 0.
 *
 * @param width   of the hidden layer
 * @param eta     learning rate
 * @param lambda  coefficient of the penalty
 * @param steps   updates
 * @param epsilon of the batch normalisation
 */
public record ScaleInvariance(int width, double eta, double lambda, int steps, double epsilon) {

    /**
     * What came out, after the last update.
     *
     * @param loss     of the network with L2, without penalty
     * @param growth   of the learning rate
     * @param exact    the largest difference of the logits, relative to the largest logit, of the network at the exact rates
     * @param limit    the same at the rates of the limit of small eta lambda
     * @param constant the same at the constant rate eta, without L2: what the growth is worth
     */
    public record Result(double loss, double growth, double exact, double limit, double constant) {}

    /** Trains the four networks on full batches. */
    public Result run(DataSet data, long seed) {
        ScaleInvariantRate rate = new ScaleInvariantRate(eta, lambda);
        DataSet batch = new DataSet(
                data.getFeatures().castTo(DataType.DOUBLE), data.getLabels().castTo(DataType.DOUBLE));
        MultiLayerNetwork penalised = build(batch, lambda, seed);
        INDArray reference = trained(penalised, batch, step -> eta);
        double largest = reference.amaxNumber().doubleValue();
        return new Result(
                penalised.score(batch, true) - penalised.calcRegularizationScore(true),
                rate.exact(steps) / rate.exact(0),
                difference(batch, seed, rate::exact, reference) / largest,
                difference(batch, seed, rate::limit, reference) / largest,
                difference(batch, seed, step -> eta, reference) / largest);
    }

    private double difference(DataSet batch, long seed, LongToDoubleFunction rates, INDArray reference) {
        return trained(build(batch, 0, seed), batch, rates)
                .sub(reference)
                .amaxNumber()
                .doubleValue();
    }

    /** The logits on the batch, normalised by it, after the last update. */
    private INDArray trained(MultiLayerNetwork network, DataSet batch, LongToDoubleFunction rates) {
        for (int step = 0; step < steps; step++) {
            network.setLearningRate(rates.applyAsDouble(step));
            network.fit(batch);
        }
        return network.feedForward(batch.getFeatures(), true)
                .get(network.getnLayers() - 1); // the input of the loss layer
    }

    private MultiLayerNetwork build(DataSet batch, double l2, long seed) {
        int inputs = Math.toIntExact(batch.getFeatures().size(1));
        int classes = Math.toIntExact(batch.getLabels().size(1));
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(eta))
                .l2(l2)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(dense(inputs, width))
                .layer(normalised(width))
                .layer(new ActivationLayer(Activation.RELU))
                .layer(dense(width, classes))
                .layer(normalised(classes))
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static DenseLayer dense(int inputs, int outputs) {
        return new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(outputs)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build();
    }

    /** Its scale and shift stay at 1 and 0: they are no part of the invariance. */
    private BatchNormalization normalised(int size) {
        return new BatchNormalization.Builder()
                .nIn(size)
                .nOut(size)
                .eps(epsilon)
                .lockGammaBeta(true)
                .activation(Activation.IDENTITY)
                .build();
    }
}
