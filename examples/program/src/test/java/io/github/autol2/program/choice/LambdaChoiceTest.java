package io.github.autol2.program.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.choice.FixedLambda.OfGrid;
import io.github.autol2.program.choice.LambdaChoice.Rule;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.PublishedOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaChoiceTest {

    @Test
    void labelsTellAllChoicesApart() {
        List<LambdaChoice> choices = List.of(
                new FixedLambda.Predicted(0.1),
                new FixedLambda.None(),
                new OfGrid(1, 0.1),
                new OfGrid(2, 0.1),
                new FixedLambda.Constant(0.1),
                new FixedLambda.Constant(0.2),
                new LambdaChoice.Validated(),
                new LambdaChoice.Held(),
                new LambdaChoice.TimeLaw(),
                new LambdaChoice.FreeRule(),
                new FixedLambda.Habit(),
                Rule.ADAPTIVE,
                Rule.OPEN,
                Rule.PAPER,
                Rule.CONVERTED);

        assertThat(choices).extracting(LambdaChoice::label).doesNotHaveDuplicates();
        assertThat(choices).extracting(LambdaChoice::label).allMatch(label -> label.matches("[a-z0-9.E-]+"));
    }

    @Test
    void aGridReachesTwoDecadesToEachSide() {
        List<OfGrid> grid = OfGrid.around(0.1, 5);

        assertThat(grid).extracting(OfGrid::label).containsExactly("grid-1", "grid-2", "grid-3", "grid-4", "grid-5");
        assertThat(grid.get(0).lambda()).isCloseTo(0.001, within(1e-12));
        assertThat(grid.get(1).lambda()).isCloseTo(0.01, within(1e-12));
        assertThat(grid.get(4).lambda()).isCloseTo(10, within(1e-9));
    }

    @Test
    void aGridOfOneIsItsCentreAndAGridOfNoneIsEmpty() {
        assertThat(OfGrid.around(0.1, 1)).containsExactly(new OfGrid(1, 0.1));
        assertThat(OfGrid.around(0.1, 0)).isEmpty();
    }

    @Test
    void runsOfAGridAreKeptByTheirLambdaSoThatAnotherGridFindsThem() {
        assertThat(new OfGrid(1, 0.1).key()).isEqualTo(new OfGrid(3, 0.1).key()).isNotEqualTo(new OfGrid(1, 0.2).key());
    }

    @Test
    void onlyRulesChangeLambda() {
        assertThat(new FixedLambda.None().constant()).contains(0.0);
        assertThat(new FixedLambda.Predicted(0.1).constant()).contains(0.1);
        assertThat(new FixedLambda.Habit().constant()).contains(1e-4);
        assertThat(new LambdaChoice.Validated().constant()).isEmpty();
        assertThat(new LambdaChoice.FreeRule().constant()).isEmpty();
        assertThat(Rule.PAPER.constant()).isEmpty();
    }

    @Test
    void onlyThePredictionNeedsTheCalibration() {
        assertThat(new FixedLambda.Predicted(0.1).needsCalibration()).isTrue();
        assertThat(new LambdaChoice.Validated().needsCalibration()).isFalse();
        assertThat(new LambdaChoice.FreeRule().needsCalibration()).isFalse();
        assertThat(new OfGrid(1, 0.1).needsCalibration()).isFalse();
        assertThat(Rule.ADAPTIVE.needsCalibration()).isFalse();
    }

    @Test
    void theConvertedRuleHasThePrintedNumbersTimesTwiceTheClasses() {
        PublishedOptions converted = (PublishedOptions) Rule.CONVERTED.options(1000, () -> 10);

        assertThat(converted.initialLambda()).isEqualTo(2.0);
        assertThat(converted.refractory()).isEqualTo(2.0);
        assertThat(Rule.PAPER.options(1000, () -> 10)).isEqualTo(AutoL2Options.paper());
    }
}
