package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sequence of measurements, with each preset. Every test also checks that there was something to see. */
class AutoL2RulePropertiesTest {

    private static final int SEEDS = 25;
    private static final int LENGTH = 400;

    static Stream<Arguments> runs() {
        AutoL2Options paper = AutoL2Options.paper();
        AutoL2Options adaptive = new AutoL2Options(
                new InitialLambda.Fixed(0.01), 3, 0.4, Timescale.TAU, new Window.MeanOfTau(0.1, 20), 0);
        return IntStream.range(0, SEEDS)
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of("paper", paper, seed),
                        Arguments.of("paper with a floor", paper.withMinimumLambda(3e-3), seed),
                        Arguments.of("adaptive", adaptive, seed),
                        Arguments.of("adaptive with a floor", adaptive.withMinimumLambda(2e-3), seed)));
    }

    private record Move(AutoL2State before, Measurement measurement, AutoL2Rule.Step step) {

        boolean divides() {
            return step.decision() instanceof Decision.Divide;
        }
    }

    private static List<Move> run(AutoL2Options options, List<Measurement> measurements) {
        List<Move> moves = new ArrayList<>();
        AutoL2State state = AutoL2Rule.start(options, 0.5, 0);
        for (Measurement measurement : measurements) {
            Move move = new Move(state, measurement, AutoL2Rule.apply(options, state, measurement));
            moves.add(move);
            state = move.step().state();
        }
        assertThat(moves).as("a run that divides").anyMatch(Move::divides);
        return moves;
    }

    private static List<Move> run(AutoL2Options options, int seed) {
        return run(options, RandomMeasurements.sequence(seed, LENGTH));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void lambdaNeverGrowsAndNeverPassesTheFloor(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).allSatisfy(move -> {
            assertThat(move.step().state().lambda())
                    .isLessThanOrEqualTo(move.before().lambda());
            assertThat(move.step().state().lambda())
                    .isGreaterThanOrEqualTo(options.minimumLambda())
                    .isPositive();
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void aMeasurementDividesOnceOrNotAtAll(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).allSatisfy(move -> {
            double once = Math.max(move.before().lambda() / options.decayFactor(), options.minimumLambda());
            assertThat(move.step().state().lambda())
                    .isEqualTo(move.divides() ? once : move.before().lambda());
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void divisionsAreMoreThanARefractoryPeriodApart(String name, AutoL2Options options, int seed) {
        // given
        long last = 0;

        // when
        for (Move move : run(options, seed)) {
            if (move.divides()) {
                // then
                double period = options.refractory()
                        * options.timescale()
                                .iterations(
                                        move.before().lambda(),
                                        move.measurement().etaEff());
                assertThat((double) move.measurement().iteration()).isGreaterThan(last + period);
                last = move.measurement().iteration();
            }
            assertThat(move.step().state().lastDivision()).isEqualTo(last);
        }
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void everyDivisionHasItsCauseInTheNumbersItCarries(String name, AutoL2Options options, int seed) {
        assertThat(run(options, seed)).filteredOn(Move::divides).allSatisfy(move -> {
            Decision.Divide divide = (Decision.Divide) move.step().decision();
            boolean loss = Math.min(divide.measurement().loss(), divide.previousLoss()) >= divide.minimumLoss();
            boolean error = divide.measurement().error().isPresent()
                    && divide.minimumError() <= 1
                    && Math.min(divide.measurement().error().getAsDouble(), divide.previousError())
                            >= divide.minimumError();
            assertThat(divide.cause() != Decision.Cause.ERROR).isEqualTo(loss);
            assertThat(divide.cause() != Decision.Cause.LOSS).isEqualTo(error);
        });
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void scalingTheLossByAPowerOfTwoScalesTheLossesInTheStateAndChangesNothingElse(
            String name, AutoL2Options options, int seed) {
        for (double scale : new double[] {0x1p-30, 0.5, 0x1p30}) {
            // given
            List<Measurement> measurements = RandomMeasurements.sequence(seed, LENGTH);
            List<Measurement> scaled = measurements.stream()
                    .map(m -> new Measurement(m.iteration(), scale * m.loss(), m.error(), m.etaEff()))
                    .toList();

            // when
            List<Move> plain = run(options, measurements);
            List<Move> changed = run(options, scaled);

            // then
            assertThat(changed).hasSameSizeAs(plain);
            for (int i = 0; i < plain.size(); i++) {
                assertThat(changed.get(i).step().state())
                        .isEqualTo(scaleLosses(plain.get(i).step().state(), scale));
                assertThat(verdict(changed.get(i))).isEqualTo(verdict(plain.get(i)));
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("runs")
    void theSameInputTwiceGivesAnEqualOutput(String name, AutoL2Options options, int seed) {
        // given: all moves are made before any is repeated
        List<Move> moves = run(options, seed);

        // when, then
        assertThat(moves)
                .allSatisfy(move -> assertThat(AutoL2Rule.apply(options, move.before(), move.measurement()))
                        .isEqualTo(move.step()));
    }

    private static AutoL2State scaleLosses(AutoL2State state, double scale) {
        return new AutoL2State(
                state.lambda(),
                state.lastDivision(),
                scale * state.previousLoss(),
                state.previousError(),
                scale * state.minimumLoss(),
                state.minimumError());
    }

    /** The decision without the numbers it was made from. */
    private static Object verdict(Move move) {
        return move.step().decision() instanceof Decision.Divide divide
                ? divide.cause()
                : move.step().decision();
    }
}
