package io.github.autol2.program.data;

import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Handwritten-looking digits of 28 x 28 grey pixels in [0, 1], drawn by this program: nothing to download, any number of rows.
 * Each block of ten rows holds every digit once. Row {@code i} of a set depends on the seed, the set and {@code i} only: a larger
 * set begins with the rows of a smaller one.
 */
public record SyntheticDigits() implements DataSource {

    private static final InputShape SHAPE = new InputShape(1, DigitPainter.SIZE, DigitPainter.SIZE);
    static final List<String> CLASS_NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** The key after the seed: keeps the streams of orders and pictures apart. */
    private static final int ORDER = 0;

    private static final int PICTURE = 1;

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        return new DataSplit(
                draw(sizes.training(), seed, 0),
                draw(sizes.validation(), seed, 1),
                draw(sizes.test(), seed, 2),
                SHAPE,
                CLASS_NAMES);
    }

    private static DataSet draw(int count, long seed, int set) {
        Rows rows = new Rows(count, SHAPE.inputs(), CLASS_NAMES.size());
        for (int row = 0; row < count; row++) {
            rows.label(row, paint(seed, set, row, rows.features(), rows.offset(row)));
        }
        return rows.toDataSet();
    }

    /** Writes the picture of a row into {@code pixels}, from {@code offset} on, and tells its digit. */
    static int paint(long seed, int set, int row, float[] pixels, int offset) {
        int classes = CLASS_NAMES.size();
        int digit = new Draws(seed, ORDER, set, row / classes).permutation(classes)[row % classes];
        new DigitPainter(new Draws(seed, PICTURE, set, row)).paint(digit, pixels, offset);
        return digit;
    }
}
