package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Real files: the folder in AUTOL2_SHARED holds data/mnist-split (5,000 and 6,000 images) and data/mnist-10k. */
@EnabledIfEnvironmentVariable(named = "AUTOL2_SHARED", matches = ".+", disabledReason = "needs a folder with MNIST")
class MnistTest {

    private final Path shared = Path.of(System.getenv().getOrDefault("AUTOL2_SHARED", ""));

    @Test
    void readsAllImages() {
        // given
        DataSource mnist = new IdxFiles(shared.resolve("data/mnist-split"));

        // when
        DataSplit split = mnist.load(new SplitSizes(4000, 1000, 6000), 1);

        // then
        assertThat(split.training().getFeatures().shape()).containsExactly(4000, 784);
        assertThat(split.validation().getLabels().shape()).containsExactly(1000, 10);
        assertThat(split.test().getFeatures().shape()).containsExactly(6000, 784);
        assertThat(split.test().getFeatures().maxNumber().floatValue()).isEqualTo(1);
        assertThat(split.shape()).isEqualTo(new InputShape(1, 28, 28));
        assertThatThrownBy(() -> mnist.load(new SplitSizes(4000, 1001, 6000), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("data.trainSize 4000 + data.validationSize 1001 exceed the 5000 images");
        assertThatThrownBy(() -> mnist.load(new SplitSizes(4000, 1000, 6001), 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("data.testSize 6001 exceeds the 6000 images");
    }

    @Test
    void readsTheLabelsInTheOrderOfTheFile() {
        IdxFile labels = IdxFile.open(shared.resolve("data/mnist-10k"), "train-labels-idx1-ubyte", 1);

        assertThat(labels.size(0)).isEqualTo(10_000);
        assertThat(labels.items(IntStream.range(0, 8).toArray())).containsExactly(7, 5, 7, 7, 2, 5, 9, 8);
    }
}
