package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class TrainingNotesTest {

    private static final DataSplit DATA = new SyntheticDigits().load(new SplitSizes(20, 400, 100), 1);

    private static RunResult run(double best, double last) {
        return run(new Figures.OfClasses(best, best), new Figures.OfClasses(last, last));
    }

    private static RunResult run(Figures best, Figures last) {
        return new RunResult(
                1,
                1,
                "adaptive",
                0.1,
                List.of(),
                List.of(
                        new CurvePoint(10, 0.1, 0.05, 1, 0.5, best, best, best),
                        new CurvePoint(20, 0.1, 0.05, 1, 0.5, last, last, last)));
    }

    /** Rows of three classes; there are so many of each in the validation examples. */
    private static DataSplit validatedBy(int... counts) {
        INDArray labels = Nd4j.zeros(Arrays.stream(counts).sum(), counts.length);
        int row = 0;
        for (int c = 0; c < counts.length; c++) {
            for (int i = 0; i < counts[c]; i++) {
                labels.putScalar(row++, c, 1);
            }
        }
        DataSet rows = new DataSet(Nd4j.zeros(labels.rows(), 2), labels);
        return new DataSplit(rows, rows, rows, InputShape.row(2), List.of("a", "b", "c"));
    }

    private static List<String> notes(RunResult run, DataSplit data) {
        return TrainingNotes.of(run, data, true);
    }

    @Test
    void tellTheShareOfTheMostFrequentClass() {
        assertThat(notes(run(0.7, 0.7), DATA))
                .singleElement()
                .asString()
                .matches("The most frequent class has 1\\d\\.\\d\\d % of the test examples\\.");
        assertThat(TrainingNotes.of(run(0.7, 0.7), DATA, false))
                .singleElement()
                .asString()
                .endsWith("examples of the first seed.");
    }

    /** Two counting errors of 70 % of 400 examples are 4.6 points. */
    @Test
    void tellOfAnAccuracyThatFellByMoreThanChance() {
        String fell =
                "Note: the accuracy of the validation examples was 70.00 % at its best and is 65.00 % at the end, and "
                        + "model.zip holds the end. tune chooses lambda with the validation examples, and keeps the best network as well.";

        assertThat(notes(run(0.7, 0.65), DATA)).hasSize(2).endsWith(fell);
        assertThat(notes(run(0.7, 0.66), DATA)).hasSize(1);
    }

    /** 30 of 30 right are two examples more than 28, whatever a standard error of 0 says. */
    @Test
    void takeTwoExamplesForChance() {
        DataSplit data = validatedBy(10, 10, 10);

        assertThat(notes(run(1, 28 / 30.0), data)).hasSize(1);
        assertThat(notes(run(1, 27 / 30.0), data)).hasSize(2);
    }

    /** Two counting errors of 90 % of twice five examples are 19 points; the class that has none counts for nothing. */
    @Test
    void takeBalancedAccuracyToBeAsSureAsTheRarestClass() {
        DataSplit data = validatedBy(395, 5, 0);

        assertThat(notes(run(balanced(0.9), balanced(0.72)), data)).hasSize(1);
        assertThat(notes(run(balanced(0.9), balanced(0.68)), data))
                .hasSize(2)
                .last()
                .asString()
                .startsWith(
                        "Note: the balanced accuracy of the validation examples was 90.00 % at its best and is 68.00 %");
    }

    private static Figures balanced(double accuracy) {
        return new Figures.OfClasses(0.95, accuracy, true);
    }

    @Test
    void tellOfAnR2ThatFellByThreePercent() {
        DataSet rows = new DataSet(Nd4j.zeros(9, 2), Nd4j.zeros(9, 1));
        DataSplit data =
                new DataSplit(rows, rows, rows, InputShape.row(2), new Target.Quantity(0, 1), Optional.empty());

        assertThat(notes(run(r2(0.5), r2(0.471)), data)).isEmpty();
        assertThat(notes(run(r2(0.5), r2(0.469)), data))
                .singleElement()
                .asString()
                .startsWith("Note: the R2 of the validation examples was 0.500 at its best and is 0.469 at the end");
    }

    private static Figures r2(double r2) {
        return new Figures.OfQuantity(r2, 1);
    }
}
