package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.InitialLambda;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Until a classifier fits its training data, one without an l2 of its own trains as it does without the listener, bit for bit. */
class QuietLambdaTest {

    private static final int WORDS = 20;

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Adam(1e-3),
                new AMSGrad(1e-3),
                new Nadam(1e-3),
                new RmsProp(1e-3),
                new AdaMax(1e-3),
                new AdaDelta(),
                new Nesterovs(0.01, 0.9));
    }

    /** An adaptive updater makes a whole step of a gradient that is the penalty's alone. */
    @ParameterizedTest
    @MethodSource("updaters")
    void wordsThatTheTrainingLacksKeepTheirVectors(IUpdater updater) {
        MultiLayerNetwork listened = embedding(updater, DataType.FLOAT);
        MultiLayerNetwork plain = embedding(updater, DataType.FLOAT);
        listened.setParams(plain.params());

        assertTheSameAfterTraining(listened, plain, words(DataType.FLOAT));
    }

    @Test
    void wordsKeepTheirVectorsInDoublePrecision() {
        MultiLayerNetwork listened = embedding(new Adam(1e-3), DataType.DOUBLE);
        MultiLayerNetwork plain = embedding(new Adam(1e-3), DataType.DOUBLE);
        listened.setParams(plain.params());

        assertTheSameAfterTraining(listened, plain, words(DataType.DOUBLE));
    }

    /** The learning rate of the first iteration says nothing of the ones to come. */
    @Test
    void aWarmUpThatBeginsNearZeroIsLeftAlone() {
        MultiLayerNetwork listened = warmingUp();
        MultiLayerNetwork plain = warmingUp();
        listened.setParams(plain.params());

        assertTheSameAfterTraining(listened, plain, Networks.classes(32, 1));
    }

    private static void assertTheSameAfterTraining(MultiLayerNetwork listened, MultiLayerNetwork plain, DataSet data) {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(1_000));
        listened.addListeners(listener);
        for (int i = 0; i < 30; i++) {
            listened.fit(data);
            plain.fit(data);
        }

        assertThat(listener.lambda()).isEqualTo(InitialLambda.NOTHING);
        assertThat(Lambda.get(listened)).isZero(); // nor would a listener that follows take it for the user's
        assertThat(listener.history())
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.measurement().etaEff()).isPositive());
        assertThat(listened.params().toDoubleVector())
                .containsExactly(plain.params().toDoubleVector());
    }

    private static MultiLayerNetwork embedding(IUpdater updater, DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .dataType(type)
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(WORDS).nOut(8).build())
                .layer(Networks.softmax(8).build())
                .build());
        network.init();
        return network;
    }

    /** Half of the words, with labels that nothing tells. */
    private static DataSet words(DataType type) {
        Random random = new Random(1);
        INDArray words = Nd4j.create(type, 64, 1);
        INDArray labels = Nd4j.zeros(type, 64, 3);
        for (int row = 0; row < 64; row++) {
            words.putScalar(row, 0, random.nextInt(WORDS / 2));
            labels.putScalar(row, random.nextInt(3), 1);
        }
        return new DataSet(words, labels);
    }

    private static MultiLayerNetwork warmingUp() {
        MapSchedule warmUp = new MapSchedule(ScheduleType.ITERATION, Map.of(0, 1e-6, 5, 0.1));
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(warmUp, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(64).build())
                .layer(new BatchNormalization())
                .layer(Networks.softmax(64).build())
                .build());
        network.init();
        return network;
    }
}
