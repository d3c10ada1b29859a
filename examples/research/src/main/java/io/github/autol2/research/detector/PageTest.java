package io.github.autol2.research.detector;

/**
 * Page's test (E. S. Page, Biometrika 41, 1954) on window means: the loss stands above its minimum by more than a number of standard
 * errors of the difference. Each window brings its own variance, from successive differences (J. von Neumann, Ann. Math. Statist. 12,
 * 1941), which a trend does not inflate; so the scale of the loss does not matter.
 */
final class PageTest {

    /** The threshold that the comparison speaks of: few false alarms, and not much later than lower ones. */
    static final double CHOSEN = 4;

    private final double standardErrors;
    private double minimum = Double.POSITIVE_INFINITY;
    private double minimumNoise;

    /**
     * @param standardErrors greater than 0
     */
    PageTest(double standardErrors) {
        this.standardErrors = standardErrors;
    }

    /** Whether the mean of the window {@code [from, to)} stands above the minimum; the windows are passed in their order. */
    boolean rose(double[] losses, int from, int to) {
        int count = to - from;
        double sum = losses[from];
        double squares = 0;
        for (int i = from + 1; i < to; i++) {
            sum += losses[i];
            squares += (losses[i] - losses[i - 1]) * (losses[i] - losses[i - 1]);
        }
        double mean = sum / count;
        double noise = count < 2 ? 0 : Math.sqrt(squares / 2 / (count - 1) / count);
        boolean rose = mean - minimum > standardErrors * Math.hypot(noise, minimumNoise);
        if (mean < minimum) {
            minimum = mean;
            minimumNoise = noise;
        }
        return rose;
    }
}
