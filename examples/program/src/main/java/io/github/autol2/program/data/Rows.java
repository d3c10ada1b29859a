package io.github.autol2.program.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Rows on their way to a {@link DataSet}: filled one by one, the features of all rows in one array. */
final class Rows {

    /** Java's arrays end a little before 2^31. */
    static final int MOST = Integer.MAX_VALUE - 8;

    private final int inputs;
    private final int outputs;
    private final float[] features;
    private final float[] labels;

    Rows(int count, int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        check(count, inputs);
        check(count, outputs);
        features = new float[count * inputs];
        labels = new float[count * outputs];
    }

    /** Looks whether rows of a training fit into an array. */
    static void check(int count, int columns) {
        check(count, columns, "take fewer (data.trainSize, data.validationSize, data.testSize)");
    }

    /**
     * Looks whether rows fit into an array.
     *
     * @param remedy what to do if they do not
     * @throws InvalidDataException if not
     */
    static void check(int count, int columns, String remedy) {
        if ((long) count * columns > MOST) {
            throw new InvalidDataException("a set of examples must have at most " + MOST
                    + " numbers, got " + count + " examples of " + columns
                    + ": " + remedy);
        }
    }

    /** The features of all rows; row {@code i} starts at {@code offset(i)}. */
    float[] features() {
        return features;
    }

    int offset(int row) {
        return row * inputs;
    }

    /** Gives a row its class. */
    void label(int row, int label) {
        labels[row * outputs + label] = 1;
    }

    /** Gives a row its quantity, the only output. */
    void value(int row, float value) {
        labels[row] = value;
    }

    DataSet toDataSet() {
        return new DataSet(matrix(features, inputs), matrix(labels, outputs));
    }

    private static INDArray matrix(float[] values, int columns) {
        int rows = values.length / columns;
        // ND4J keeps the shape of an array without rows only when it is asked for an empty one.
        return rows == 0
                ? Nd4j.create(DataType.FLOAT, 0, columns)
                : Nd4j.create(values, new long[] {rows, columns}, 'c');
    }
}
