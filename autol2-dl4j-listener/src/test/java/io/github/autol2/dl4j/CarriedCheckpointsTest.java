package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.log.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

/** What goes wrong with a checkpoint of Deeplearning4j's ends no training. */
class CarriedCheckpointsTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    @TempDir
    private Path folder;

    private CheckpointListener saver;

    @BeforeEach
    void saveACheckpoint() {
        saver = new CheckpointListener.Builder(folder.toFile())
                .keepAll()
                .saveEveryNIterations(2)
                .build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.05)));
        network.setListeners(saver);
        Networks.fit(network, Networks.classes(16, 1), 3);
        assertThat(saver.availableCheckpoints()).hasSize(1);
    }

    private CarriedCheckpoints carried(CarriedCheckpoints.State state) {
        CarriedCheckpoints carried = new CarriedCheckpoints(state);
        carried.meet(List.of(saver));
        return carried;
    }

    @Test
    void aStateThatCannotBeMadeIsNamedForEachCheckpointOnce() {
        CarriedCheckpoints carried = carried(() -> {
            throw new IllegalArgumentException("the iterations of lambda's steps must rise");
        });

        carried.carry();
        carried.carry();

        assertThat(log.of(Level.WARN))
                .singleElement()
                .asString()
                .endsWith("could not take up the state of AutoL2; a run that goes on from it begins anew");
    }

    @Test
    void aListOfCheckpointsThatCannotBeReadIsNamedOnceAnEpoch() throws IOException {
        Files.writeString(folder.resolve("checkpointInfo.txt"), "header\nnot a checkpoint\n");
        CarriedCheckpoints carried = carried(() -> {
            throw new AssertionError("there is nothing to take it up");
        });

        carried.carry();
        carried.carry();
        assertThat(log.of(Level.WARN))
                .containsExactly("The last checkpoint of a CheckpointListener cannot be found; "
                        + "until the next epoch its checkpoints do not take up the state of AutoL2");

        carried.meet(List.of(saver));
        carried.carry();
        assertThat(log.of(Level.WARN)).hasSize(2);
    }
}
