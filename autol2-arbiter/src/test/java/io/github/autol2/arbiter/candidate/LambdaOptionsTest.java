package io.github.autol2.arbiter.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.LambdaOptions.Method;
import io.github.autol2.prediction.CalibrationOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaOptionsTest {

    @Test
    void theDefaultsAreTheCalibrationsOwnButWithARaceForOneSeed() {
        CalibrationOptions calibration = CalibrationOptions.forBudget(1000);

        assertThat(LambdaOptions.predicted().withoutRace().calibration(1000)).isEqualTo(calibration.withoutRace());
        assertThat(LambdaOptions.predicted().calibration(1000)).isEqualTo(calibration.withSeeds(List.of(1L)));
        assertThat(LambdaOptions.predicted().withSeeds(List.of(7L, 8L)).calibration(1000))
                .isEqualTo(calibration.withSeeds(List.of(7L)));
        assertThat(LambdaOptions.predicted().method()).isEqualTo(Method.PREDICTED);
        assertThat(LambdaOptions.refined(4).neighbours()).isEqualTo(4);
        assertThat(LambdaOptions.adaptive().method()).isEqualTo(Method.ADAPTIVE);
        assertThat(LambdaOptions.adaptive()
                        .withShare(0.3)
                        .withSeeds(List.of(9L))
                        .withIterations(70))
                .isEqualTo(new LambdaOptions(Method.ADAPTIVE, 0, 0.3, List.of(9L), 70, true));
    }

    @Test
    void validatedIsAdaptiveWithAnotherMethod() {
        LambdaOptions adaptive = LambdaOptions.adaptive();

        assertThat(LambdaOptions.validated())
                .isEqualTo(
                        new LambdaOptions(Method.VALIDATED, 0, adaptive.share(), adaptive.seeds(), 0, adaptive.race()));
        assertThatThrownBy(() -> LambdaOptions.validated().withNeighbours(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1 for VALIDATED");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> LambdaOptions.refined(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neighbours must be at least 0")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> LambdaOptions.adaptive().withNeighbours(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 but for PREDICTED, got 1 for ADAPTIVE");
        assertThatThrownBy(() -> LambdaOptions.predicted().withIterations(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations must be at least 0, got -1");
        assertThatThrownBy(() -> LambdaOptions.predicted().withShare(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> LambdaOptions.predicted().withSeeds(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seeds must be distinct and at least one");
    }
}
