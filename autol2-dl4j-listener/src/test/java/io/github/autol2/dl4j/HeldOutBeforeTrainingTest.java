package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What is said of held-out data before the first update, and what constraints are to a network that comes back. */
class HeldOutBeforeTrainingTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    @Test
    void examplesOfAnotherWidthAreRefusedBeforeTheFirstUpdate() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Adam(0.02)));
        ComputationGraph graph = Networks.graphClassifier(Networks.base(new Adam(0.02)));
        DataSet wide = new DataSet(
                Nd4j.rand(DataType.FLOAT, 64, 5), Networks.classes(64, 2).getLabels());
        network.addListeners(listener(wide));
        graph.addListeners(listener(wide));
        DataSet batch = Networks.classes(16, 1);
        INDArray before = network.params().dup();

        assertThatThrownBy(() -> network.fit(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "the network does not take the validation data, with features [64, 5] and labels [64, 3]: ");
        assertThatThrownBy(() -> graph.fit(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the network does not take the validation data");
        assertThat(network.params()).isEqualTo(before);
    }

    /** Deeplearning4j does not score single examples with it. */
    @Test
    void aNetworkThatEndsInALayerOfSameDiffIsRefusedBeforeTheFirstUpdate() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.02))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new SquaredError())
                .build());
        network.init();
        network.addListeners(listener(Networks.classes(64, 2)));
        INDArray before = network.params().dup();

        assertThatThrownBy(() -> network.fit(Networks.classes(16, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the network does not take the validation data");
        assertThat(network.params()).isEqualTo(before);
    }

    /** The look at them changes nothing. */
    @Test
    void aNetworkThatTakesThemTrainsAsWithoutThem() {
        MultiLayerNetwork judged =
                Networks.classifier(Networks.base(new Adam(0.02)).dropOut(0.8));
        MultiLayerNetwork plain =
                Networks.classifier(Networks.base(new Adam(0.02)).dropOut(0.8));
        judged.addListeners(listener(Networks.classes(64, 2)));
        DataSet batch = Networks.classes(16, 1);

        Nd4j.getRandom().setSeed(3);
        Networks.fit(judged, batch, 3);
        Nd4j.getRandom().setSeed(3);
        Networks.fit(plain, batch, 3);

        assertThat(judged.params().toFloatVector())
                .containsExactly(plain.params().toFloatVector());
    }

    @Test
    void anIteratorWithoutAnEndIsNamed() {
        DataSet many = new DataSet(Nd4j.rand(DataType.FLOAT, 300_000, 1), Nd4j.rand(DataType.FLOAT, 300_000, 1));

        assertThatThrownBy(() -> ExampleOrder.of(new Endless(many, 5), batch -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");

        assertThat(log.of(Level.WARN))
                .singleElement()
                .asString()
                .contains("1200000 validation examples have been read so far", "an iterator that never ends");
    }

    /** Deeplearning4j applies constraints when the listeners have seen an update. */
    @Test
    void theBestNetworkMeetsItsConstraints() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.5))
                .constrainWeights(new NonNegativeConstraint())
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(Networks.softmax(8).build())
                .build());
        network.init();
        AutoL2Listener listener = listener(Networks.classes(64, 2));
        network.addListeners(listener);
        Networks.fit(network, Networks.classes(16, 1), 60);
        INDArray trained = network.params().dup();

        listener.restoreBest(network);

        assertThat(network.params()).isNotEqualTo(trained);
        assertThat(network.getParam("0_W").minNumber().doubleValue()).isNotNegative();
        assertThat(network.getParam("1_W").minNumber().doubleValue()).isNotNegative();
    }

    private static AutoL2Listener listener(DataSet heldOut) {
        return AutoL2Listener.builder(AutoL2Options.adaptive(400))
                .validation(new ListDataSetIterator<>(heldOut.asList(), 64), 2)
                .build();
    }

    /** The same batch for ever, but for an exception that ends the test. */
    private static final class Endless extends ListDataSetIterator<DataSet> {
        private static final long serialVersionUID = 1;
        private final transient DataSet batch;
        private int left;

        Endless(DataSet batch, int batches) {
            super(List.of(batch), batch.numExamples());
            this.batch = batch;
            this.left = batches;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public synchronized DataSet next() {
            if (left-- == 0) {
                throw new IllegalStateException("enough");
            }
            return batch;
        }
    }

    /** A squared error defined in SameDiff. */
    static final class SquaredError extends SameDiffOutputLayer {
        private static final long serialVersionUID = 1;

        @Override
        public SDVariable defineLayer(
                SameDiff sameDiff, SDVariable input, SDVariable labels, Map<String, SDVariable> parameters) {
            SDVariable output = input.mmul("output", parameters.get("W"));
            return sameDiff.math.square(output.sub(labels)).mean("loss");
        }

        @Override
        public String activationsVertexName() {
            return "output";
        }

        @Override
        public void defineParameters(SDLayerParams parameters) {
            parameters.addWeightParam("W", 3, 3);
        }

        @Override
        public void initializeParameters(Map<String, INDArray> parameters) {
            parameters.get("W").assign(Nd4j.eye(3));
        }

        @Override
        public InputType getOutputType(int layer, InputType input) {
            return InputType.feedForward(3);
        }
    }
}
