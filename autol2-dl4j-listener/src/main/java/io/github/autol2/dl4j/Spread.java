package io.github.autol2.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The standard deviation over the examples, the root mean square over the columns of the first two dimensions. */
final class Spread {
    private double[] sums = {};
    private double[] squares = {};
    private long rows;

    void add(INDArray values) {
        float[] all = values.dup('c').data().asFloat();
        int columns = (int) (values.length() / values.size(0));
        if (rows == 0) {
            sums = new double[columns];
            squares = new double[columns];
        }
        int shared = Math.min(columns, sums.length); // sequences may differ in length
        for (int row = 0; row < values.size(0); row++) {
            for (int i = 0; i < shared; i++) {
                double value = all[row * columns + i];
                sums[i] += value;
                squares[i] += value * value;
            }
        }
        rows += values.size(0);
    }

    double deviation() {
        double variance = 0;
        for (int i = 0; i < sums.length; i++) {
            double mean = sums[i] / rows;
            variance += Math.max(0, squares[i] / rows - mean * mean);
        }
        return Math.sqrt(variance / sums.length);
    }
}
