package io.github.autol2.benchmark;

import io.github.autol2.theory.Flow;
import io.github.autol2.theory.ModeDynamics;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The output of a mode at one time, nothing known before: from the theory, and by integrating the mode equation with Hipparchus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ModeEvaluation {

    static final int MODES = 64;

    private static final double TOLERANCE = 1e-12;
    private static final double SMALLEST_STEP = 1e-13;

    /** Which part of the parameters; {@link Range} tells. */
    @Param
    public Range range;

    private Flow[] flows;
    private io.github.autol2.theory.Mode[] modes;
    private double[] times;

    /** Where k, gamma t and lambda t lie, the latter two evenly in their logarithms. */
    public enum Range {
        /** Hardly anything has happened. */
        EARLY(1, 4, 1e-6, 0.1, 1e-6, 0.1),
        /** Modes are being learnt. */
        LEARNING(1, 4, 0.1, 10, 0.01, 1),
        /** Modes have been learnt. */
        LEARNT(1, 4, 10, 1000, 0.01, 1),
        /** Explicit integrators need many steps. */
        STIFF(1, 4, 1e3, 1e5, 0.01, 1),
        /** The penalty wins. */
        LATE(1, 4, 1, 100, 1, 20),
        /** The kernel grows. */
        GROWING(0.1, 0.9, 0.1, 10, 0.01, 1);

        private final double[] bounds;

        Range(double... bounds) {
            this.bounds = bounds;
        }
    }

    /** Draws the modes. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        flows = new Flow[MODES];
        modes = new io.github.autol2.theory.Mode[MODES];
        times = new double[MODES];
        double[] b = range.bounds;
        for (int i = 0; i < MODES; i++) {
            times[i] = 10 * random.nextDouble() + 1;
            modes[i] = new io.github.autol2.theory.Mode(between(random, b[2], b[3]) / times[i], 0.1, 1);
            flows[i] = new Flow(b[0] + random.nextDouble() * (b[1] - b[0]), between(random, b[4], b[5]) / times[i]);
        }
    }

    private static double between(Random random, double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }

    /** By this library. */
    @Benchmark
    @OperationsPerInvocation(MODES)
    public double theory() {
        double sum = 0;
        for (int i = 0; i < MODES; i++) {
            sum += new ModeDynamics(flows[i], modes[i]).output(times[i]);
        }
        return sum;
    }

    /** By an integrator of order 8 with a relative tolerance of 1e-12. */
    @Benchmark
    @OperationsPerInvocation(MODES)
    public double integrator() {
        double sum = 0;
        for (int i = 0; i < MODES; i++) {
            sum += new DormandPrince853Integrator(SMALLEST_STEP * times[i], times[i], TOLERANCE, TOLERANCE)
                    .integrate(
                            new Equation(flows[i], modes[i]), new ODEState(0, new double[] {modes[i].f0()}), times[i])
                    .getPrimaryState()[0];
        }
        return sum;
    }

    private record Equation(Flow flow, io.github.autol2.theory.Mode mode) implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return 1;
        }

        @Override
        public double[] computeDerivatives(double t, double[] f) {
            return new double[] {-flow.gamma(mode.gamma(), t) * (f[0] - mode.y()) - flow.outputDecay() * f[0]};
        }
    }
}
