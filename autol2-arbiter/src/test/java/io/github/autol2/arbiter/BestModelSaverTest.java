package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.SavedNetwork;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BestModelSaverTest {

    @TempDir
    private Path folder;

    private static MultiLayerNetwork network(int width) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(width).build())
                .layer(new OutputLayer.Builder().nIn(width).nOut(2).build())
                .build());
        network.init();
        return network;
    }

    private static ResultReference save(BestModelSaver saver, int index, double score) throws Exception {
        return saver.saveModel(new OptimizationResult(null, score, index, null, null, null), network(index + 1));
    }

    private static int best(BestModelSaver saver) throws Exception {
        return (int) ((DenseLayer) ((MultiLayerNetwork) saver.best())
                                .getLayer(0)
                                .conf()
                                .getLayer())
                        .getNOut()
                - 1;
    }

    @Test
    void keepsTheBestAndOfEqualOnesTheFirstInAnyOrder() throws Exception {
        BestModelSaver largest = new BestModelSaver(folder.resolve("a.zip").toString(), false);
        BestModelSaver smallest = new BestModelSaver(folder.resolve("b.zip").toString(), true);
        for (BestModelSaver saver : List.of(largest, smallest)) {
            save(saver, 3, 0.5);
            save(saver, 4, 0.7);
            save(saver, 2, 0.7);
            save(saver, 5, 0.7);
            save(saver, 7, 0.5);
        }

        assertThat(best(largest)).isEqualTo(2);
        assertThat(best(smallest)).isEqualTo(3);
    }

    @Test
    void onlyTheBestHasAModel() throws Exception {
        BestModelSaver saver = new BestModelSaver(folder.resolve("a.zip").toString(), false);
        ResultReference worse = save(saver, 0, 0.5);
        ResultReference better = save(saver, 1, 0.6);

        assertThat(better.getResultModel()).isInstanceOf(MultiLayerNetwork.class);
        assertThatThrownBy(worse::getResultModel)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("candidate 0 is not the best");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aModelThatIsNotOfASearchIsNamed() throws Exception {
        Path file = folder.resolve("model.zip");
        BestModelSaver saver = new BestModelSaver(file.toString(), false);
        assertThatThrownBy(saver::best).isInstanceOf(IOException.class).hasMessageContaining("does not exist");

        ModelSerializer.writeModel(network(3), file.toFile(), true);

        assertThatThrownBy(() -> save(saver, 0, 0.5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is not a model that a search has saved");
    }

    @Test
    void whatItKnowsBesidesTheNetworkIsJson() throws Exception {
        Path file = folder.resolve("model.zip");
        BestModelSaver saver = new BestModelSaver(file.toString(), false);
        save(saver, 4, 0.625);

        assertThat(SavedNetwork.text(file, "autol2-search.json")).contains("{\"score\":0.625,\"candidate\":4}");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream()).noneMatch(entry -> entry.getName().startsWith("objects/"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{", "{\"score\":1}", "5"})
    void aDamagedNoteIsNamed(String note) throws Exception {
        Path file = folder.resolve("model.zip");
        BestModelSaver saver = new BestModelSaver(file.toString(), false);
        save(saver, 4, 0.625);
        try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
            Files.writeString(zip.getPath("autol2-search.json"), note);
        }

        assertThatThrownBy(() -> save(saver, 0, 0.5))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is not a model that a search has saved");
    }
}
