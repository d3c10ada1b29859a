package io.github.autol2.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.Keep;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training whose lambda is the free rule already, because a race has told nothing of smaller ones. */
class BelowTheFreeRuleTest {

    private static final double LAMBDA = 0.01;
    private static final int BUDGET = 1000;
    private static final int HEAT = 100;
    private static final ValidationOptions OPTIONS =
            ValidationOptions.forBudget(BUDGET).withRefractory(0.1); // refractory period: 100 iterations
    private static final double LOWER = LAMBDA / OPTIONS.decayFactor();

    private static HeldOut right(int count) {
        float[] hits = new float[1000];
        Arrays.fill(hits, 0, count, 1);
        return new HeldOut(new float[1000], hits);
    }

    /** Better by three examples at each evaluation. */
    private static HeldOut rising(long iteration) {
        return right((int) (500 + 3 * iteration / 10));
    }

    private static ValidationState begin(boolean dividesAtHalf, long begun) {
        return ValidationState.begin(begun, LAMBDA, 0).trainedBefore(begun).goOn(begun + HEAT, LOWER, dividesAtHalf);
    }

    /** The training from there, evaluated every tenth iteration, up to the first decision but to keep everything. */
    private static Optional<ValidationRule.Step> first(ValidationState from, long begun, ValidationOptions options) {
        ValidationState state = from;
        for (long iteration = state.changedAt() + 10; iteration <= begun + options.budget(); iteration += 10) {
            ValidationRule.Step step = ValidationRule.apply(options, state, iteration, rising(iteration - begun));
            if (!(step.decision() instanceof Keep)) {
                return Optional.of(step);
            }
            state = step.state();
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({"0", "5000"})
    void lambdaIsDividedOnceAtHalfOfTheBudgetThoughPerformanceRises(long begun) {
        ValidationRule.Step step = first(begin(true, begun), begun, OPTIONS).orElseThrow();

        assertThat(step.decision()).isEqualTo(new Divide(begun + BUDGET / 2, LAMBDA, LOWER));
        assertThat(step.best()).isTrue();
        assertThat(step.state().dividesAtHalf()).isFalse();
        assertThat(first(step.state(), begun, OPTIONS)).isEmpty();
    }

    @Test
    void itIsNotDividedBeforeThoughPerformanceIsStale() {
        ValidationState state = begin(true, 0);
        for (long iteration = HEAT + 10; iteration < BUDGET / 2; iteration += 10) {
            ValidationRule.Step step = ValidationRule.apply(OPTIONS, state, iteration, right(500));
            assertThat(step.decision()).isEqualTo(new Keep());
            state = step.state();
        }

        assertThat(ValidationRule.apply(OPTIONS, state, BUDGET / 2, right(500)).decision())
                .isEqualTo(new Divide(BUDGET / 2, LAMBDA, LOWER));
    }

    @Test
    void lambdaStaysWhereItIsNotAskedFor() {
        assertThat(first(begin(false, 0), 0, OPTIONS)).isEmpty();
    }

    /** The first window is full after 130 iterations: of 230 a refractory period is left, of 229 it is not. */
    @ParameterizedTest
    @CsvSource({"230, true", "229, false"})
    void itLeavesARefractoryPeriodToTheEnd(long budget, boolean lowered) {
        Optional<ValidationRule.Step> step = first(begin(true, 0), 0, ValidationOptions.forBudget(budget));

        assertThat(step.map(ValidationRule.Step::decision))
                .isEqualTo(lowered ? Optional.of(new Divide(130, LAMBDA, LOWER)) : Optional.empty());
    }

    @Test
    void harmBeforeItSaysThatLambdaIsNotTooLarge() {
        ValidationState state = begin(true, 0);
        ValidationRule.Step step = null;
        for (long iteration = HEAT + 10; iteration <= HEAT + 50; iteration += 10) {
            step = ValidationRule.apply(OPTIONS, state, iteration, right(iteration <= HEAT + 30 ? 530 : 400));
            state = step.state();
        }

        assertThat(step.decision()).isInstanceOf(RestoreAndRaise.class);
        assertThat(first(state, 0, OPTIONS)).isEmpty();
    }

    @Test
    void harmAfterItTakesItBackForGood() {
        ValidationState state = first(begin(true, 0), 0, OPTIONS).orElseThrow().state();
        ValidationRule.Step step = null;
        for (long iteration = BUDGET / 2 + 10; iteration <= BUDGET / 2 + 40; iteration += 10) {
            step = ValidationRule.apply(OPTIONS, state, iteration, right(400));
            state = step.state();
        }

        assertThat(step.decision()).isEqualTo(new RestoreAndHold(BUDGET / 2 + 40, BUDGET / 2, LOWER, LAMBDA));
        assertThat(first(state, 0, OPTIONS)).isEmpty();
    }

    @Test
    void aDeathBeforeItIsHarm() {
        ValidationState state = begin(true, 0);
        ValidationRule.Step step = null;
        for (long iteration = HEAT + 10;
                !(step != null && step.decision() instanceof RestoreAndHold);
                iteration += 10) {
            HeldOut now = right(530);
            step = ValidationRule.apply(
                    OPTIONS,
                    state,
                    iteration,
                    iteration <= HEAT + 30
                            ? now
                            : new HeldOut(now.losses(), right(400).hits(), false));
            state = step.state();
        }

        assertThat(state.lambda()).isEqualTo(LOWER);
        assertThat(first(state, 0, OPTIONS)).isEmpty();
    }

    @Test
    void numbersThatAreNotFiniteAreNone() {
        ValidationState state = begin(true, 0);
        for (long iteration = HEAT + 10; iteration <= HEAT + 40; iteration += 10) {
            state = ValidationRule.apply(OPTIONS, state, iteration, rising(iteration))
                    .state();
        }
        ValidationRule.Step broken = ValidationRule.applyBroken(OPTIONS, state, HEAT + 50);
        assertThat(broken.decision()).isInstanceOf(RestoreAndHold.class);

        assertThat(first(broken.state(), 0, OPTIONS).orElseThrow().decision())
                .isEqualTo(new Divide(BUDGET / 2, LAMBDA, LOWER));
    }

    @Test
    void aLambdaThatIsHeldStays() {
        assertThat(first(begin(true, 0), 0, OPTIONS.withMostRestores(0))).isEmpty();
    }
}
