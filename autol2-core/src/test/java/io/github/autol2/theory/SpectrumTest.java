package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrumTest {

    /** gamma_j = 1/j^2, y_j = 1/j. */
    private static List<Mode> powerLaw(int modes) {
        List<Mode> list = new ArrayList<>();
        for (int j = 1; j <= modes; j++) {
            list.add(new Mode(1.0 / ((double) j * j), 0, 1.0 / j));
        }
        return list;
    }

    @Test
    void addsUpItsModes() {
        Flow flow = new Flow(2, 0.01);
        Spectrum spectrum = new Spectrum(flow, powerLaw(3));

        double loss = 0;
        double slope = 0;
        for (Mode mode : powerLaw(3)) {
            ModeDynamics dynamics = new ModeDynamics(flow, mode);
            loss += dynamics.loss(7);
            slope -= dynamics.residual(7) * dynamics.derivative(7);
        }
        assertThat(spectrum.loss(7)).isCloseTo(loss, withinPercentage(1e-12));
        assertThat(spectrum.lossDerivative(7)).isCloseTo(slope, withinPercentage(1e-12));
        assertThat(spectrum.losses(3, 7)).containsExactly(spectrum.loss(3), spectrum.loss(7));
        assertThat(spectrum.outputs(0)).containsExactly(0, 0, 0);
    }

    /** Reference: the README of the reference data; 8 digits each. lambda t stays as long as lambda exceeds the smallest eigenvalue. */
    @ParameterizedTest
    @CsvSource({
        "300, 1e-2, 0.36483217",
        "300, 1e-3, 0.36486839",
        "300, 1e-4, 0.36441700",
        "300, 1e-5, 0.35299923",
        "10, 1e-3, 0.25287631",
        "10, 1e-4, 0.06870110",
        "10, 1e-5, 0.01123768",
        "10, 1e-6, 0.00157333"
    })
    void hasItsMinimumAtTheKnownTime(int modes, double lambda, double timesLambda) {
        assertThat(new Spectrum(new Flow(2, lambda), powerLaw(modes)).minimum().time() * lambda)
                .isCloseTo(timesLambda, offset(6e-9));
    }

    /**
     * Weight y^2 d(count) ~ gamma^-m d gamma over all gamma: lambda t is a constant C(m, k) of its own. Eigenvalues evenly spaced in the
     * logarithm are the trapezoidal rule, which converges exponentially here.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 1.5, 0.490472307395",
        "0, 2, 0.306382107243",
        "0.25, 3, 0.195592336730",
        "0.5, 2, 0.364883566106",
        "0.75, 5, 0.123857383803"
    })
    void isProportionalToOneOverLambdaForABroadSpectrum(double m, double k, double constant) {
        double lambda = 3e-4;
        List<Mode> modes = new ArrayList<>();
        for (double x = -80; x < 80; x += 0.25) {
            double ratio = Math.exp(x);
            modes.add(new Mode(lambda * ratio, 0, Math.sqrt(Math.pow(ratio, 1 - m))));
        }

        double time = new Spectrum(new Flow(k, lambda), modes).minimum().time();

        assertThat(time * lambda).isCloseTo(constant, withinPercentage(1e-7));
    }

    @Test
    void hasNoMinimumWithoutAPenaltyOrWithAGrowingKernel() {
        assertThat(new Spectrum(new Flow(2, 0), powerLaw(3)).minimum())
                .isEqualTo(new LossMinimum(Double.POSITIVE_INFINITY, 0));
        assertThat(new Spectrum(new Flow(0, 0.1), powerLaw(3)).minimum().isReached())
                .isFalse();
        assertThat(new Spectrum(new Flow(1, 0.1), powerLaw(3)).minimum().isReached())
                .isFalse();
        assertThat(new Spectrum(new Flow(1, 1e-10), powerLaw(3)).minimum().isReached())
                .isFalse();
    }

    @Test
    void keepsInTheLimitWhatNoKernelReaches() {
        List<Mode> modes = List.of(new Mode(1, 0, 1), new Mode(0, 0, 3), new Mode(0, 1, 3));

        assertThat(new Spectrum(new Flow(1, 0), modes).minimum())
                .isEqualTo(new LossMinimum(Double.POSITIVE_INFINITY, 4.5 + 2));
    }

    @Test
    void hasItsMinimumAtTheStartWhereThePenaltyWinsFromThere() {
        List<Mode> learnt = List.of(new Mode(0.1, 1, 1), new Mode(0.2, 2, 2));

        assertThat(new Spectrum(new Flow(2, 0.1), learnt).minimum()).isEqualTo(new LossMinimum(0, 0));
    }

    @Test
    void refusesAnEmptySpectrum() {
        assertThatThrownBy(() -> new Spectrum(new Flow(2, 0.1), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a spectrum must have at least 1 mode, got none");
    }
}
