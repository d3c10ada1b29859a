package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.HeldOut;
import java.util.Random;
import java.util.function.Supplier;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of several kinds under held-out data. */
@Tag("slow")
class HeldOutKindsTest {

    private static final int STEPS = 10;

    enum Kind {
        DENSE(() -> Networks.classifier(Networks.base(new Nesterovs(0.02, 0.9))), false),
        GRAPH(() -> Networks.graphClassifier(Networks.base(new Nesterovs(0.02, 0.9))), false),
        DROPOUT(
                () -> Networks.classifier(
                        Networks.base(new Nesterovs(0.02, 0.9)).dropOut(0.5)),
                false),
        BATCH_NORMALISATION(
                () -> of(list().layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                        .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                        .layer(Networks.softmax(8).build())),
                false),
        CONVOLUTION(
                () -> of(list().layer(new ConvolutionLayer.Builder(2, 2)
                                .padding(1, 1)
                                .nOut(3)
                                .build())
                        .layer(Networks.softmax(27).build())
                        .setInputType(InputType.convolutionalFlat(2, 2, 1))),
                false),
        TRUNCATED_BACKPROPAGATION(
                () -> of(list().layer(new LSTM.Builder()
                                .nIn(4)
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build())
                        .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(6)
                                .nOut(3)
                                .build())
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTForwardLength(4)
                        .tBPTTBackwardLength(4)),
                true);

        private final Supplier<Model> network;
        private final boolean sequences;

        Kind(Supplier<Model> network, boolean sequences) {
            this.network = network;
            this.sequences = sequences;
        }

        private static ListBuilder list() {
            return Networks.base(new Nesterovs(0.02, 0.9)).list();
        }

        private static Model of(MultiLayerConfiguration.Builder layers) {
            MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
            network.init();
            return network;
        }

        private DataSet data(int rows, long seed) {
            return sequences ? sequences(rows, seed) : Networks.classes(rows, seed);
        }
    }

    /** Of {@value #STEPS} steps; the last of some are masked. */
    private static DataSet sequences(int rows, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(DataType.FLOAT, rows, 4, STEPS);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, 3, STEPS);
        INDArray mask = Nd4j.ones(DataType.FLOAT, rows, STEPS);
        for (int row = 0; row < rows; row++) {
            for (int step = 0; step < STEPS; step++) {
                int label = random.nextInt(3);
                for (int column = 0; column < 4; column++) {
                    features.putScalar(row, column, step, random.nextGaussian() + (column == label ? 1 : 0));
                }
                labels.putScalar(new int[] {row, label, step}, 1);
                if (step >= STEPS - row % 3) {
                    mask.putScalar(row, step, 0);
                }
            }
        }
        return new DataSet(features, labels, mask, mask.dup());
    }

    private static HeldOut judge(Network network, DataSet data) {
        return new HeldOutExamples(new ExistingDataSetIterator(data.batchBy(40)))
                .judge(network)
                .orElseThrow()
                .heldOut();
    }

    /** Also in the middle of a sequence: an evaluation leaves the state of the training alone. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void trainsAsWithoutEvaluations(Kind kind) {
        Model with = kind.network.get();
        Model without = kind.network.get();
        AutoL2Options options =
                AutoL2Options.adaptive(200).withInitialLambda(0.03).withMinimumLambda(0.03);
        AutoL2Listener listener = AutoL2Listener.builder(options)
                .validation(new ExistingDataSetIterator(kind.data(120, 2).batchBy(40)), 2)
                .build();
        with.addListeners(listener);
        without.addListeners(new AutoL2Listener(options));

        Nd4j.getRandom().setSeed(5);
        Networks.fit(with, kind.data(30, 1), 6);
        Nd4j.getRandom().setSeed(5);
        Networks.fit(without, kind.data(30, 1), 6);

        assertThat(listener.validationDecisions()).isEmpty();
        assertThat(listener.savedRun()
                        .state()
                        .validation()
                        .orElseThrow()
                        .state()
                        .best())
                .isPresent();
        assertThat(with.params().toFloatVector()).isEqualTo(without.params().toFloatVector());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isJudgedAlikeTwice(Kind kind) {
        Network network = Network.of(kind.network.get());
        network.fit(kind.data(30, 1));
        DataSet data = kind.data(80, 2);

        assertThat(judge(network, data)).isEqualTo(judge(network, data));
    }

    @Test
    void masksLeaveStepsOut() {
        Network network = Network.of(Kind.TRUNCATED_BACKPROPAGATION.network.get());
        DataSet data = sequences(9, 2);
        DataSet other = data.copy();
        for (int row = 0; row < 9; row++) {
            for (int step = STEPS - row % 3; step < STEPS; step++) {
                for (int label = 0; label < 3; label++) {
                    other.getLabels().putScalar(new int[] {row, label, step}, label == 0 ? 1 : 0);
                }
            }
        }
        INDArray output = network.output(data);

        HeldOut heldOut = judge(network, data);

        assertThat(other.getLabels()).isNotEqualTo(data.getLabels());
        assertThat(judge(network, other)).isEqualTo(heldOut);
        for (int row = 0; row < 9; row++) {
            int steps = STEPS - row % 3;
            int right = 0;
            double loss = 0;
            for (int step = 0; step < steps; step++) {
                int label = argMax(data.getLabels(), row, step);
                right += label == argMax(output, row, step) ? 1 : 0;
                loss -= Math.log(output.getDouble(row, label, step));
            }
            assertThat((double) heldOut.hits()[row]).isCloseTo((double) right / steps, within(1e-6));
            assertThat((double) heldOut.losses()[row]).isCloseTo(loss, within(1e-3));
        }
    }

    private static int argMax(INDArray values, int row, int step) {
        int best = 0;
        for (int label = 1; label < 3; label++) {
            if (values.getDouble(row, label, step) > values.getDouble(row, best, step)) {
                best = label;
            }
        }
        return best;
    }
}
