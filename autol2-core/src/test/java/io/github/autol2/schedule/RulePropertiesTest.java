package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sequence of measurements, with each rule. Every test also checks that there was something to see. */
class RulePropertiesTest {

    private static final int SEEDS = 25;
    private static final int LENGTH = 400;

    static Stream<Arguments> runs() {
        PublishedOptions paper = AutoL2Options.paper();
        AdaptiveOptions adaptive = AutoL2Options.adaptive().withInitialLambda(0.01);
        return IntStream.range(0, SEEDS)
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of("paper", paper, seed),
                        Arguments.of("paper with a floor", paper.withMinimumLambda(3e-3), seed),
                        Arguments.of("adaptive", adaptive, seed),
                        Arguments.of("adaptive with a floor", adaptive.withMinimumLambda(2e-3), seed)));
    }

    private record Move<S extends AutoL2State>(S before, Measurement measurement, AutoL2Rule.Step<S> step) {

        boolean divides() {
            return step.decision() instanceof Decision.Change;
        }

        double lambda() {
            return step.state().lambda();
        }
    }

    private static <S extends AutoL2State> List<Move<S>> run(AutoL2Rule<S> rule, List<Measurement> measurements) {
        List<Move<S>> moves = new ArrayList<>();
        S state = rule.start(0, new TrainingStart(2, 0.5, 0.5));
        for (Measurement measurement : measurements) {
            Move<S> move = new Move<>(state, measurement, rule.apply(state, measurement));
            moves.add(move);
            state = move.step().state();
        }
        assertThat(moves).as("a run that divides").anyMatch(Move::divides);
        return moves;
    }

    private static List<? extends Move<?>> run(AutoL2Options options, int seed) {
        return run(options.rule(), RandomMeasurements.sequence(seed, LENGTH));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void lambdaNeverGrowsAndNeverPassesTheFloor(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).allSatisfy(move -> {
            assertThat(move.lambda()).isLessThanOrEqualTo(move.before().lambda());
            assertThat(move.lambda())
                    .isGreaterThanOrEqualTo(options.minimumLambda())
                    .isPositive();
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void aMeasurementDividesOnceOrNotAtAll(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).allSatisfy(move -> {
            double once = Math.max(move.before().lambda() / options.decayFactor(), options.minimumLambda());
            assertThat(move.lambda())
                    .isEqualTo(move.divides() ? once : move.before().lambda());
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void theDecisionSaysWhatTheStateHolds(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).filteredOn(Move::divides).allSatisfy(move -> {
            Decision.Change divide = (Decision.Change) move.step().decision();
            assertThat(divide.newLambda()).isEqualTo(move.lambda());
            assertThat(divide.oldLambda()).isEqualTo(move.before().lambda());
            assertThat(divide.iteration())
                    .isEqualTo(move.step().state().lastDivision())
                    .isEqualTo(move.measurement().iteration());
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void theSameInputTwiceGivesAnEqualOutput(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).isEqualTo(run(options, seed));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void scalingTheLossByAPowerOfTwoChangesNothingButTheLosses(String name, AutoL2Options options, int seed) {
        for (double scale : new double[] {0x1p-30, 0.5, 0x1p30}) {
            assertThat(lambdas(options.rule(), seed, scale)).isEqualTo(lambdas(options.rule(), seed, 1));
        }
    }

    private static <S extends AutoL2State> List<Double> lambdas(AutoL2Rule<S> rule, int seed, double scale) {
        S state = rule.start(0, new TrainingStart(2 * scale, 0.5, 0.5));
        List<Double> lambdas = new ArrayList<>();
        for (Measurement m : RandomMeasurements.sequence(seed, LENGTH)) {
            state = rule.apply(
                            state,
                            new Measurement(
                                    m.iteration(), scale * m.loss(), scale * m.penalty(), m.error(), m.etaEff()))
                    .state();
            lambdas.add(state.lambda());
        }
        return lambdas;
    }
}
