package io.github.autol2.research.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Points;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.Trainings.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TunedLambdaTest {

    private static final RunSettings SETTINGS = RunSettings.read(Settings.load(Optional.empty(), List.of()));

    private final Map<Training, List<RunResult>> runs = new LinkedHashMap<>();

    @Test
    void choosesOnWhatIsWithinTheBudget() {
        add(0.1, 0.9, 0.7);
        add(0.01, 0.8, 0.95);

        assertThat(TunedLambda.of(runs, 10, 1000).lambda()).isEqualTo(0.1);
        assertThat(TunedLambda.of(runs, 20, 1000).lambda()).isEqualTo(0.01);
        assertThat(TunedLambda.of(runs, 20, 1000).accuracy().mean())
                .isEqualTo(0.475); // test accuracy is half of validation here
    }

    @Test
    void rangeHoldsWhatCountingCannotTellFromTheBest() {
        add(0.1, 0.89, 0.89);
        add(0.01, 0.9, 0.9);
        add(0.001, 0.88, 0.88);

        // a standard error of 1000 examples is 0.0095, of 100 it is 0.03
        assertThat(TunedLambda.of(runs, 20, 1000))
                .returns(0.01, TunedLambda::low)
                .returns(0.01, TunedLambda::high);
        assertThat(TunedLambda.of(runs, 20, 100))
                .returns(0.001, TunedLambda::low)
                .returns(0.1, TunedLambda::high);
    }

    /** Validation accuracies at steps 10 and 20. */
    private void add(double lambda, double early, double late) {
        runs.put(
                new Training("grid", lambda, SETTINGS),
                List.of(new RunResult(
                        1, 1, "constant", lambda, List.of(), List.of(point(10, early), point(20, late)))));
    }

    private static CurvePoint point(long step, double accuracy) {
        return Points.ofClasses(step, 0.1, 1, accuracy, accuracy / 2);
    }
}
