package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {

    /** Two colours, 8 x 16 pixels: shifts by up to 1 down and 2 to the right. */
    private static final InputShape SHAPE = new InputShape(2, 8, 16);

    private static final int ROWS = 60;

    @Test
    void flipsAboutHalfOfTheImages() {
        float[] before = images();
        float[] after = applied(1, before, Augmentation.FLIP);

        int flipped = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] image = image(after, row);
            boolean same = Arrays.equals(image, image(before, row));
            assertThat(image).isEqualTo(same ? image(before, row) : moved(image(before, row), true, 0, 0));
            flipped += same ? 0 : 1;
        }
        assertThat(flipped).isBetween(15, 45);
    }

    @Test
    void cropsByUpToAnEighthOfTheSideInEveryDirection() {
        float[] before = images();
        float[] after = applied(1, before, Augmentation.CROP);

        Set<List<Integer>> shifts = new HashSet<>();
        for (int row = 0; row < ROWS; row++) {
            for (int down = -1; down <= 1; down++) {
                for (int right = -2; right <= 2; right++) {
                    if (Arrays.equals(image(after, row), moved(image(before, row), false, down, right))) {
                        shifts.add(List.of(down, right));
                        after[row * SHAPE.inputs()] = -1; // found
                    }
                }
            }
            assertThat(after[row * SHAPE.inputs()])
                    .as("row %s is its own shift", row)
                    .isEqualTo(-1);
        }
        assertThat(shifts).hasSizeGreaterThan(12).contains(List.of(-1, -2), List.of(1, 2));
    }

    @Test
    void mixesEachRowAndItsLabelWithItsPartner() {
        // given
        float[] before = images();
        float[] features = before.clone();
        float[] labels = labels();

        // when
        new Augmenter(Set.of(Augmentation.MIXUP), SHAPE, 1).apply(features, labels, ROWS);

        // then: the weight is read off the label, whose own class and partner's class differ
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            int partner = ROWS - 1 - row;
            float weight = labels[row * 2 + row % 2];
            assertThat(weight).isBetween(0f, 1f);
            assertThat(labels[row * 2] + labels[row * 2 + 1]).isCloseTo(1, within(1e-6f));
            for (int i = 0; i < SHAPE.inputs(); i++) {
                float expected = weight * image(before, row)[i] + (1 - weight) * image(before, partner)[i];
                assertThat(image(features, row)[i]).isCloseTo(expected, within(1e-5f));
            }
            sum += weight;
        }
        assertThat(sum / ROWS).isCloseTo(0.5, within(0.15));
    }

    @Test
    void theMiddleRowOfAnOddBatchStaysItself() {
        float[] features = Arrays.copyOf(images(), 3 * SHAPE.inputs());
        float[] labels = Arrays.copyOf(labels(), 6);

        new Augmenter(Set.of(Augmentation.MIXUP), SHAPE, 1).apply(features, labels, 3);

        for (int i = 0; i < SHAPE.inputs(); i++) {
            assertThat(image(features, 1)[i]).isCloseTo(image(images(), 1)[i], within(1e-3f));
        }
        assertThat(labels[3]).isCloseTo(1, within(1e-6f));
        assertThat(image(features, 0)).isNotEqualTo(image(images(), 0));
    }

    @Test
    void leavesLabelsAloneWithoutMixup() {
        float[] labels = labels();

        new Augmenter(Set.of(Augmentation.FLIP, Augmentation.CROP), SHAPE, 1).apply(images(), labels, ROWS);

        assertThat(labels).isEqualTo(labels());
    }

    @Test
    void theSeedDecidesAndEveryBatchDiffers() {
        Augmentation[] all = Augmentation.values();
        assertThat(applied(3, images(), all)).isEqualTo(applied(3, images(), all));
        assertThat(applied(3, images(), all)).isNotEqualTo(applied(4, images(), all));

        Augmenter augmenter = new Augmenter(Set.of(all), SHAPE, 3);
        float[] first = images();
        float[] second = images();
        augmenter.apply(first, labels(), ROWS);
        augmenter.apply(second, labels(), ROWS);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void isIdleWithoutAnything() {
        assertThat(new Augmenter(Set.of(), SHAPE, 1).isIdle()).isTrue();
        assertThat(new Augmenter(Set.of(Augmentation.CROP), SHAPE, 1).isIdle()).isFalse();
        assertThat(applied(1, images())).isEqualTo(images());
    }

    @Test
    void isWrittenAsAList() {
        assertThat(Augmentation.FORMAT.parse().apply("none")).isEmpty();
        assertThat(Augmentation.FORMAT.parse().apply("mixup, flip"))
                .containsExactly(Augmentation.FLIP, Augmentation.MIXUP);
        assertThat(Augmentation.FORMAT.show().apply(Set.of(Augmentation.MIXUP, Augmentation.CROP)))
                .isEqualTo("crop,mixup");
        assertThat(Augmentation.FORMAT.show().apply(Set.of())).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLIP", "flip,", "flip,flip", "none,flip", "rotate"})
    void refusesOtherWords(String text) {
        assertThatThrownBy(() -> Augmentation.FORMAT.parse().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be none, or some of flip, crop, mixup separated by commas");
    }

    private static float[] applied(long seed, float[] images, Augmentation... kinds) {
        float[] features = images.clone();
        new Augmenter(Set.of(kinds), SHAPE, seed).apply(features, labels(), ROWS);
        return features;
    }

    /** All pixels differ. */
    private static float[] images() {
        float[] images = new float[ROWS * SHAPE.inputs()];
        for (int i = 0; i < images.length; i++) {
            images[i] = i + 1;
        }
        return images;
    }

    /** Class 0 for even rows, 1 for odd ones. */
    private static float[] labels() {
        float[] labels = new float[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[2 * row + row % 2] = 1;
        }
        return labels;
    }

    private static float[] image(float[] images, int row) {
        return Arrays.copyOfRange(images, row * SHAPE.inputs(), (row + 1) * SHAPE.inputs());
    }

    private static float[] moved(float[] image, boolean mirrored, int down, int right) {
        float[] moved = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            int channel = i / 128;
            int y = i / 16 % 8 + down;
            int x = mirrored ? 15 - i % 16 : i % 16 + right;
            if (y >= 0 && y < 8 && x >= 0 && x < 16) {
                moved[channel * 128 + y * 16 + x] = image[i];
            }
        }
        return moved;
    }
}
