package io.github.autol2.program.data;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The label column of a table, which holds a quantity.
 *
 * @param body   the rows
 * @param column counted from 0
 * @param name   of the column, for messages
 */
record TableQuantity(TableBody body, int column, String name) {

    /**
     * The value of a row, in the table's own unit.
     *
     * @throws InvalidDataException if it has none
     */
    double of(int row) {
        double number = body.column(column).number(row);
        if (!(Math.abs(number) <= Float.MAX_VALUE)) {
            String cell = body.cell(row, column);
            boolean gap = !cell.isEmpty() && body.cells().isMissing(cell);
            throw new InvalidDataException(
                    body.table().file(),
                    body.line(row),
                    "label column " + name + " must hold finite numbers below 3.4e38, got '" + cell + "'"
                            + (gap ? ", which data.gaps takes for none" : "")
                            + (Cells.looksLikeNumber(cell) && Double.isNaN(number) && !gap
                                    ? "; data.decimal says what their decimal sign is"
                                    : (body.cells().isMissing(cell)
                                                    ? "; data.unlabelled=leave-out leaves out such rows"
                                                    : "")
                                            + body.above(row)
                                            + "; data.label says which column that is; the first line is "
                                            + body.table().firstLine()));
        }
        return number;
    }

    /**
     * What a network is to answer for a row.
     *
     * @throws InvalidDataException if it is too far from the training rows
     */
    float standardised(int row, Target.Quantity quantity) {
        float standardised = quantity.standardised(of(row));
        if (!Float.isFinite(standardised)) {
            throw new InvalidDataException(
                    body.table().file(),
                    body.line(row),
                    "label column " + name + " must not be so far from the training rows, whose mean is "
                            + quantity.mean()
                            + " and deviation " + quantity.deviation() + ", that it fits into no float, got "
                            + body.cell(row, column));
        }
        return standardised;
    }

    /** Looks at all rows. */
    void check() {
        for (int row = 0; row < body.count(); row++) {
            of(row);
        }
    }

    /** The values of all rows. */
    DoubleStream values() {
        return IntStream.range(0, body.count()).mapToDouble(this::of);
    }

    /**
     * The quantity, standardised by some rows.
     *
     * @param training the rows that mean and deviation come from
     */
    Target.Quantity standardised(int[] training) {
        Standardizer fitted =
                Standardizer.of(Arrays.stream(training).mapToDouble(this::of).toArray());
        if (!(fitted.deviation() > 0)) {
            throw sameValue("training", training.length);
        }
        return new Target.Quantity(fitted.mean(), fitted.deviation());
    }

    /**
     * Looks whether R2 can be told of rows, which takes two different values.
     *
     * @param part training, validation or test
     */
    void checkVaries(String part, DataSet chosen) {
        float[] values = chosen.getLabels().isEmpty()
                ? new float[0]
                : chosen.getLabels().dup('c').data().asFloat();
        for (float value : values) {
            if (value != values[0]) {
                return;
            }
        }
        if (values.length > 0) {
            throw sameValue(part, values.length);
        }
    }

    private InvalidDataException sameValue(String part, int count) {
        return new InvalidDataException(
                body.table().file(),
                "label column " + name + " must hold at least 2 different values in the " + part
                        + " rows, or R2 means nothing, got one value in " + count + " rows; take more rows");
    }
}
