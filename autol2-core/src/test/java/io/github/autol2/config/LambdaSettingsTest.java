package io.github.autol2.config;

import static io.github.autol2.config.SettingsFiles.message;
import static io.github.autol2.config.SettingsFiles.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.LambdaSettings.Mode;
import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaSettingsTest {

    @Test
    void leavesEverythingToTheAdaptivePresetByDefault() {
        // given
        SettingsReader reader = reader();

        // when
        LambdaSettings settings = LambdaSettings.read(reader);
        reader.finish();

        // then
        assertThat(settings.mode()).isEqualTo(Mode.ADAPTIVE);
        assertThat(settings.options(5000)).isEqualTo(AutoL2Options.adaptive(5000));
        assertThat(reader.effective())
                .hasToString("{lambda.mode=adaptive, lambda.value=unused, lambda.initial=preset, "
                        + "lambda.decayFactor=preset, lambda.refractory=preset, "
                        + "lambda.measureEvery=preset, lambda.minimum=preset}");
    }

    @Test
    void leavesEverythingToThePaperPreset() {
        assertThat(read("lambda.mode=paper").options(5000)).isEqualTo(AutoL2Options.paper());
    }

    @Test
    void changesTheAdaptivePreset() {
        // when
        AutoL2Options options = read(
                        "lambda.initial=0.02",
                        "lambda.decayFactor=5",
                        "lambda.refractory=0.5",
                        "lambda.measureEvery=30",
                        "lambda.minimum=1e-5")
                .options(5000);

        // then
        assertThat(options)
                .isEqualTo(AutoL2Options.adaptive(5000)
                        .withInitialLambda(0.02)
                        .withDecayFactor(5)
                        .withRefractory(0.5)
                        .withMeasureEvery(30)
                        .withMinimumLambda(1e-5));
    }

    @Test
    void changesThePaperPreset() {
        // when
        AutoL2Options options = read(
                        "lambda.mode=paper", "lambda.initial=0.3", "lambda.measureEvery=7", "lambda.minimum=0.3")
                .options(1);

        // then
        assertThat(options)
                .isEqualTo(AutoL2Options.paper()
                        .withInitialLambda(0.3)
                        .withMeasureEvery(7)
                        .withMinimumLambda(0.3));
    }

    @Test
    void hasNoRuleInTheConstantMode() {
        // given
        SettingsReader reader = reader("lambda.mode=constant", "lambda.value=0");

        // when
        LambdaSettings settings = LambdaSettings.read(reader);
        reader.finish();

        // then
        assertThat(settings.value()).contains(0.0);
        assertThat(reader.effective()).containsEntry("lambda.value", "0.0").containsEntry("lambda.initial", "unused");
        assertThatThrownBy(() -> settings.options(100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lambda.mode must be adaptive or paper, got constant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lambda.initial=4.9E-324",
                "lambda.decayFactor=1.0000001",
                "lambda.refractory=0",
                "lambda.measureEvery=1",
                "lambda.minimum=0"
            })
    void acceptsTheEdgeOfEachRange(String setting) {
        assertThat(read(setting)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "lambda.initial, 0, must be > 0",
        "lambda.decayFactor, 1, must be > 1",
        "lambda.refractory, -0.1, must be >= 0",
        "lambda.measureEvery, 0, must be >= 1",
        "lambda.minimum, -1e-9, must be >= 0",
        "lambda.mode, guessed, 'must be one of adaptive, paper, predicted, constant, free'"
    })
    void rejectsWhatIsOutsideEachRange(String key, String value, String rule) {
        assertThat(readMessage(key + "=" + value)).isEqualTo("--set: " + key + " " + rule + ", got " + value);
    }

    @Test
    void thePredictedModeHasNoRuleAndTakesItsValueLater() {
        LambdaSettings settings = read("lambda.mode=predicted");

        assertThat(settings.hasRule()).isFalse();
        assertThat(settings.value()).isEmpty();
        assertThat(settings.withPredicted(0.003).value()).contains(0.003);
        assertThat(settings.withPredicted(0.003).mode()).isEqualTo(LambdaSettings.Mode.PREDICTED);
        assertThat(readMessage("lambda.mode=predicted", "lambda.value=1"))
                .isEqualTo("--set: lambda.value has no effect with lambda.mode = predicted, got 1");
        assertThat(readMessage("lambda.mode=predicted", "lambda.initial=1"))
                .isEqualTo("--set: lambda.initial has no effect with lambda.mode = predicted, got 1");
        assertThatThrownBy(() -> settings.options(100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lambda.mode must be adaptive or paper, got predicted");
    }

    @Test
    void theFreeModeTakesNoFurtherSettings() {
        LambdaSettings settings = read("lambda.mode=free");

        assertThat(settings).isEqualTo(LambdaSettings.free());
        assertThat(settings.hasRule()).isFalse();
        assertThat(readMessage("lambda.mode=free", "lambda.value=1"))
                .isEqualTo("--set: lambda.value has no effect with lambda.mode = free, got 1");
        assertThat(readMessage("lambda.mode=free", "lambda.minimum=1"))
                .isEqualTo("--set: lambda.minimum has no effect with lambda.mode = free, got 1");
        assertThatThrownBy(() -> settings.options(100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lambda.mode must be adaptive or paper, got free");
    }

    @Test
    void needsAValueExactlyInTheConstantMode() {
        assertThat(readMessage("lambda.mode=constant"))
                .isEqualTo("--set: lambda.value is required with lambda.mode = constant");
        assertThat(readMessage("lambda.mode=constant", "lambda.value=-1"))
                .isEqualTo("--set: lambda.value must be >= 0, got -1");
        assertThat(readMessage("lambda.value=0.1"))
                .isEqualTo("--set: lambda.value has no effect with lambda.mode = adaptive, got 0.1");
        assertThat(readMessage("lambda.mode=paper", "lambda.value=0.1"))
                .isEqualTo("--set: lambda.value has no effect with lambda.mode = paper, got 0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"initial", "decayFactor", "refractory", "measureEvery", "minimum"})
    void refusesTheKeysOfTheRuleInTheConstantMode(String key) {
        assertThat(readMessage("lambda.mode=constant", "lambda.value=0.1", "lambda." + key + "=2"))
                .isEqualTo("--set: lambda." + key + " has no effect with lambda.mode = constant, got 2");
    }

    @Test
    void rejectsAFloorAboveTheFirstLambda() {
        assertThat(read("lambda.initial=0.01", "lambda.minimum=0.01")).isNotNull();
        assertThat(readMessage("lambda.initial=0.01", "lambda.minimum=0.011"))
                .isEqualTo("--set: lambda.minimum must be <= the first lambda 0.01, got 0.011");
        assertThat(readMessage("lambda.mode=paper", "lambda.minimum=0.5"))
                .isEqualTo("--set: lambda.minimum must be <= the first lambda 0.1, got 0.5");
        assertThat(read("lambda.minimum=0.5").options(10).minimumLambda())
                .isEqualTo(0.5); // the first lambda is not known yet
    }

    @Test
    void cannotBeMadeOutsideItsRanges() {
        assertThatThrownBy(() -> new LambdaSettings(
                        Mode.ADAPTIVE,
                        Optional.empty(),
                        Optional.of(Double.NaN),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda.initial must be > 0, got NaN");
    }

    private static LambdaSettings read(String... overrides) {
        SettingsReader reader = reader(overrides);
        LambdaSettings settings = LambdaSettings.read(reader);
        reader.finish();
        return settings;
    }

    private static String readMessage(String... overrides) {
        return message(Path.of("none"), () -> read(overrides));
    }
}
