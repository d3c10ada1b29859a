package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.weightinit.impl.XavierInitScheme;

class SameDiffBiasesTest {

    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(100).withInitialLambda(0.3);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    @TempDir
    private Path folder;

    @Test
    void aRowThatIsOnlyAddedOrMultipliedElementByElementTakesNoPart() {
        assertThat(takingPart(network(), AutoL2SameDiffListener.builder(OPTIONS)))
                .containsExactlyInAnyOrder("w0", "w1", "w2");
    }

    @Test
    void itTakesNoPartInANetworkThatWasLoaded() throws IOException {
        Path file = folder.resolve("network.fb");
        network().save(file.toFile(), true);

        assertThat(takingPart(SameDiff.load(file.toFile(), true), AutoL2SameDiffListener.builder(OPTIONS)))
                .containsExactlyInAnyOrder("w0", "w1", "w2");
    }

    @Test
    void theUserNamesVariablesWhateverTheyDo() {
        assertThat(takingPart(
                        network(),
                        AutoL2SameDiffListener.builder(OPTIONS).biases(true).variables(Set.of("w1", "b0")::contains)))
                .containsExactlyInAnyOrder("w1", "b0");
    }

    @Test
    void theLogSaysOnceWhichVariablesTakePart() {
        takingPart(network(), AutoL2SameDiffListener.builder(OPTIONS));

        assertThat(log.of(Level.INFO))
                .filteredOn(line -> line.contains("The penalty acts on"))
                .singleElement()
                .asString()
                .contains("[w0, w1, w2] and leaves [b0, b1, b2, gain] alone.");
    }

    private static Set<String> takingPart(SameDiff network, AutoL2SameDiffListenerBuilder builder) {
        AutoL2SameDiffListener listener = builder.build();
        network.setListeners(List.of(listener));
        network.fit(Networks.classes(16, 1));
        network.fit(Networks.classes(16, 2));
        return listener.savedRun().state().ratios().keySet();
    }

    /** As SameDiff's users write it, with a bias of each kind, a gain, and weights that are a column and a row. */
    private static SameDiff network() {
        SameDiff network = SameDiff.create();
        SDVariable input = network.placeHolder("in", DataType.FLOAT, -1, 4);
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 3);
        SDVariable gain = network.var("gain", Nd4j.ones(DataType.FLOAT, 1, 8));
        SDVariable hidden = network.math.tanh(input.mmul(weights(network, "w0", 4, 8))
                .add(bias(network, "b0", 1, 8))
                .mul(gain));
        SDVariable one = network.nn.linear(hidden, weights(network, "w1", 8, 1), bias(network, "b1", 1));
        SDVariable logits = one.mmul(weights(network, "w2", 1, 3)).add(bias(network, "b2", 1, 3));
        network.loss.softmaxCrossEntropy("loss", labels, logits, null);
        return SameDiffNetworks.trainedBy(network, new Sgd(0.1));
    }

    private static SDVariable bias(SameDiff network, String name, long... shape) {
        return network.var(name, Nd4j.zeros(DataType.FLOAT, shape));
    }

    private static SDVariable weights(SameDiff network, String name, int in, int out) {
        return network.var(name, new XavierInitScheme('c', in, out), DataType.FLOAT, in, out);
    }
}
