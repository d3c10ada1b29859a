package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoL2OptionsTest {

    private static final InitialLambda LAMBDA = new InitialLambda.Fixed(0.02);
    private static final PublishedOptions PUBLISHED = new PublishedOptions(0.02, 4, 0.3, 50, 1e-6, 7);
    private static final AdaptiveOptions ADAPTIVE = new AdaptiveOptions(LAMBDA, 4, 0.3, 50, 1e-6, 900, 7);

    static Stream<AutoL2Options> both() {
        return Stream.of(PUBLISHED, ADAPTIVE);
    }

    @Test
    void paperHasThePublishedSettings() {
        assertThat(AutoL2Options.paper()).isEqualTo(new PublishedOptions(0.1, 10, 0.1, 10, 0, 0));
    }

    @Test
    void adaptiveHasOurSettings() {
        assertThat(AutoL2Options.adaptive(4_000))
                .isEqualTo(new AdaptiveOptions(new InitialLambda.OnceFitted(0.1), 3, 0.4, 20, 0, 4_000, 0));
        assertThat(AutoL2Options.adaptive())
                .isEqualTo(new AdaptiveOptions(new InitialLambda.OnceFitted(0.1), 3, 0.4, 20, 0, 0, 0));
    }

    @Test
    void eachChangeOfThePublishedSettingsChangesNothingElse() {
        assertThat(PUBLISHED.withInitialLambda(0.07)).isEqualTo(new PublishedOptions(0.07, 4, 0.3, 50, 1e-6, 7));
        assertThat(PUBLISHED.withDecayFactor(2)).isEqualTo(new PublishedOptions(0.02, 2, 0.3, 50, 1e-6, 7));
        assertThat(PUBLISHED.withRefractory(0.7)).isEqualTo(new PublishedOptions(0.02, 4, 0.7, 50, 1e-6, 7));
        assertThat(PUBLISHED.withMeasureEvery(5)).isEqualTo(new PublishedOptions(0.02, 4, 0.3, 5, 1e-6, 7));
        assertThat(PUBLISHED.withMinimumLambda(1e-3)).isEqualTo(new PublishedOptions(0.02, 4, 0.3, 50, 1e-3, 7));
        assertThat(PUBLISHED.withHoldFrom(8)).isEqualTo(new PublishedOptions(0.02, 4, 0.3, 50, 1e-6, 8));
    }

    @Test
    void eachChangeOfOurSettingsChangesNothingElse() {
        InitialLambda other = new InitialLambda.Fixed(0.07);
        assertThat(ADAPTIVE.withInitialLambda(0.07)).isEqualTo(new AdaptiveOptions(other, 4, 0.3, 50, 1e-6, 900, 7));
        assertThat(ADAPTIVE.withDecayFactor(2)).isEqualTo(new AdaptiveOptions(LAMBDA, 2, 0.3, 50, 1e-6, 900, 7));
        assertThat(ADAPTIVE.withRefractory(0.7)).isEqualTo(new AdaptiveOptions(LAMBDA, 4, 0.7, 50, 1e-6, 900, 7));
        assertThat(ADAPTIVE.withMeasureEvery(5)).isEqualTo(new AdaptiveOptions(LAMBDA, 4, 0.3, 5, 1e-6, 900, 7));
        assertThat(ADAPTIVE.withMinimumLambda(1e-3)).isEqualTo(new AdaptiveOptions(LAMBDA, 4, 0.3, 50, 1e-3, 900, 7));
        assertThat(ADAPTIVE.withBudget(901)).isEqualTo(new AdaptiveOptions(LAMBDA, 4, 0.3, 50, 1e-6, 901, 7));
        assertThat(ADAPTIVE.withHoldFrom(8)).isEqualTo(new AdaptiveOptions(LAMBDA, 4, 0.3, 50, 1e-6, 900, 8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -3, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsADecayFactorThatDoesNotDivide(double factor) {
        assertThat(both())
                .allSatisfy(options -> assertThatThrownBy(() -> options.withDecayFactor(factor))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("decayFactor must be finite and > 1, got " + factor));
    }

    @ParameterizedTest
    @MethodSource("both")
    void acceptsADecayFactorJustAboveOne(AutoL2Options options) {
        assertThat(options.withDecayFactor(Math.nextUp(1.0)).decayFactor()).isEqualTo(Math.nextUp(1.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsARefractoryOrAFloorThatIsNegativeOrNotFinite(double number) {
        assertThat(both()).allSatisfy(options -> {
            assertThatThrownBy(() -> options.withRefractory(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("refractory must be finite and >= 0, got " + number);
            assertThatThrownBy(() -> options.withMinimumLambda(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("minimumLambda must be finite and >= 0, got " + number);
        });
    }

    @ParameterizedTest
    @MethodSource("both")
    void acceptsZeroForTheRefractoryTheFloorAndTheHold(AutoL2Options options) {
        assertThat(options.withRefractory(0).refractory()).isZero();
        assertThat(options.withMinimumLambda(0).minimumLambda()).isZero();
        assertThat(options.withHoldFrom(0).holds(Long.MAX_VALUE)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("both")
    void rejectsAFloorAboveTheFirstLambdaAndAcceptsOneAtIt(AutoL2Options options) {
        double justAbove = Math.nextUp(0.02);

        assertThatThrownBy(() -> options.withMinimumLambda(justAbove))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLambda must not exceed initialLambda 0.02, got " + justAbove);
        assertThatThrownBy(() -> options.withInitialLambda(1e-7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLambda must not exceed initialLambda 1.0E-7, got 1.0E-6");
        assertThat(options.withMinimumLambda(0.02).minimumLambda()).isEqualTo(0.02);
    }

    @Test
    void acceptsAnyFloorWhileTheFirstLambdaIsNotKnown() {
        assertThat(AutoL2Options.adaptive(4_000).withMinimumLambda(5).minimumLambda())
                .isEqualTo(5);
        assertThat(AutoL2Options.adaptive(4_000).fixedLambda()).isEmpty();
        assertThat(both())
                .allSatisfy(options -> assertThat(options.fixedLambda()).hasValue(0.02));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsWhatIsNoLambda(double lambda) {
        assertThat(both())
                .allSatisfy(options -> assertThatThrownBy(() -> options.withInitialLambda(lambda))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("initialLambda must be finite and > 0, got " + lambda));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void rejectsLessThanAnIterationBetweenMeasurements(int iterations) {
        assertThat(both())
                .allSatisfy(options -> assertThatThrownBy(() -> options.withMeasureEvery(iterations))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("measureEvery must be at least 1 iteration, got " + iterations));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void rejectsABudgetWithoutIterations(long budget) {
        assertThatThrownBy(() -> AutoL2Options.adaptive(budget))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least 1 iteration, got " + budget);
    }

    @Test
    void rejectsAHoldBeforeTheStart() {
        assertThat(both())
                .allSatisfy(options -> assertThatThrownBy(() -> options.withHoldFrom(-1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("holdFrom must be an iteration, at least 1, or 0 for never, got -1"));
    }

    @Test
    void knowsThatAShortRunIsTooShort() {
        assertThat(AutoL2Options.adaptive(99).tooShort()).isTrue();
        assertThat(AutoL2Options.adaptive(100).tooShort()).isFalse();
        assertThat(AutoL2Options.adaptive().tooShort()).isFalse();
    }

    @Test
    void rejectsAMissingFirstLambdaByItsName() {
        assertThatThrownBy(() -> AutoL2Options.adaptive().withInitialLambda(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("initialLambda");
    }

    @Test
    void onlyOurRuleNeedsALearningRate() {
        assertThat(PUBLISHED.needLearningRate()).isFalse();
        assertThat(ADAPTIVE.needLearningRate()).isTrue();
    }
}
