package io.github.autol2.numbers;

/** The standard error of an accuracy because it is counted on a number of examples: {@code sqrt(a (1 - a) / n)}. */
public final class CountingError {

    private CountingError() {}

    /**
     * The error of one accuracy.
     *
     * @param accuracy a fraction, in [0, 1]
     * @param examples independent of each other, at least 1; not whole where runs are averaged
     * @return a fraction; 0 at 0 and 1, where it says nothing
     */
    public static double of(double accuracy, double examples) {
        return Math.sqrt(accuracy * (1 - accuracy) / examples);
    }
}
