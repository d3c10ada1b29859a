package io.github.autol2.program.data;

import org.nd4j.linalg.dataset.DataSet;

/**
 * The digits of {@link SyntheticDigits} in the format of CIFAR-10: 32 x 32 pixels in three colours in [0, 1], ink and paper of a random
 * colour each, the ink lighter in every colour. The digit stands within two pixels of the middle. As there, each block of ten rows holds
 * every digit once, and a larger set begins with the rows of a smaller one.
 */
public record SyntheticColorDigits() implements DataSource {

    private static final int SIDE = 32;
    private static final int COLOURS = 3;
    private static final InputShape SHAPE = new InputShape(COLOURS, SIDE, SIDE);
    private static final double LEAST_CONTRAST = 0.25;
    private static final double LIGHTEST_PAPER = 0.5;

    /** After {@link SyntheticDigits}' keys: a stream of its own. */
    private static final int PAINT = 2;

    @Override
    public DataSplit load(SplitSizes sizes, long seed) {
        return new DataSplit(
                draw(sizes.training(), seed, 0),
                draw(sizes.validation(), seed, 1),
                draw(sizes.test(), seed, 2),
                SHAPE,
                SyntheticDigits.CLASS_NAMES);
    }

    private static DataSet draw(int count, long seed, int set) {
        Rows rows = new Rows(count, SHAPE.inputs(), SyntheticDigits.CLASS_NAMES.size());
        float[] ink = new float[DigitPainter.SIZE * DigitPainter.SIZE];
        for (int row = 0; row < count; row++) {
            int digit = SyntheticDigits.paint(seed, set, row, ink, 0);
            paint(ink, new Draws(seed, PAINT, set, row), rows.features(), rows.offset(row));
            rows.label(row, digit);
        }
        return rows.toDataSet();
    }

    private static void paint(float[] ink, Draws draws, float[] pixels, int offset) {
        int top = draws.below(SIDE - DigitPainter.SIZE + 1);
        int left = draws.below(SIDE - DigitPainter.SIZE + 1);
        for (int colour = 0; colour < COLOURS; colour++) {
            double paper = draws.uniform(0, LIGHTEST_PAPER);
            double contrast = draws.uniform(LEAST_CONTRAST, 1 - LIGHTEST_PAPER);
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    int y = row - top;
                    int x = column - left;
                    boolean inside = y >= 0 && y < DigitPainter.SIZE && x >= 0 && x < DigitPainter.SIZE;
                    double value = inside ? ink[y * DigitPainter.SIZE + x] : 0;
                    pixels[offset + (colour * SIDE + row) * SIDE + column] = (float) (paper + contrast * value);
                }
            }
        }
    }
}
