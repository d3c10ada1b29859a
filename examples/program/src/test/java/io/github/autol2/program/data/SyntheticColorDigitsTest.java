package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticColorDigitsTest {

    private final DataSource digits = new SyntheticColorDigits();

    @Test
    void givesImagesOfTheFormatOfCifar10BetweenZeroAndOne() {
        DataSplit split = digits.load(new SplitSizes(40, 0, 1), 1);

        assertThat(split.shape()).isEqualTo(new InputShape(3, 32, 32));
        for (float[] image : Values.features(split.training())) {
            assertThat(image).hasSize(3 * 32 * 32);
            for (float pixel : image) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
    }

    /** Paper at the corner of each colour, ink lighter by at least a quarter, and the same shape in all three. */
    @Test
    void drawsTheSameDigitInEachColour() {
        for (float[] image :
                Values.features(digits.load(new SplitSizes(40, 0, 1), 1).training())) {
            int[] lightest = new int[3];
            for (int colour = 0; colour < 3; colour++) {
                for (int i = 0; i < 1024; i++) {
                    lightest[colour] =
                            image[colour * 1024 + i] > image[colour * 1024 + lightest[colour]] ? i : lightest[colour];
                }
                float contrast = image[colour * 1024 + lightest[colour]] - image[colour * 1024];
                assertThat(contrast).isGreaterThan(0.2f);
            }
            assertThat(lightest[1]).isEqualTo(lightest[0]);
            assertThat(lightest[2]).isEqualTo(lightest[0]);
        }
    }

    @Test
    void colourSaysNothingAboutTheDigit() {
        List<float[]> images =
                Values.features(digits.load(new SplitSizes(20, 0, 1), 1).training());

        assertThat(images.stream().map(image -> image[0]).distinct()).hasSize(20);
    }

    @Test
    void holdsEveryDigitEquallyOften() {
        List<Integer> labels =
                Values.labels(digits.load(new SplitSizes(100, 0, 1), 4).training());

        for (int digit = 0; digit < 10; digit++) {
            assertThat(labels.stream().filter(List.of(digit)::contains)).hasSize(10);
        }
    }

    @Test
    void rowsDependOnTheSeedAndNotOnTheSizes() {
        DataSplit small = digits.load(new SplitSizes(7, 3, 5), 2);
        DataSplit large = digits.load(new SplitSizes(12, 4, 6), 2);

        assertThat(Values.features(large.training()).subList(0, 7))
                .usingRecursiveComparison()
                .isEqualTo(Values.features(small.training()));
        assertThat(Values.features(large.test()).subList(0, 5))
                .usingRecursiveComparison()
                .isEqualTo(Values.features(small.test()));
        assertThat(Values.same(small, digits.load(new SplitSizes(7, 3, 5), 3))).isFalse();
    }
}
