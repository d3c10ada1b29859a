package io.github.autol2.program.data;

/**
 * Paints one digit of {@link #SIZE} x {@link #SIZE} grey pixels in [0, 1], ink is 1: writes the strokes, distorts them, draws
 * them with a round pen and spoils the picture a little. An instance paints one picture. The amounts make the task about as
 * hard as MNIST: a small network that knows 512 digits by heart reads about 87 % of new ones.
 *
 * <p>All lengths are in units of the digit's box unless pixels are named. Only arithmetic that is the same everywhere is used:
 * {@code StrictMath} for sine and cosine.
 */
final class DigitPainter {

    static final int SIZE = 28;

    private static final double BOX_PIXELS = 20;
    private static final double KNOT_DEVIATION = 0.02;
    private static final double SCALE_DEVIATION = 0.1;
    private static final double SHEAR_DEVIATION = 0.15;
    private static final double ROTATION_DEVIATION = 0.12;
    private static final double SHIFT_DEVIATION = 0.045;
    private static final double WARP_DEVIATION = 0.03;
    private static final double NOISE_DEVIATION = 0.15;
    private static final double SPOT_PROBABILITY = 0.2;
    private static final double STRAY_LINE_PROBABILITY = 0.2;

    private final Draws draws;
    private final double[] ink = new double[SIZE * SIZE];

    DigitPainter(Draws draws) {
        this.draws = draws;
    }

    /** Writes the picture into {@code pixels}, row by row, from {@code offset} on. */
    void paint(int digit, float[] pixels, int offset) {
        Distortion distortion = new Distortion(draws);
        double pen = draws.uniform(0.7, 1.6);
        double edge = draws.uniform(0.8, 1.6);
        for (double[] line : DigitStrokes.write(digit, KNOT_DEVIATION, draws)) {
            distortion.apply(line);
            draw(line, pen, edge);
        }
        if (draws.uniform(0, 1) < STRAY_LINE_PROBABILITY) {
            drawStrayLine(edge);
        }
        if (draws.uniform(0, 1) < SPOT_PROBABILITY) {
            eraseSpot();
        }
        for (int i = 0; i < ink.length; i++) {
            double value = ink[i] + draws.bell(NOISE_DEVIATION);
            pixels[offset + i] = (float) Math.min(1, Math.max(0, value));
        }
    }

    /** Ink where the distance to the line is below the pen's radius, fading over the edge; both in pixels. */
    private void draw(double[] line, double radius, double edge) {
        double reach = radius + edge / 2;
        for (int p = 0; p + 3 < line.length; p += 2) {
            double x = line[p];
            double y = line[p + 1];
            double dx = line[p + 2] - x;
            double dy = line[p + 3] - y;
            double square = dx * dx + dy * dy;
            int top = first(Math.min(y, y + dy) - reach);
            int bottom = last(Math.max(y, y + dy) + reach);
            int left = first(Math.min(x, x + dx) - reach);
            int right = last(Math.max(x, x + dx) + reach);
            for (int row = top; row <= bottom; row++) {
                for (int column = left; column <= right; column++) {
                    double along = square == 0 ? 0 : ((column - x) * dx + (row - y) * dy) / square;
                    along = Math.min(1, Math.max(0, along));
                    double distance = length(column - x - along * dx, row - y - along * dy);
                    double value = Math.min(1, 0.5 + (radius - distance) / edge);
                    ink[row * SIZE + column] = Math.max(ink[row * SIZE + column], value);
                }
            }
        }
    }

    private void drawStrayLine(double edge) {
        double x = draws.uniform(2, SIZE - 2);
        double y = draws.uniform(2, SIZE - 2);
        draw(new double[] {x, y, x + draws.uniform(-8, 8), y + draws.uniform(-8, 8)}, draws.uniform(0.4, 0.8), edge);
    }

    private void eraseSpot() {
        double x = draws.uniform(6, SIZE - 6);
        double y = draws.uniform(6, SIZE - 6);
        double radius = draws.uniform(1, 3);
        for (int i = 0; i < ink.length; i++) {
            double distance = length(i % SIZE - x, Math.floorDiv(i, SIZE) - y);
            ink[i] *= Math.min(1, Math.max(0, distance - radius));
        }
    }

    private static int first(double pixel) {
        return Math.max(0, (int) Math.ceil(pixel));
    }

    private static int last(double pixel) {
        return Math.min(SIZE - 1, (int) Math.floor(pixel));
    }

    private static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /** A random affine map of the box to pixels, after a smooth random warp. */
    private static final class Distortion {

        private final double[] matrix = new double[4];
        private final double[] shift = new double[2];
        private final double[][] waves = new double[4][];

        Distortion(Draws draws) {
            double angle = draws.bell(ROTATION_DEVIATION);
            double cosine = StrictMath.cos(angle);
            double sine = StrictMath.sin(angle);
            double shear = draws.bell(SHEAR_DEVIATION);
            double width = BOX_PIXELS * (1 + draws.bell(SCALE_DEVIATION));
            double height = BOX_PIXELS * (1 + draws.bell(SCALE_DEVIATION));
            // Scale, then shear along x (a slant), then rotate.
            matrix[0] = cosine * width;
            matrix[1] = (cosine * shear - sine) * height;
            matrix[2] = sine * width;
            matrix[3] = (sine * shear + cosine) * height;
            for (int axis = 0; axis < 2; axis++) {
                shift[axis] = (SIZE - 1) / 2.0 + BOX_PIXELS * draws.bell(SHIFT_DEVIATION);
            }
            for (int w = 0; w < waves.length; w++) {
                // amplitude, wave numbers along x and y (radians per box), phase
                waves[w] = new double[] {
                    draws.bell(WARP_DEVIATION), draws.bell(4), draws.bell(4), draws.uniform(0, 2 * Math.PI)
                };
            }
        }

        /** Maps the points {@code x, y, x, y, ...} in place from the unit square to pixels. */
        void apply(double[] line) {
            for (int p = 0; p < line.length; p += 2) {
                double x = line[p] - 0.5;
                double y = line[p + 1] - 0.5;
                double u = x + wave(waves[0], x, y) + wave(waves[1], x, y);
                double v = y + wave(waves[2], x, y) + wave(waves[3], x, y);
                line[p] = matrix[0] * u + matrix[1] * v + shift[0];
                line[p + 1] = matrix[2] * u + matrix[3] * v + shift[1];
            }
        }

        private static double wave(double[] wave, double x, double y) {
            return wave[0] * StrictMath.sin(wave[1] * x + wave[2] * y + wave[3]);
        }
    }
}
