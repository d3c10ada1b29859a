package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class TrainingAtEndOnlyTest {

    private static final RunSettings SETTINGS = RunSettings.read(Settings.load(
            Optional.empty(),
            List.of(
                    "data.trainSize=64",
                    "data.validationSize=64",
                    "data.testSize=64",
                    "model.depth=1",
                    "model.width=16",
                    "train.steps=240",
                    "train.batchSize=32",
                    "calibration.share=0.2",
                    "seeds=1")));

    static Stream<LambdaChoice> choices() {
        return Stream.of(
                new FixedLambda.Habit(),
                new LambdaChoice.FreeRule(),
                new LambdaChoice.Validated(),
                new LambdaChoice.TimeLaw());
    }

    @ParameterizedTest
    @MethodSource("choices")
    void changesNothingButWhatIsMeasured(LambdaChoice choice) throws IOException {
        DataSplit data = SETTINGS.data().load();
        List<CurvePoint> whole = curve(choice.training(SETTINGS, data));

        List<CurvePoint> curve = curve(choice.training(SETTINGS, data).withTrainingAtEndOnly());

        int last = whole.size() - 1;
        assertThat(last).isGreaterThan(1);
        assertThat(curve.get(last)).isEqualTo(whole.get(last));
        assertThat(whole.get(last).loss()).isFinite();
        assertThat(curve)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("loss", "training")
                .isEqualTo(whole);
        assertThat(curve.subList(0, last)).allSatisfy(point -> {
            assertThat(point.loss()).isNaN();
            assertThat(point.trainError()).isNaN();
        });
    }

    private static List<CurvePoint> curve(Training training) {
        return training.train(1, (iteration, lambda, loss) -> {}).result().curve();
    }
}
