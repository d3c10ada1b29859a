package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Adler32;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.model.LeNet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network of Deeplearning4j's zoo. The weights that {@code initPretrained} loads come from a file of the test, because those of the
 * zoo are a download.
 */
class ZooNetworksTest {

    private static final int ROWS = 6;
    private static final int SIZE = 28;
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(200).withInitialLambda(0.1).withRefractory(0.1);

    @TempDir
    private Path folder;

    private File resources;

    @BeforeEach
    void keepWhatIsLoadedInTheFolder() {
        resources = DL4JResources.getBaseDirectory();
        DL4JResources.setBaseDirectory(folder.toFile());
    }

    @AfterEach
    void restore() {
        DL4JResources.setBaseDirectory(resources);
    }

    @Test
    void theLastLayerOfAPretrainedLeNetIsTrainedAnew() throws IOException {
        // given
        MultiLayerNetwork pretrained = (MultiLayerNetwork)
                new PretrainedLeNet(stored(new PretrainedLeNet(folder).init())).initPretrained(PretrainedType.MNIST);
        int last = pretrained.getnLayers() - 1;
        MultiLayerNetwork network = new TransferLearning.Builder(pretrained)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor(last - 1)
                .removeOutputLayer()
                .addLayer(Networks.softmax(500).build())
                .build();
        INDArray kept = network.params().dup();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);

        // when
        Networks.fit(network, images(), 40);

        // then
        assertThat(listener.changes()).isNotEmpty();
        assertThat(coefficients(network)).containsExactly(listener.lambda());
        long frozen = network.numParams() - network.getLayer(last).numParams();
        assertThat(first(network.params(), frozen)).isEqualTo(first(kept, frozen));
    }

    private Path stored(Model network) throws IOException {
        Path file = folder.resolve("weights.zip");
        ((MultiLayerNetwork) network).save(file.toFile());
        return file;
    }

    private static List<Double> coefficients(Model model) {
        return PenalisedParameters.of(Network.of(model), Participants.WEIGHTS).stream()
                .map(parameters -> parameters.coefficient(Penalty.L2, 0, 0).orElse(0))
                .toList();
    }

    private static INDArray first(INDArray parameters, long count) {
        return parameters.reshape(parameters.length()).get(NDArrayIndex.interval(0, count));
    }

    /** Images of three classes, one brighter than the other. */
    private static DataSet images() {
        INDArray features = Nd4j.rand(DataType.FLOAT, ROWS, 1, SIZE, SIZE);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, ROWS, 3);
        for (int row = 0; row < ROWS; row++) {
            features.slice(row).addi(row % 3);
            labels.putScalar(row, row % 3, 1);
        }
        return new DataSet(features, labels);
    }

    private static String url(Path file) {
        try {
            return file.toUri().toURL().toString();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long checksum(Path file) {
        Adler32 checksum = new Adler32();
        try {
            checksum.update(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checksum.getValue();
    }

    @SuppressWarnings("unchecked") // the zoo's own: LeNet.init() returns a Model, whatever is asked for
    private static final class PretrainedLeNet extends LeNet {
        private final Path file;

        private PretrainedLeNet(Path file) {
            super(
                    1,
                    new int[] {1, SIZE, SIZE},
                    10,
                    new Adam(0.01),
                    CacheMode.NONE,
                    WorkspaceMode.ENABLED,
                    ConvolutionLayer.AlgoMode.PREFER_FASTEST);
            this.file = file;
        }

        @Override
        public String pretrainedUrl(PretrainedType type) {
            return url(file);
        }

        @Override
        public long pretrainedChecksum(PretrainedType type) {
            return checksum(file);
        }
    }
}
