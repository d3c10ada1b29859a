package io.github.autol2.program.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Training, validation and test rows, disjoint, in memory. Each data set holds features [rows, inputs] and one-hot labels
 * [rows, classes], both of type float. The arrays are not copied: who changes them changes them for all readers.
 *
 * @param training   at least one row
 * @param validation may have no rows
 * @param test       at least one row
 * @param shape      of one input
 * @param classNames in the order of the label columns, at least two
 */
public record DataSplit(DataSet training, DataSet validation, DataSet test, InputShape shape, List<String> classNames) {

    public DataSplit {
        Objects.requireNonNull(shape, "shape");
        classNames = List.copyOf(classNames);
        if (classNames.size() < 2) {
            throw new IllegalArgumentException("there must be at least 2 classes, got " + classNames);
        }
        check("training", training, 1, shape, classNames.size());
        check("validation", validation, 0, shape, classNames.size());
        check("test", test, 1, shape, classNames.size());
    }

    private static void check(String name, DataSet rows, int minimum, InputShape shape, int classes) {
        Objects.requireNonNull(rows, name);
        checkArray(name + " features", rows.getFeatures(), shape.inputs());
        checkArray(name + " labels", rows.getLabels(), classes);
        long count = rows.getFeatures().size(0);
        if (count < minimum) {
            throw new IllegalArgumentException(
                    "the " + name + " set must have at least " + minimum + " row, got " + count);
        }
        if (rows.getLabels().size(0) != count) {
            throw new IllegalArgumentException("the " + name + " set must have a label for each of its " + count
                    + " rows, got " + rows.getLabels().size(0));
        }
    }

    private static void checkArray(String name, INDArray array, int columns) {
        if (array.rank() != 2 || array.size(1) != columns || array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("the " + name + " must be floats of shape [rows, " + columns + "], got "
                    + array.dataType() + " of shape " + Arrays.toString(array.shape()));
        }
    }
}
