package io.github.autol2.program.data;

import java.util.Objects;
import java.util.Set;

/**
 * Augments batches of training images. What comes out depends on the seed and on the batches so far only. Not thread-safe.
 *
 * <p>Plain Java on arrays: DataVec's transformations of images need OpenCV, and ND4J's operations work on whole batches, not on each
 * image with its own random numbers.
 */
public final class Augmenter {

    /** The largest shift is the side divided by this: 4 pixels of 32. */
    private static final int SHIFT = 8;

    private final Set<Augmentation> kinds;
    private final InputShape shape;
    private final Draws draws;
    private final float[] image;

    /**
     * @param kinds may be empty
     * @param shape of each image
     */
    public Augmenter(Set<Augmentation> kinds, InputShape shape, long seed) {
        this.kinds = Set.copyOf(kinds);
        this.shape = Objects.requireNonNull(shape, "shape");
        this.draws = new Draws(seed);
        this.image = new float[shape.inputs()];
    }

    /** Whether it leaves all batches as they are. */
    public boolean isIdle() {
        return kinds.isEmpty();
    }

    /**
     * Augments a batch in place.
     *
     * @param features {@code [rows, inputs]}, row by row
     * @param labels   {@code [rows, classes]}, row by row
     * @param rows     at least 1
     */
    public void apply(float[] features, float[] labels, int rows) {
        for (int row = 0; row < rows; row++) {
            int offset = row * image.length;
            if (kinds.contains(Augmentation.FLIP) && draws.below(2) == 1) {
                move(features, offset, true, 0, 0);
            }
            if (kinds.contains(Augmentation.CROP)) {
                int down = shift(shape.height());
                move(features, offset, false, down, shift(shape.width()));
            }
        }
        if (kinds.contains(Augmentation.MIXUP)) {
            mixup(features, labels, rows);
        }
    }

    private int shift(int side) {
        int largest = side / SHIFT;
        return draws.below(2 * largest + 1) - largest;
    }

    /** Moves an image, mirrored or not; pixels from outside are 0. */
    private void move(float[] features, int offset, boolean mirrored, int down, int right) {
        System.arraycopy(features, offset, image, 0, image.length);
        int height = shape.height();
        int width = shape.width();
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                int from = row - down;
                int line = (channel * height + row) * width;
                for (int column = 0; column < width; column++) {
                    int source = mirrored ? width - 1 - column : column - right;
                    boolean inside = from >= 0 && from < height && source >= 0 && source < width;
                    features[offset + line + column] = inside ? image[(channel * height + from) * width + source] : 0;
                }
            }
        }
    }

    /** Row i is mixed with row (rows - 1 - i), as in the code beside arXiv:2006.08643; each has a weight of its own. */
    private void mixup(float[] features, float[] labels, int rows) {
        for (int row = 0; row <= (rows - 1) / 2; row++) {
            int partner = rows - 1 - row;
            float weight = (float) draws.uniform(0, 1);
            float partnerWeight = (float) draws.uniform(0, 1);
            mix(features, features.length / rows, row, partner, weight, partnerWeight);
            mix(labels, labels.length / rows, row, partner, weight, partnerWeight);
        }
    }

    private static void mix(float[] values, int columns, int row, int partner, float weight, float partnerWeight) {
        for (int column = 0; column < columns; column++) {
            float a = values[row * columns + column];
            float b = values[partner * columns + column];
            values[row * columns + column] = weight * a + (1 - weight) * b;
            values[partner * columns + column] = partnerWeight * b + (1 - partnerWeight) * a;
        }
    }
}
