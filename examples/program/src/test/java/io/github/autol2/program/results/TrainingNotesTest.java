package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.training.Points;
import io.github.autol2.program.training.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingNotesTest {

    private static final DataSplit DATA = new SyntheticDigits().load(new SplitSizes(20, 400, 100), 1);

    private static RunResult run(double best, double last) {
        return new RunResult(
                1,
                1,
                "adaptive",
                0.1,
                List.of(),
                List.of(Points.ofClasses(10, 0.1, 0.8, best, 0.6), Points.ofClasses(20, 0.1, 1, last, 0.5)));
    }

    @Test
    void tellTheShareOfTheMostFrequentClass() {
        assertThat(TrainingNotes.of(run(0.7, 0.7), DATA))
                .singleElement()
                .asString()
                .matches("The most frequent class has 1\\d\\.\\d\\d % of the test examples\\.");
    }

    /** Two counting errors of 70 % of 400 examples are 4.6 points. */
    @Test
    void tellOfAnAccuracyThatFellByMoreThanChance() {
        String fell =
                "Note: the accuracy of the validation examples was 70.00 % at its best and is 65.00 % at the end, and "
                        + "model.zip holds the end. tune chooses lambda with the validation examples, and keeps the best network as well.";

        assertThat(TrainingNotes.of(run(0.7, 0.65), DATA)).hasSize(2).endsWith(fell);
        assertThat(TrainingNotes.of(run(0.7, 0.66), DATA)).hasSize(1);
    }
}
