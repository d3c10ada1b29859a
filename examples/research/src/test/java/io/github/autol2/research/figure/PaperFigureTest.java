package io.github.autol2.research.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.research.figure.PaperFigure.Part;
import io.github.autol2.research.figure.PaperFigure.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaperFigureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void settingsOfTheSmallScaleNeedNothingElse(PaperFigure figure) {
        List<Part> parts = figure.parts(figure.partNames(), Scale.SMALL, settings());

        assertThat(parts).extracting(Part::name).isEqualTo(figure.partNames());
        assertThat(parts)
                .allSatisfy(part -> assertThat(part.experiment().steps()).isBetween(100L, 150_000L));
    }

    @ParameterizedTest
    @EnumSource
    void settingsOfThePaperNeedOnlyTheData(PaperFigure figure) {
        assertThatThrownBy(() -> figure.parts(figure.partNames(), Scale.PAPER, settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("data.path must be an existing folder");
        assertThat(figure.parts(figure.partNames(), Scale.PAPER, settings("data.path=" + folder)))
                .allSatisfy(part -> assertThat(part.experiment().steps()).isGreaterThan(8_000L));
    }

    @Test
    void aPresetThatTheUsersNetworkHasNoUseForIsLeftOut() {
        assertThat(PaperFigure.SWEEP_CNN
                        .parts(List.of("3-cnn"), Scale.SMALL, settings("model.kind=mlp"))
                        .get(0)
                        .settings())
                .containsEntry("model.stride", "unused");
    }

    /** The sum of the iterations tells the budgets, so that all figures can be made with another number of steps. */
    @ParameterizedTest
    @CsvSource({
        "BUDGETS, 100, 5 * 100 + 300 + 30 + 10 + 3",
        "BUDGETS, 1000, 5 * 1000 + 3000 + 300 + 100 + 30",
        "PREDICTION, 500, 6 * 500 + 500 + 160 + 50 + 10",
        "PREDICTION, 50, 6 * 50 + 50 + 10"
    })
    void budgetsGoWithTheSteps(PaperFigure figure, int steps, String iterations) {
        List<Part> parts = figure.parts(
                figure.partNames(), Scale.SMALL, settings("seeds=1", "train.evaluateEvery=10", "train.steps=" + steps));

        long expected = Stream.of(iterations.split(" \\+ "))
                .mapToLong(PaperFigureTest::product)
                .sum();
        long calibration = figure == PaperFigure.PREDICTION
                ? CalibrationTask.most(parts.get(0).experiment().settings())
                : 0;
        assertThat(parts.get(0).experiment().steps() - calibration).isEqualTo(expected);
    }

    private static long product(String factors) {
        return Stream.of(factors.split(" \\* ")).mapToLong(Long::parseLong).reduce(1, (one, other) -> one * other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BUDGETS      | figure.budgets=10          | unknown key figure.budgets",
                "BUDGETS      | figure.lambdas=0.1,0.1     | figure.lambdas must be distinct numbers, got 0.1,0.1",
                "BUDGETS      | figure.lambdas=0.1         | figure.lambdas must be at least two, got 0.1",
                "BUDGETS      | figure.c=0.01              | figure.c must be at least each of figure.lambdas",
                "PREDICTION   | train.schedule=cosine      | train.schedule must be constant",
                "PREDICTION   | figure.budgets=5           | figure.budgets must be between train.evaluateEvery and train.steps, got 5",
                "PREDICTION   | calibration.budgets=10     | calibration.budgets has no effect",
                "SWEEP_FC_WRN | train.learningRate=0.1     | train.learningRate has no effect with figure.learningRates",
                "SWEEP_FC_WRN | train.schedule=cosine      | train.schedule must be constant",
                "RULE         | figure.lambdas=0.1         | unknown key figure.lambdas",
                "SWEEP_FC_WRN | figure.learningRates=0.1   | must be at least two each",
                "SWEEP_CNN    | train.updater=adam         | train.updater must be sgd or nesterovs",
                "SWEEP_CNN    | train.updater=rmsprop      | train.updater must be sgd or nesterovs",
                "SWEEP_CNN    | figure.budget=2000         | figure.budget must be between train.evaluateEvery and train.steps, got 2000"
            })
    void refusesWhatAFigureCannotUse(PaperFigure figure, String setting, String message) {
        assertThatThrownBy(() -> figure.parts(figure.partNames(), Scale.SMALL, settings(setting)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    private static Settings settings(String... given) {
        return Settings.load(Optional.empty(), List.of(given));
    }
}
