package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.InitialLambda;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Trainings that are the same but for a factor. A layer without biases takes the same course, with weights {@code theta / s}, where its
 * features are {@code s} times as large, eta is divided by {@code s^2} and lambda is multiplied by {@code s^2}; and the same course where
 * the loss is {@code a} times as large, eta is divided by {@code a} and lambda is multiplied by {@code a}. The factors are powers of two, so
 * that nothing is rounded in another way.
 */
@Tag("slow")
class RescaledTrainingTest {

    private static final int INPUTS = 12;
    private static final int CLASSES = 3;
    private static final int BUDGET = 400;
    private static final double ETA = 0.1;

    /** What is as it was, times a factor; larger ones would meet the ceiling of AutoL2's first lambda. */
    enum Rescaled {
        LARGE_FEATURES(2, 1),
        SMALL_FEATURES(1 / 16.0, 1),
        LARGE_LOSS(1, 8),
        SMALL_LOSS(1, 1 / 64.0);

        private final double features;
        private final double loss;

        Rescaled(double features, double loss) {
            this.features = features;
            this.loss = loss;
        }

        private double ofLambda() {
            return features * features * loss;
        }
    }

    /** The heats' lambdas are half a decade apart wherever they begin, so that the level is found within that. */
    @ParameterizedTest
    @EnumSource
    void theRacesLevelFollows(Rescaled rescaled) {
        double plain = calibrate(1, 1).predict(BUDGET).lambda();
        double scaled =
                calibrate(rescaled.features, rescaled.loss).predict(BUDGET).lambda();

        assertThat(Math.abs(Math.log10(scaled / (plain * rescaled.ofLambda())))).isLessThanOrEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void autoL2sLambdasFollow(Rescaled rescaled) {
        assertFollow(train(1, 1, false), train(rescaled.features, rescaled.loss, false), rescaled);
    }

    /** A network that leaves lambda small until it fits. */
    @ParameterizedTest
    @EnumSource
    void autoL2sRaiseOfLambdaFollows(Rescaled rescaled) {
        List<HistoryPoint> plain = trainUntilItFits(1, 1);
        assertThat(plain.get(plain.size() - 1).lambda())
                .isGreaterThan(3 * plain.get(0).lambda());
        assertFollow(plain, trainUntilItFits(rescaled.features, rescaled.loss), rescaled);
    }

    @ParameterizedTest
    @EnumSource
    void autoL2sLambdasFollowWithHeldOutData(Rescaled rescaled) {
        assertFollow(train(1, 1, true), train(rescaled.features, rescaled.loss, true), rescaled);
    }

    private static void assertFollow(List<HistoryPoint> plain, List<HistoryPoint> scaled, Rescaled rescaled) {
        assertThat(plain).hasSizeGreaterThan(10);
        assertThat(plain.stream().map(HistoryPoint::lambda).distinct())
                .as("lambda changes")
                .hasSizeGreaterThan(1);
        assertThat(iterations(scaled)).isEqualTo(iterations(plain));
        for (int i = 0; i < plain.size(); i++) {
            double expected = plain.get(i).lambda() > InitialLambda.NOTHING ? rescaled.ofLambda() : 1;
            assertThat(scaled.get(i).lambda() / plain.get(i).lambda()).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    private static List<Long> iterations(List<HistoryPoint> history) {
        return history.stream().map(point -> point.measurement().iteration()).toList();
    }

    private static Calibration calibrate(double features, double loss) {
        return new LambdaCalibrator(CalibrationOptions.forBudget(BUDGET).withSeeds(List.of(3L)))
                .calibrate(network(features, loss), examples(60, 1, features), examples(120, 2, features));
    }

    private static List<HistoryPoint> train(double features, double loss, boolean heldOut) {
        AutoL2ListenerBuilder builder =
                AutoL2Listener.builder(AutoL2Options.adaptive(BUDGET).fromTheStart());
        if (heldOut) {
            builder.validation(examples(1_200, 2, features), 5);
        }
        return train(builder.build(), features, loss, examples(30, 1, features)); // few enough to be learned by heart
    }

    private static List<HistoryPoint> trainUntilItFits(double features, double loss) {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(BUDGET));
        return train(listener, features, loss, examples(60, 1, features, 3, 0));
    }

    private static List<HistoryPoint> train(
            AutoL2Listener listener, double features, double loss, DataSetIterator data) {
        MultiLayerNetwork network = network(features, loss);
        network.init();
        network.addListeners(listener);
        network.fit(data, BUDGET / 3);
        return listener.history();
    }

    private static MultiLayerNetwork network(double features, double loss) {
        INDArray weights = Nd4j.valueArrayOf(new long[] {1, CLASSES}, loss, DataType.FLOAT);
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.FLOAT)
                .updater(new Nesterovs(ETA / (features * features * loss), 0.875))
                .list()
                .layer(new OutputLayer.Builder(new LossMCXENT(weights))
                        .activation(Activation.SOFTMAX)
                        .weightInit(new NormalDistribution(0, 0.25 / features))
                        .hasBias(false)
                        .nIn(INPUTS)
                        .nOut(CLASSES)
                        .build())
                .build());
    }

    /** Of which a quarter has another class than its features say. */
    private static DataSetIterator examples(int rows, long seed, double scale) {
        return examples(rows, seed, scale, 1, 4);
    }

    /**
     * @param distance between the classes, for a scale of 1
     * @param mislabelled of so many examples one has another class than its features say; 0 for none
     */
    private static DataSetIterator examples(int rows, long seed, double scale, double distance, int mislabelled) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(DataType.FLOAT, rows, INPUTS);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES);
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(CLASSES);
            for (int column = 0; column < INPUTS; column++) {
                features.putScalar(
                        row, column, scale * (float) (random.nextGaussian() + (column == label ? distance : 0)));
            }
            labels.putScalar(
                    row, mislabelled > 0 && random.nextInt(mislabelled) == 0 ? random.nextInt(CLASSES) : label, 1);
        }
        return new ExistingDataSetIterator(new DataSet(features, labels).batchBy(20));
    }
}
