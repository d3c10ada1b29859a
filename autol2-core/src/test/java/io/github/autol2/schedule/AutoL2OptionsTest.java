package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoL2OptionsTest {

    private static final InitialLambda LAMBDA = new InitialLambda.Fixed(0.02);
    private static final Window WINDOW = new Window.Mean(50);
    private static final AutoL2Options BASE = new AutoL2Options(LAMBDA, 4, 0.3, Timescale.TAU, WINDOW, 1e-6);

    @Test
    void paperHasThePublishedSettings() {
        assertThat(AutoL2Options.paper())
                .isEqualTo(new AutoL2Options(
                        new InitialLambda.Fixed(0.1),
                        10,
                        0.1,
                        Timescale.INVERSE_LAMBDA,
                        new Window.SingleBatch(10),
                        0));
    }

    @Test
    void adaptiveHasOurSettings() {
        assertThat(AutoL2Options.adaptive(4_000))
                .isEqualTo(new AutoL2Options(
                        new InitialLambda.FromLoss(0.5),
                        3,
                        0.4,
                        Timescale.TAU,
                        new Window.MeanOfTau(0.1, 20),
                        0,
                        new Detector.SignificantRise(4, 1),
                        4_000,
                        0));
    }

    @Test
    void adaptiveWithAGivenLambdaDiffersOnlyInTheLambda() {
        assertThat(AutoL2Options.adaptive(LAMBDA))
                .isEqualTo(AutoL2Options.adaptive().withInitialLambda(0.02));
    }

    @Test
    void withInitialLambdaChangesOnlyTheInitialLambda() {
        assertThat(BASE.withInitialLambda(0.07))
                .isEqualTo(new AutoL2Options(new InitialLambda.Fixed(0.07), 4, 0.3, Timescale.TAU, WINDOW, 1e-6));
    }

    @Test
    void withDecayFactorChangesOnlyTheDecayFactor() {
        assertThat(BASE.withDecayFactor(2)).isEqualTo(new AutoL2Options(LAMBDA, 2, 0.3, Timescale.TAU, WINDOW, 1e-6));
    }

    @Test
    void withRefractoryChangesOnlyTheRefractory() {
        assertThat(BASE.withRefractory(0.7)).isEqualTo(new AutoL2Options(LAMBDA, 4, 0.7, Timescale.TAU, WINDOW, 1e-6));
    }

    @Test
    void withWindowChangesOnlyTheWindow() {
        // given
        Window other = new Window.SingleBatch(5);

        // when, then
        assertThat(BASE.withWindow(other)).isEqualTo(new AutoL2Options(LAMBDA, 4, 0.3, Timescale.TAU, other, 1e-6));
    }

    @Test
    void withMinimumLambdaChangesOnlyTheFloor() {
        assertThat(BASE.withMinimumLambda(1e-3))
                .isEqualTo(new AutoL2Options(LAMBDA, 4, 0.3, Timescale.TAU, WINDOW, 1e-3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -3, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsADecayFactorThatDoesNotDivide(double factor) {
        assertThatThrownBy(() -> BASE.withDecayFactor(factor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("decayFactor must be finite and > 1, got " + factor);
    }

    @Test
    void acceptsADecayFactorJustAboveOne() {
        assertThat(BASE.withDecayFactor(Math.nextUp(1.0)).decayFactor()).isEqualTo(Math.nextUp(1.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsARefractoryThatIsNotAPeriod(double refractory) {
        assertThatThrownBy(() -> BASE.withRefractory(refractory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refractory must be finite and >= 0, got " + refractory);
    }

    @Test
    void acceptsARefractoryOfZero() {
        assertThat(BASE.withRefractory(0).refractory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsAFloorThatIsNotALambda(double floor) {
        assertThatThrownBy(() -> BASE.withMinimumLambda(floor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLambda must be finite and >= 0, got " + floor);
    }

    @Test
    void acceptsAFloorOfZero() {
        assertThat(BASE.withMinimumLambda(0).minimumLambda()).isZero();
    }

    @Test
    void rejectsAFloorAboveTheInitialLambda() {
        // given
        double justAbove = Math.nextUp(0.02);

        // when, then
        assertThatThrownBy(() -> BASE.withMinimumLambda(justAbove))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLambda must not exceed initialLambda 0.02, got " + justAbove);
    }

    @Test
    void rejectsAnInitialLambdaBelowTheFloor() {
        assertThatThrownBy(() -> BASE.withInitialLambda(1e-7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLambda must not exceed initialLambda 1.0E-7, got 1.0E-6");
    }

    @Test
    void acceptsAFloorEqualToTheInitialLambda() {
        assertThat(BASE.withMinimumLambda(0.02).minimumLambda()).isEqualTo(0.02);
    }

    @Test
    void acceptsAnyFloorWhileTheInitialLambdaIsNotKnown() {
        assertThat(AutoL2Options.adaptive(4_000).withMinimumLambda(5).minimumLambda())
                .isEqualTo(5);
    }

    @Test
    void rejectsAMissingPartByItsName() {
        assertThatThrownBy(() -> AutoL2Options.adaptive(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("initialLambda");
        assertThatThrownBy(() -> new AutoL2Options(LAMBDA, 4, 0.3, null, WINDOW, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timescale");
        assertThatThrownBy(() -> BASE.withWindow(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("window");
    }

    @Test
    void needsALearningRateOnlyWhereASettingIsMeasuredInTau() {
        assertThat(AutoL2Options.paper().needLearningRate()).isFalse();
        assertThat(AutoL2Options.adaptive(100).needLearningRate()).isTrue();
        assertThat(AutoL2Options.paper()
                        .withWindow(new Window.MeanOfTau(0.1, 20))
                        .needLearningRate())
                .isTrue();
        assertThat(AutoL2Options.adaptive(100)
                        .withInitialLambda(0.1)
                        .withWindow(new Window.Mean(5))
                        .needLearningRate())
                .isTrue();
    }

    @Test
    void adaptiveWithABudgetDiffersOnlyInTheBudget() {
        assertThat(AutoL2Options.adaptive(4_000))
                .isEqualTo(AutoL2Options.adaptive().withBudget(4_000));
        assertThat(AutoL2Options.adaptive().budget()).isZero();
    }

    @Test
    void countsNoMoreThanTheBudgetAsTau() {
        // tau = 1 / (0.5 * 0.01) = 200
        assertThat(AutoL2Options.adaptive().unit(0.01, 0.5)).isEqualTo(200);
        assertThat(AutoL2Options.adaptive(201).unit(0.01, 0.5)).isEqualTo(200);
        assertThat(AutoL2Options.adaptive(199).unit(0.01, 0.5)).isEqualTo(199);
        assertThat(AutoL2Options.adaptive(199).unit(0.01, 0)).isEqualTo(199);
        assertThat(AutoL2Options.adaptive().unit(0.01, 0)).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void rejectsABudgetWithoutIterations(long budget) {
        assertThatThrownBy(() -> AutoL2Options.adaptive(budget))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least 1 iteration, got " + budget);
    }

    @Test
    void rejectsADetectorThatIsNone() {
        assertThatThrownBy(() -> new Detector.SignificantRise(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("standardErrors must be finite and > 0, got 0.0");
        assertThatThrownBy(() -> new Detector.SignificantRise(3, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patience must be finite and > 0, got NaN");
        assertThatThrownBy(() -> BASE.withDetector(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("detector");
    }

    @Test
    void withHoldFromChangesOnlyTheIterationOfTheHold() {
        assertThat(AutoL2Options.adaptive(100).withHoldFrom(90))
                .isEqualTo(new AutoL2Options(
                        new InitialLambda.FromLoss(0.5),
                        3,
                        0.4,
                        Timescale.TAU,
                        new Window.MeanOfTau(0.1, 20),
                        0,
                        new Detector.SignificantRise(4, 1),
                        100,
                        90));
        assertThat(AutoL2Options.adaptive(100)
                        .withHoldFrom(90)
                        .withBudget(200)
                        .withDecayFactor(2)
                        .withRefractory(1)
                        .withMinimumLambda(1e-9)
                        .withInitialLambda(1)
                        .withWindow(WINDOW)
                        .withDetector(new Detector.NotBelowMinimum())
                        .holdFrom())
                .isEqualTo(90);
    }

    @Test
    void rejectsAHoldFromBeforeTheFirstIteration() {
        assertThatThrownBy(() -> BASE.withHoldFrom(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("holdFrom must be an iteration, at least 1, or 0 for never, got -1");
    }
}
