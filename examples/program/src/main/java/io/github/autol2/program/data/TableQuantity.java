package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The label column of a table, which holds a quantity.
 *
 * @param cells  what a cell means
 * @param rows   without the header
 * @param column counted from 0
 * @param name   of the column, for messages
 * @param first  the first line of the file, for messages: it shows which columns there are
 */
record TableQuantity(Path file, Cells cells, List<RawTable.Line> rows, int column, String name, String first) {

    /**
     * The value of a row, in the table's own unit.
     *
     * @throws InvalidDataException if it has none
     */
    double of(RawTable.Line line) {
        String cell = line.cells()[column];
        OptionalDouble number = cells.number(cell);
        if (number.isEmpty() || Math.abs(number.getAsDouble()) > Float.MAX_VALUE) {
            throw new InvalidDataException(
                    file,
                    line.number(),
                    "label column " + name + " must hold finite numbers below 3.4e38, got '" + cell + "'"
                            + (Cells.looksLikeNumber(cell) && number.isEmpty()
                                    ? "; data.decimal says what their decimal sign is"
                                    : "; data.label says which column that is; the first line is " + first));
        }
        return number.getAsDouble();
    }

    /** Looks at all rows. */
    void check() {
        rows.forEach(this::of);
    }

    /**
     * The quantity, standardised by some rows.
     *
     * @param training the rows that mean and deviation come from
     */
    Target.Quantity standardised(List<RawTable.Line> training) {
        Standardizer standardizer = new Standardizer(
                training.stream().map(line -> new double[] {of(line)}).toList());
        if (!(standardizer.deviation(0) > 0)) {
            throw sameValue("training", training.size());
        }
        return new Target.Quantity(standardizer.mean(0), standardizer.deviation(0));
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
                file,
                "label column " + name + " must hold at least 2 different values in the " + part
                        + " rows, or R2 means nothing, got one value in " + count + " rows; take more rows");
    }
}
