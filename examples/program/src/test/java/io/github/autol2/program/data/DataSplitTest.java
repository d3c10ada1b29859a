package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DataSplitTest {

    private static final InputShape SHAPE = InputShape.row(3);

    @Test
    void copiesTheClassNames() {
        List<String> names = new ArrayList<>(List.of("a", "b"));
        DataSplit split = new DataSplit(rows(2, 3, 2), rows(0, 3, 2), rows(1, 3, 2), SHAPE, names);

        names.clear();

        assertThat(split.classNames()).containsExactly("a", "b");
    }

    @Test
    void refusesSetsWithoutRowsExceptForValidation() {
        assertRefused(rows(0, 3, 2), List.of("a", "b"), "the training set must have at least 1 row, got 0");
    }

    @Test
    void refusesArraysThatDoNotFit() {
        assertRefused(
                rows(2, 4, 2),
                List.of("a", "b"),
                "the training features must be floats of shape [rows, 3], got FLOAT of shape [2, 4]");
        assertRefused(
                rows(2, 3, 3),
                List.of("a", "b"),
                "the training labels must be floats of shape [rows, 2], got FLOAT of shape [2, 3]");
        assertRefused(
                new DataSet(Nd4j.zeros(DataType.DOUBLE, 2, 3), Nd4j.zeros(2, 2)),
                List.of("a", "b"),
                "the training features must be floats of shape [rows, 3], got DOUBLE of shape [2, 3]");
        assertRefused(
                new DataSet(Nd4j.zeros(DataType.FLOAT, 2, 3), Nd4j.zeros(DataType.FLOAT, 1, 2)),
                List.of("a", "b"),
                "the training set must have a label for each of its 2 rows, got 1");
    }

    @Test
    void refusesASingleClass() {
        assertRefused(rows(2, 3, 1), List.of("a"), "there must be at least 2 classes, got [a]");
    }

    private static void assertRefused(DataSet training, List<String> names, String message) {
        assertThatThrownBy(() -> new DataSplit(training, rows(0, 3, 2), rows(1, 3, 2), SHAPE, names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static DataSet rows(int count, int inputs, int classes) {
        return new Rows(count, inputs, classes).toDataSet();
    }
}
