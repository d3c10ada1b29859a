package io.github.autol2.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.search.SearchSpaces;
import io.github.autol2.program.search.SpaceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A search space as JSON or YAML. */
@Tag("slow")
class SpaceFileFuzzTest {

    @TempDir
    private static Path folder;

    private final FuzzedFile file = new FuzzedFile(folder.resolve("space.json"));

    static Stream<Arguments> seeds() {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .updater(new SgdSpace(new ContinuousParameterSpace(0.01, 0.1)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(Seeds.INPUTS)
                        .nOut(new IntegerParameterSpace(2, 4))
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(Seeds.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .build();
        return Damaged.files(Seeds.of(SearchSpaces.json(space), "layerSpaces:\n- layerSpace: {}\n  numLayers: 1\n"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsASpaceOrRefusesIt(byte @NotNull [] content) throws IOException {
        file.read(content, SpaceFile::load, InvalidModelException.class);
    }
}
