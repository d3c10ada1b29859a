package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {

    private final DataSource digits = new SyntheticDigits();

    @Test
    void drawsTheSameImagesOnEveryMachine() {
        // given: the checksum of this program's own first ten images, written down once
        long golden = 233912440L;

        // when
        DataSplit split = digits.load(new SplitSizes(10, 0, 1), 1);

        // then
        CRC32 checksum = new CRC32();
        for (float[] image : Values.features(split.training())) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * image.length);
            bytes.asFloatBuffer().put(image);
            checksum.update(bytes.array());
        }
        assertThat(checksum.getValue()).isEqualTo(golden);
    }

    @Test
    void drawsTheSameRowsForTheSameSeed() {
        SplitSizes sizes = new SplitSizes(30, 20, 20);

        assertThat(Values.same(digits.load(sizes, 5), digits.load(sizes, 5))).isTrue();
    }

    @Test
    void drawsOtherRowsForAnotherSeed() {
        SplitSizes sizes = new SplitSizes(30, 20, 20);

        List<float[]> rows = Values.features(digits.load(sizes, 5));
        List<float[]> others = Values.features(digits.load(sizes, 6));

        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isNotEqualTo(others.get(i));
        }
    }

    @Test
    void drawsRowsThatDoNotDependOnTheSizes() {
        // when
        DataSplit small = digits.load(new SplitSizes(7, 3, 5), 2);
        DataSplit large = digits.load(new SplitSizes(25, 31, 12), 2);

        // then
        assertThat(Values.features(large.training()).subList(0, 7))
                .usingRecursiveComparison()
                .isEqualTo(Values.features(small.training()));
        assertThat(Values.features(large.validation()).subList(0, 3))
                .usingRecursiveComparison()
                .isEqualTo(Values.features(small.validation()));
        assertThat(Values.features(large.test()).subList(0, 5))
                .usingRecursiveComparison()
                .isEqualTo(Values.features(small.test()));
        assertThat(Values.labels(large.test()).subList(0, 5)).isEqualTo(Values.labels(small.test()));
    }

    @Test
    void keepsTheThreeSetsDisjoint() {
        List<float[]> rows = Values.features(digits.load(new SplitSizes(50, 50, 50), 3));

        assertThat(rows.stream().map(Arrays::hashCode).distinct()).hasSize(150);
    }

    @Test
    void holdsEveryDigitEquallyOftenInMixedOrder() {
        List<Integer> labels =
                Values.labels(digits.load(new SplitSizes(200, 0, 1), 4).training());

        for (int digit = 0; digit < 10; digit++) {
            assertThat(labels.stream().filter(List.of(digit)::contains)).hasSize(20);
        }
        assertThat(labels.subList(0, 10)).isNotEqualTo(labels.subList(10, 20));
    }

    @Test
    void givesGreyImagesBetweenZeroAndOne() {
        // when
        DataSplit split = digits.load(new SplitSizes(100, 0, 1), 1);

        // then
        assertThat(split.shape()).isEqualTo(new InputShape(1, 28, 28));
        assertThat(split.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(split.validation().getFeatures().shape()).containsExactly(0, 784);
        for (float[] image : Values.features(split.training())) {
            assertThat(image).hasSize(784).contains(1).contains(0);
            for (float pixel : image) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void isNeitherHopelessNorTrivialForANearestMeanClassifier() {
        // given: the mean image of each digit
        DataSplit split = digits.load(new SplitSizes(1000, 0, 500), 1);
        double[][] means = new double[10][784];
        List<float[]> images = Values.features(split.training());
        List<Integer> labels = Values.labels(split.training());
        for (int i = 0; i < images.size(); i++) {
            for (int p = 0; p < 784; p++) {
                means[labels.get(i)][p] += images.get(i)[p] / 100;
            }
        }

        // when
        List<float[]> tests = Values.features(split.test());
        List<Integer> truth = Values.labels(split.test());
        int right = 0;
        for (int i = 0; i < tests.size(); i++) {
            right += nearest(means, tests.get(i)) == truth.get(i) ? 1 : 0;
        }

        // then
        assertThat(right / 500.0).isBetween(0.4, 0.95);
    }

    private static int nearest(double[][] means, float[] image) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int digit = 0; digit < means.length; digit++) {
            double square = 0;
            for (int p = 0; p < image.length; p++) {
                square += (image[p] - means[digit][p]) * (image[p] - means[digit][p]);
            }
            if (square < least) {
                least = square;
                best = digit;
            }
        }
        return best;
    }
}
