package io.github.autol2.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValidationOptionsTest {

    private static final ValidationOptions OPTIONS = ValidationOptions.forBudget(2000);

    private static void rejects(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void measuresTheRefractoryPeriodInSharesOfTheBudget() {
        assertThat(ValidationOptions.forBudget(4000).refractoryPeriod()).isEqualTo(2 * OPTIONS.refractoryPeriod());
        assertThat(OPTIONS.withRefractory(0.3).refractoryPeriod()).isEqualTo(600);
    }

    @Test
    void hasARefractoryPeriodOfAHundredIterationsWhereATenthIsLess() {
        assertThat(ValidationOptions.forBudget(999).refractoryPeriod()).isEqualTo(100);
        assertThat(ValidationOptions.forBudget(1510).refractoryPeriod()).isEqualTo(151);
        assertThat(ValidationOptions.forBudget(60).refractoryPeriod()).isEqualTo(60);
    }

    @Test
    void evaluatesAFiftiethOfTheBudgetApartButNotNearerThanTenIterationsIfThereIsRoom() {
        assertThat(ValidationOptions.forBudget(10_000).evaluateEvery()).isEqualTo(200);
        assertThat(ValidationOptions.forBudget(500).evaluateEvery()).isEqualTo(10);
        assertThat(ValidationOptions.forBudget(100).evaluateEvery()).isEqualTo(10);
        assertThat(ValidationOptions.forBudget(17).evaluateEvery()).isEqualTo(5);
        assertThat(ValidationOptions.forBudget(2).evaluateEvery()).isEqualTo(1);
    }

    @Test
    void changesOneSettingAtATime() {
        assertThat(OPTIONS.withHarm(3).withWindow(5).withMostRestores(2).withDecayFactor(2))
                .isEqualTo(new ValidationOptions(2000, OPTIONS.refractory(), 2, 3, 5, 2));
    }

    @Test
    void rejectsWhatIsOutOfRange() {
        rejects(() -> ValidationOptions.forBudget(0), "budget must be >= 1, got 0");
        rejects(() -> OPTIONS.withRefractory(0), "refractory must be in (0, 1], got 0.0");
        rejects(() -> OPTIONS.withRefractory(1.1), "refractory must be in (0, 1], got 1.1");
        rejects(() -> OPTIONS.withDecayFactor(1), "decayFactor must be finite and > 1, got 1.0");
        rejects(() -> OPTIONS.withHarm(0), "harm must be finite and > 0, got 0.0");
        rejects(() -> OPTIONS.withWindow(0), "window must be >= 1, got 0");
        rejects(() -> OPTIONS.withMostRestores(-1), "mostRestores must be >= 0, got -1");
    }

    @Test
    void rejectsAStateWithoutALambda() {
        rejects(() -> ValidationState.begin(0, 0, 0), "lambda must be finite and > 0, got 0.0");
        rejects(() -> ValidationState.begin(0, 0.1, -1), "floor must be finite and >= 0, got -1.0");
        rejects(
                () -> ValidationState.begin(0, 0.1, Double.POSITIVE_INFINITY),
                "floor must be finite and >= 0, got Infinity");
        rejects(() -> ValidationState.begin(0, 0.1, 0).trainedBefore(-1), "begunAt must be >= 0, got -1");
    }
}
