package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DivisionTest {

    private static final Target CLASSES = new Target.Classes(List.of("a", "b", "c"));

    /** Rows of two inputs and one of three classes. */
    private static DataSet rows(float[]... rows) {
        float[][] inputs = new float[rows.length][2];
        float[][] labels = new float[rows.length][3];
        for (int row = 0; row < rows.length; row++) {
            inputs[row] = new float[] {rows[row][0], rows[row][1]};
            labels[row][(int) rows[row][2]] = 1;
        }
        return new DataSet(Nd4j.createFromArray(inputs), Nd4j.createFromArray(labels));
    }

    private static float[] row(float... cells) {
        return cells;
    }

    private static Division division(DataSet training, DataSet validation, DataSet test) {
        return new Division(new DataSplit(training, validation, test, InputShape.row(2), CLASSES, Optional.empty()));
    }

    @Test
    void countsTheExamplesOfEachClassInEachPart() {
        Division division = division(
                rows(row(1, 2, 0), row(3, 4, 1), row(3, 5, 1)), rows(row(5, 6, 0)), rows(row(7, 8, 1), row(7, 9, 2)));

        assertThat(division.sizes()).isEqualTo("2 inputs, 3 classes: 3 training, 1 validation and 2 test examples.");
        assertThat(division.classes())
                .containsExactly(
                        "  a: 1 training, 1 validation and 0 test examples",
                        "  b: 2 training, 0 validation and 1 test examples",
                        "  c: 0 training, 0 validation and 1 test examples");
        assertThat(division.missing())
                .containsExactly(
                        "No training example, so that no network can learn it, has the class c.",
                        "No validation example has the class b, c.",
                        "No test example, so that averages over classes leave it out, has the class a.");
    }

    @Test
    void countsInputsThatTrainingExamplesHaveToo() {
        DataSet training = rows(row(1, 2, 0), row(3, 4, 1), row(-0f, 4, 2));

        assertThat(division(training, rows(row(2, 1, 0)), rows(row(4, 3, 1))).repeated())
                .isEmpty();
        assertThat(division(training, rows(row(3, 4, 0), row(2, 1, 0)), rows(row(0, 4, 1), row(1, 2, 0)))
                        .repeated())
                .containsExactly(
                        "The inputs of 1 of 2 validation and 2 of 2 test examples are those of a training example, too.");
    }

    @Test
    void aQuantityHasNoClasses() {
        DataSet rows = new DataSet(
                Nd4j.createFromArray(new float[][] {{1}, {2}}), Nd4j.createFromArray(new float[][] {{1}, {2}}));
        Division division = new Division(
                new DataSplit(rows, rows, rows, InputShape.row(1), new Target.Quantity(0, 1), Optional.empty()));

        assertThat(division.sizes()).isEqualTo("1 inputs, a quantity: 2 training, 2 validation and 2 test examples.");
        assertThat(division.classes()).isEmpty();
        assertThat(division.missing()).isEmpty();
    }
}
