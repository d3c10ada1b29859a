package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autol2.schedule.AutoL2Options;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.InverseSchedule;

/** Networks that Deeplearning4j has imported from files of Keras 2. The script beside the files has written them. */
class KerasImportTest {

    private static final AutoL2Options DIVIDES =
            AutoL2Options.adaptive(200).withInitialLambda(0.3).withRefractory(0.1);

    /** Visible as skipped where there are no natives of HDF5. */
    @BeforeAll
    static void needsNatives() {
        boolean there = true;
        try {
            Loader.load(hdf5.class);
        } catch (UnsatisfiedLinkError e) {
            there = false;
        }
        assumeTrue(there, "needs the natives of org.bytedeco:hdf5 for " + Loader.getPlatform());
    }

    @Test
    void aSequentialModelKeepsTheRatioOfItsL2() throws Exception {
        MultiLayerNetwork network = sequential("sequential.h5");
        assertThat(coefficients(network)).containsExactly(0.01, 0.002);
        assertThat(((Adam) layers(network).get(0).getIUpdater()).getLearningRateSchedule())
                .isInstanceOf(InverseSchedule.class); // Keras' decay of the learning rate

        AutoL2Listener listener = trained(network, DIVIDES);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(listener.lambda()).isLessThan(0.3);
        assertThat(coefficients(network).get(0)).isEqualTo(listener.lambda());
        assertThat(coefficients(network).get(1)).isEqualTo(listener.lambda() / 5, within(1e-15));
    }

    @Test
    void aLayerOfAFunctionalModelWithoutL2GetsAllOfLambda() throws Exception {
        ComputationGraph graph = KerasModelImport.importKerasModelAndWeights(file("functional.h5"), true);
        assertThat(coefficients(graph)).containsExactly(0.01);

        AutoL2Listener listener = trained(graph, DIVIDES);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(coefficients(graph)).containsExactly(listener.lambda(), listener.lambda());
    }

    @Test
    void aTrainedNetworkKeepsItsCoefficientsAtFirst() throws Exception {
        MultiLayerNetwork network = sequential("sequential.h5");
        double own = coefficients(network).get(0);

        AutoL2Listener listener = trained(network, AutoL2Options.adaptive(200));

        HistoryPoint first = listener.history().get(0);
        HistoryPoint last = listener.history().get(listener.history().size() - 1);
        assertThat(first.lambda()).isPositive().isEqualTo(own);
        assertThat(last.measurement().loss()).isLessThan(first.measurement().loss());
    }

    /** The loss stands in a layer of its own, behind the softmax. */
    @Test
    void theTrainingErrorIsMeasured() throws Exception {
        MultiLayerNetwork network = sequential("sequential.h5");
        DataSet first = Networks.classes(32, 0);
        Evaluation evaluation = new Evaluation();
        evaluation.eval(first.getLabels(), network.output(first.getFeatures()));

        AutoL2Listener listener =
                trained(network, AutoL2Options.paper().withInitialLambda(0.01).withMeasureEvery(1));

        assertThat(listener.history().get(0).measurement().error()).hasValue(1 - evaluation.accuracy());
        assertThat(listener.history())
                .allSatisfy(point -> assertThat(point.measurement().error()).isPresent());
    }

    /** A limit of Deeplearning4j: it knows the name L1L2 only. */
    @Test
    void theL2OfNewerFilesIsLostAndAllLayersGetAllOfLambda() throws Exception {
        MultiLayerNetwork network = sequential("sequential-l2.h5");
        assertThat(coefficients(network)).isEmpty();

        AutoL2Listener listener = trained(network, DIVIDES);

        assertThat(coefficients(network)).containsExactly(listener.lambda(), listener.lambda());
    }

    /** A limit of Deeplearning4j, and the way around it: without the training configuration there are neither updater nor loss. */
    @Test
    void adamWIsRefusedAndWeightDecayTakesItsPlace() throws Exception {
        assertThatThrownBy(() -> sequential("adamw.h5"))
                .isInstanceOf(UnsupportedKerasConfigurationException.class)
                .hasMessageContaining("AdamW");
        MultiLayerNetwork weights = KerasModelImport.importKerasSequentialModelAndWeights(file("adamw.h5"), false);
        MultiLayerNetwork network = new TransferLearning.Builder(weights)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .addLayer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();

        AutoL2Listener listener =
                AutoL2Listener.builder(DIVIDES).penalty(Penalty.WEIGHT_DECAY).build();
        network.addListeners(listener);
        train(network);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(listener.history().get(0).measurement().error()).isPresent();
        assertThat(penalties(network).stream().filter(WeightDecay.class::isInstance))
                .extracting(decay -> ((WeightDecay) decay).getCoeff().valueAt(0, 0))
                .containsExactly(listener.lambda(), listener.lambda());
    }

    private static AutoL2Listener trained(Model network, AutoL2Options options) {
        AutoL2Listener listener = new AutoL2Listener(options);
        network.addListeners(listener);
        train(network);
        return listener;
    }

    private static void train(Model network) {
        for (int i = 0; i < 100; i++) {
            Networks.fit(network, Networks.classes(32, i % 5), 1);
        }
    }

    private static MultiLayerNetwork sequential(String name) throws Exception {
        return KerasModelImport.importKerasSequentialModelAndWeights(file(name), true);
    }

    private static String file(String name) throws URISyntaxException {
        return Path.of(KerasImportTest.class.getResource("/keras/" + name).toURI())
                .toString();
    }

    private static List<BaseLayer> layers(Model network) {
        Layer[] layers = network instanceof MultiLayerNetwork sequential
                ? sequential.getLayers()
                : ((ComputationGraph) network).getLayers();
        return Arrays.stream(layers)
                .map(layer -> (BaseLayer) layer.conf().getLayer())
                .toList();
    }

    private static List<Regularization> penalties(Model network) {
        return layers(network).stream()
                .flatMap(layer -> layer.getRegularization().stream())
                .toList();
    }

    private static List<Double> coefficients(Model network) {
        return penalties(network).stream()
                .map(penalty -> ((L2Regularization) penalty).getL2().valueAt(0, 0))
                .toList();
    }
}
