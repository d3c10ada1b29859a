package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.PeakTimeLaw.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeakTimeLawTest {

    private static List<Observation> observations(
            double scatter, long seed, double lambdaExponent, double etaExponent) {
        Random random = new Random(seed);
        List<Observation> observations = new ArrayList<>();
        for (double lambda : new double[] {0.1, 0.03, 0.01, 0.003, 0.001}) {
            for (double eta : new double[] {0.02, 0.05, 0.1}) {
                observations.add(new Observation(
                        lambda,
                        eta,
                        1.3
                                * Math.pow(lambda, lambdaExponent)
                                * Math.pow(eta, etaExponent)
                                * Math.exp(scatter * random.nextGaussian())));
            }
        }
        return observations;
    }

    @Test
    void findsTheExponentsOfAnExactLaw() {
        PeakTimeLaw law = PeakTimeLaw.fit(observations(0, 1, -1, -0.5));

        assertThat(law.lambdaExponent().value()).isCloseTo(-1, within(1e-12));
        assertThat(law.etaExponent().value()).isCloseTo(-0.5, within(1e-12));
        assertThat(law.scatter()).isCloseTo(0, within(1e-12));
        assertThat(law.observations()).isEqualTo(15);
    }

    @Test
    void theIntervalHoldsTheTruthInNineteenOfTwentyCases() {
        int held = 0;
        int n = 1000;
        for (int seed = 0; seed < n; seed++) {
            PeakTimeLaw.Exponent exponent =
                    PeakTimeLaw.fit(observations(0.3, seed, -1, -1)).etaExponent();
            held += exponent.low() <= -1 && -1 <= exponent.high() ? 1 : 0;
        }

        assertThat((double) held / n).isBetween(0.93, 0.97); // 95 %, with a standard error of 0.7 %
    }

    @Test
    void refusesWhatDoesNotDetermineBothExponents() {
        List<Observation> oneEta = observations(0.1, 1, -1, -1).stream()
                .filter(o -> o.eta() == 0.05)
                .toList();
        List<Observation> together = List.of(
                new Observation(0.1, 0.01, 5),
                new Observation(0.01, 0.1, 6),
                new Observation(0.001, 1, 7),
                new Observation(1, 0.001, 7));

        assertThatThrownBy(() -> PeakTimeLaw.fit(oneEta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda and eta must each take at least two values, and vary independently");
        assertThatThrownBy(() -> PeakTimeLaw.fit(together))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda and eta must each take at least two values, and vary independently");
        assertThatThrownBy(() -> PeakTimeLaw.fit(together.subList(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the law needs at least 4 observations, got 3");
        assertThatThrownBy(() -> new Observation(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be finite and > 0, got 0.0");
    }
}
