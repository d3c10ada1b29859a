package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.CalibrationOptions;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Sequences of 10 steps, in segments of 4 where backpropagation is truncated. */
class TrainingPassTest {

    private static final int STEPS = 10;

    private static Model layers(BackpropType backpropagation) {
        return new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(hidden())
                .layer(output())
                .backpropType(backpropagation)
                .tBPTTLength(4)
                .build());
    }

    private static Model graph(BackpropType backpropagation) {
        return new ComputationGraph(Networks.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(), "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .backpropType(backpropagation)
                .tBPTTForwardLength(4)
                .tBPTTBackwardLength(4)
                .build());
    }

    private static LSTM hidden() {
        return new LSTM.Builder().nIn(2).nOut(3).activation(Activation.TANH).build();
    }

    private static RnnOutputLayer output() {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW) // a graph without input types does not know it otherwise
                .nIn(3)
                .nOut(2)
                .build();
    }

    private static DataSetIterator batches(int count) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 3L * count, 2, STEPS);
        for (int row = 0; row < 3 * count; row++) {
            labels.slice(row).getRow(row % 2).assign(1);
        }
        return new ExistingDataSetIterator(
                new DataSet(Nd4j.rand(DataType.FLOAT, 3 * count, 2, STEPS), labels).batchBy(3));
    }

    @Test
    void aPassCountsTheUpdatesThatDeeplearning4jMakes() {
        for (BackpropType backpropagation : BackpropType.values()) {
            for (Model model : List.of(layers(backpropagation), graph(backpropagation))) {
                Network network = Network.of(model).init();

                TrainingPass pass = new LabelledExamples("training", batches(5)).pass(network, 15, () -> {});

                batches(5).forEachRemaining(network::fit);
                boolean truncated = backpropagation == BackpropType.TruncatedBPTT;
                assertThat(pass).isEqualTo(new TrainingPass(5, 15, truncated ? 15 : 5));
                assertThat(network.iteration()).isEqualTo((int) pass.updates());
            }
        }
    }

    @Test
    void anEpochOfACalibrationIsOneOfUpdates() {
        LambdaCalibrator calibrator = new LambdaCalibrator(CalibrationOptions.forBudget(14));

        assertThatThrownBy(() -> calibrator.calibrate(layers(BackpropType.TruncatedBPTT), batches(5), batches(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "budget must be at least one epoch, and a pass over the training data takes more than 14 iterations, "
                                + "got 14");
    }
}
