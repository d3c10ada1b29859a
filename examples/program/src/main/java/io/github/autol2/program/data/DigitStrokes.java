package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How the ten digits are written: for each digit a few common forms, each of one or more strokes of a pen.
 *
 * <p>A stroke is a list of knots {@code x, y, x, y, ...} in the unit square, x to the right and y down. The pen follows a smooth
 * (Catmull-Rom) curve through the knots; a knot that is written twice is a corner.
 */
final class DigitStrokes {

    private static final int STEPS_PER_KNOT = 6;

    /** Indexed by digit, form, stroke and coordinate. */
    private static final double[][][][] FORMS = {
        // 0
        {
            {{.50, .05, .30, .16, .22, .48, .29, .82, .50, .95, .71, .82, .78, .48, .69, .16, .48, .05}},
            {{.62, .08, .40, .08, .25, .35, .25, .70, .42, .94, .62, .90, .76, .62, .74, .28, .56, .05, .40, .12}}
        },
        // 1
        {
            {{.50, .05, .50, .50, .50, .95}},
            {{.34, .25, .52, .05, .52, .05, .52, .50, .51, .95}},
            {{.34, .24, .51, .05, .51, .05, .51, .95}, {.33, .95, .69, .95}}
        },
        // 2
        {
            {{.24, .26, .34, .09, .55, .05, .73, .17, .71, .38, .50, .64, .22, .93, .22, .93, .50, .92, .79, .93}},
            {
                {
                    .25, .24, .38, .07, .60, .07, .73, .24, .64, .50, .40, .84, .24, .92, .20, .80, .34, .76, .56, .88,
                    .80, .90
                }
            }
        },
        // 3
        {
            {{.26, .15, .47, .05, .69, .16, .65, .37, .42, .47, .42, .47, .67, .56, .74, .76, .52, .95, .24, .84}},
            {{.25, .07, .73, .07, .73, .07, .44, .41, .44, .41, .68, .52, .73, .76, .50, .95, .24, .86}}
        },
        // 4
        {
            {{.30, .07, .26, .30, .24, .54, .24, .54, .50, .53, .80, .51}, {.66, .22, .64, .60, .61, .95}},
            {{.63, .95, .65, .05, .65, .05, .20, .66, .20, .66, .83, .65}}
        },
        // 5
        {
            {{.74, .07, .34, .07, .34, .07, .29, .44, .29, .44, .52, .38, .74, .53, .71, .80, .48, .95, .23, .85}},
            {
                {.32, .08, .30, .42, .30, .42, .56, .40, .73, .58, .67, .83, .45, .94, .25, .88},
                {.32, .08, .55, .07, .78, .05}
            }
        },
        // 6
        {
            {{.66, .06, .43, .20, .28, .50, .27, .78, .46, .95, .69, .84, .70, .62, .50, .52, .30, .68}},
            {{.48, .05, .33, .35, .29, .72, .42, .94, .63, .88, .68, .68, .54, .56, .36, .64, .30, .78}}
        },
        // 7
        {
            {{.22, .08, .77, .08, .77, .08, .56, .48, .43, .95}},
            {{.22, .08, .77, .08, .77, .08, .57, .48, .45, .95}, {.34, .52, .74, .48}},
            {{.23, .24, .23, .09, .23, .09, .78, .07, .78, .07, .64, .40, .55, .95}}
        },
        // 8
        {
            {
                {
                    .69, .18, .50, .05, .31, .17, .35, .36, .52, .48, .70, .63, .71, .83, .50, .95, .29, .83, .31, .63,
                    .49, .47, .65, .35, .68, .15
                }
            },
            {
                {
                    .50, .46, .32, .36, .33, .15, .50, .05, .67, .15, .68, .36, .50, .46, .29, .60, .28, .83, .50, .95,
                    .72, .83, .71, .60, .48, .46
                }
            }
        },
        // 9
        {
            {{.70, .28, .54, .46, .33, .41, .29, .20, .46, .05, .66, .12, .71, .30, .69, .60, .63, .95}},
            {
                {
                    .71, .26, .56, .46, .34, .42, .28, .22, .45, .05, .66, .11, .72, .32, .72, .62, .62, .88, .44, .95,
                    .28, .88
                }
            }
        },
    };

    private DigitStrokes() {}

    /**
     * One way to write the digit: a random form whose knots are moved a little.
     *
     * @param deviation the standard deviation of the knots, in units of the square
     * @return the strokes, each a line through the points {@code x, y, x, y, ...}
     */
    static List<double[]> write(int digit, double deviation, Draws draws) {
        double[][][] forms = FORMS[digit];
        List<double[]> lines = new ArrayList<>();
        for (double[] stroke : forms[draws.below(forms.length)]) {
            lines.add(smooth(moved(stroke, deviation, draws)));
        }
        return lines;
    }

    private static double[] moved(double[] stroke, double deviation, Draws draws) {
        double[] knots = stroke.clone();
        for (int k = 0; k < knots.length; k += 2) {
            boolean corner = k > 0 && stroke[k] == stroke[k - 2] && stroke[k + 1] == stroke[k - 1];
            knots[k] = corner ? knots[k - 2] : knots[k] + draws.bell(deviation);
            knots[k + 1] = corner ? knots[k - 1] : knots[k + 1] + draws.bell(deviation);
        }
        return knots;
    }

    /** The curve through the knots: from knot b to knot c the cubic whose tangents are (c - a) / 2 and (d - b) / 2. */
    static double[] smooth(double[] knots) {
        int last = knots.length / 2 - 1;
        double[] line = new double[2 * (last * STEPS_PER_KNOT + 1)];
        for (int axis = 0; axis < 2; axis++) {
            for (int k = 0; k < last; k++) {
                double a = knots[2 * Math.max(k - 1, 0) + axis];
                double b = knots[2 * k + axis];
                double c = knots[2 * (k + 1) + axis];
                double d = knots[2 * Math.min(k + 2, last) + axis];
                boolean corner = knots[2 * k] == knots[2 * k + 2] && knots[2 * k + 1] == knots[2 * k + 3];
                for (int step = 0; step < STEPS_PER_KNOT; step++) {
                    double t = (double) step / STEPS_PER_KNOT;
                    double cubic = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d)));
                    line[2 * (k * STEPS_PER_KNOT + step) + axis] = corner ? b : cubic;
                }
            }
            line[line.length - 2 + axis] = knots[2 * last + axis];
        }
        return line;
    }
}
