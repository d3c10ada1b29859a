package io.github.autol2.program.data;

/**
 * The shape of one input. A row of features holds it channel by channel, each channel row by row.
 *
 * @param channels 1 for grey images and for tables, at least 1
 * @param height   in pixels, 1 for tables, at least 1
 * @param width    in pixels, or the number of columns of a table, at least 1
 */
public record InputShape(int channels, int height, int width) {

    public InputShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "channels, height and width must be >= 1, got " + channels + " x " + height + " x " + width);
        }
        Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** The shape of a table with this number of feature columns. */
    public static InputShape row(int columns) {
        return new InputShape(1, 1, columns);
    }

    /** The number of features of one input. */
    public int inputs() {
        return channels * height * width;
    }

    /** Whether neighbouring inputs form a picture, as a convolution needs. */
    public boolean isImage() {
        return height > 1;
    }
}
