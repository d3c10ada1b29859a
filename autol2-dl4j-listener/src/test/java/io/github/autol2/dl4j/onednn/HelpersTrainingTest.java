package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What must be equal bit for bit with helpers, too. */
@Tag("slow")
class HelpersTrainingTest {

    private static final int STEPS = 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void install() {
        assumeTrue(Natives.obstacle().isEmpty(), "natives without oneDNN");
        assertThat(OneDnn.install()).isTrue();
    }

    @AfterEach
    void uninstall() {
        OneDnn.uninstall();
    }

    @Test
    void trainsTheSameInTwoThreadsAsInOne() throws Exception {
        DataSet batch = Images.batch(DataType.FLOAT, 6);
        INDArray alone = train(network(), batch, STEPS).params();
        Callable<INDArray> training =
                () -> train(network(), new DataSet(batch.getFeatures().dup(), batch.getLabels()), STEPS)
                        .params();

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<INDArray> trained : threads.invokeAll(List.of(training, training))) {
                assertThat(trained.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void resumesBitForBit() throws Exception {
        DataSet batch = Images.batch(DataType.FLOAT, 6);
        AutoL2Options options =
                AutoL2Options.adaptive(100).withInitialLambda(0.1).withRefractory(0.05);
        MultiLayerNetwork whole = network();
        AutoL2Listener unbroken = new AutoL2Listener(options);
        whole.setListeners(unbroken);
        train(whole, batch, 2 * STEPS);

        MultiLayerNetwork half = network();
        AutoL2Listener listener = new AutoL2Listener(options);
        half.setListeners(listener);
        train(half, batch, STEPS);
        Path file = folder.resolve("half.zip");
        listener.save(half, file, true);
        MultiLayerNetwork resumed = MultiLayerNetwork.load(file.toFile(), true);
        AutoL2Listener after = AutoL2Listener.resume(SavedRun.readFrom(file)).build();
        resumed.setListeners(after);
        train(resumed, batch, STEPS);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(after.changes()).isNotEmpty();
        assertThat(after.schedule()).isEqualTo(unbroken.schedule());
        assertThat(resumed.getLayer(0).getHelper()).isInstanceOf(MKLDNNConvHelper.class);
        assertThat(resumed.params()).isEqualTo(whole.params());
        assertThat(resumed.getUpdater().getStateViewArray())
                .isEqualTo(whole.getUpdater().getStateViewArray());
    }

    @Test
    void leavesTheConfigurationAsItIs() {
        String fast = network().getLayerWiseConfigurations().toJson();
        OneDnn.uninstall();

        assertThat(fast).isEqualTo(network().getLayerWiseConfigurations().toJson());
    }

    @Test
    void copesWithBatchesOfEverySize() {
        MultiLayerNetwork network = network();

        for (int size : new int[] {6, 1, 17, 6}) {
            network.fit(Images.batch(DataType.FLOAT, size));
            assertThat(network.score()).isFinite();
        }
    }

    private static MultiLayerNetwork network() {
        return Images.network(
                DataType.FLOAT,
                layers -> layers.layer(
                                new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                        .layer(new BatchNormalization())
                        .layer(new ConvolutionLayer.Builder(2, 2).nOut(4).build()));
    }

    private static MultiLayerNetwork train(MultiLayerNetwork network, DataSet batch, int steps) {
        for (int step = 0; step < steps; step++) {
            network.fit(batch);
        }
        return network;
    }
}
