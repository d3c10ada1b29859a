package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Which parameters get a penalty. */
class ParticipantsTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    private static ListBuilder layers() {
        return Networks.base(new Sgd(0.05)).list();
    }

    private static MultiLayerNetwork init(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static List<String> names(MultiLayerNetwork network, Participants participants) {
        return PenalisedParameters.of(Network.of(network), participants).stream()
                .map(PenalisedParameters::name)
                .toList();
    }

    private static List<String> names(MultiLayerNetwork network) {
        return names(network, Participants.WEIGHTS);
    }

    @Test
    void weightsOfSequencesTakePart() {
        MultiLayerNetwork network = init(layers().layer(
                        new EmbeddingSequenceLayer.Builder().nIn(10).nOut(6).build())
                .layer(new LSTM.Builder().nOut(6).activation(Activation.TANH).build())
                .layer(new SelfAttentionLayer.Builder()
                        .nOut(6)
                        .nHeads(1)
                        .projectInput(true)
                        .build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.MAX).build())
                .layer(Networks.softmax(6).build())
                .setInputType(InputType.recurrent(10)));

        assertThat(names(network))
                .containsExactly("layer0 weights", "layer1 weights", "layer2 weights", "layer4 weights");
    }

    @Test
    void weightsOfConvolutionsTakePartAndSlopesAndNormalisationDoNot() {
        MultiLayerNetwork network =
                init(layers().layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                        .layer(new BatchNormalization())
                        .layer(new PReLULayer.Builder()
                                .inputShape(4, 4, 4)
                                .sharedAxes(2, 3)
                                .build())
                        .layer(Networks.softmax(0).build())
                        .setInputType(InputType.convolutional(6, 6, 1)));

        assertThat(names(network)).containsExactly("layer0 weights", "layer3 weights");
        assertThat(names(network, new Participants(name -> true, false, true)))
                .containsExactly("layer0 weights", "layer2 weights", "layer3 weights");
    }

    @Test
    void layersWithLayerNormalisationAndElementwiseFactorsTakePartOnlyWhenAsked() {
        MultiLayerNetwork network = init(layers().layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .hasLayerNorm(true)
                        .build())
                .layer(new ElementWiseMultiplicationLayer.Builder()
                        .nIn(6)
                        .nOut(6)
                        .build())
                .layer(Networks.softmax(6).build()));

        assertThat(names(network)).containsExactly("layer2 weights");

        // when asked
        network.addListeners(
                AutoL2Listener.builder(AutoL2Options.paper()).scales(true).build());
        network.fit(Networks.classes(8, 1));

        assertThat(network.getLayerWiseConfigurations().toJson().split("\"value\" : 0\\.1\\b", -1))
                .as("three coefficients")
                .hasSize(1 + 3);
    }

    @Test
    void lossLayersCentreLossAndAutoencodersAreFollowed() {
        MultiLayerNetwork centre =
                init(layers().layer(new DenseLayer.Builder().nIn(4).nOut(6).build())
                        .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(6)
                                .nOut(3)
                                .build()));
        MultiLayerNetwork loss = init(layers().layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
        MultiLayerNetwork autoencoder = init(layers().layer(new VariationalAutoencoder.Builder()
                        .nIn(4)
                        .nOut(3)
                        .encoderLayerSizes(5)
                        .decoderLayerSizes(5)
                        .build())
                .layer(Networks.softmax(3).build()));

        for (MultiLayerNetwork network : List.of(centre, loss, autoencoder)) {
            AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive());
            network.addListeners(listener);
            for (int i = 0; i < 5; i++) {
                network.fit(Networks.classes(12, 1));
            }

            assertThat(listener.history()).isNotEmpty();
            assertThat(listener.lambda()).isPositive();
        }
    }

    /** Without a training error a penalty that outweighs the loss is taken back. */
    @Test
    void regressionIsJudgedByItsLoss() {
        INDArray x = Nd4j.rand(40, 4);
        DataSet data = new DataSet(x, x.sum(true, 1).mul(1e-3));
        MultiLayerNetwork network =
                init(layers().layer(new DenseLayer.Builder().nIn(4).nOut(6).build())
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nIn(6)
                                .nOut(1)
                                .build()));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().withInitialLambda(0.01));
        network.addListeners(listener);

        for (int i = 0; i < 100; i++) {
            network.fit(data);
        }

        assertThat(listener.changes())
                .isNotEmpty()
                .allSatisfy(division -> assertThat(division.cause().label()).isEqualTo("penalty"));
        assertThat(listener.history())
                .allSatisfy(point -> assertThat(point.measurement().error()).isEmpty());
    }

    @Test
    void aPenaltyThatTheUserGaveToSomeLayersOnlyIsNamedOnce() {
        MultiLayerNetwork network = init(
                layers().layer(new DenseLayer.Builder().nIn(4).nOut(6).l2(0.02).build())
                        .layer(new DenseLayer.Builder().nIn(6).nOut(6).l2(0.01).build())
                        .layer(Networks.softmax(6).build()));
        network.addListeners(new AutoL2Listener(AutoL2Options.adaptive()));

        for (int i = 0; i < 5; i++) {
            network.fit(Networks.classes(12, 1));
        }

        assertThat(log.of(Level.INFO))
                .filteredOn(line -> line.startsWith("The penalty acts on"))
                .singleElement()
                .asString()
                .contains(
                        "{layer0 weights=1.0, layer1 weights=0.5, layer2 weights=1.0}",
                        "Without one of their own were [layer2 weights]");
    }
}
