package io.github.autol2.benchmark;

import io.github.autol2.research.theory.TimeGrid;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.Spectrum;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The loss of a spectrum gamma_j = 1/j^2, y_j = 1/j (k = 2, lambda = 1e-3) over a curve from t = 0.01 to 10,000. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SpectrumEvaluation {

    /** Number of modes. */
    @Param({"100", "1000", "10000"})
    public int modes;

    /** Number of times. */
    @Param({"100", "1000"})
    public int times;

    private final List<io.github.autol2.theory.Mode> list = new ArrayList<>();
    private double[] grid;

    /** Makes the modes and the times. */
    @Setup
    public void prepare() {
        for (int j = 1; j <= modes; j++) {
            list.add(new io.github.autol2.theory.Mode(1.0 / ((double) j * j), 0, 1.0 / j));
        }
        grid = TimeGrid.logarithmic(0.01, 10_000, times);
    }

    /** Takes the time from the modes to all losses. */
    @Benchmark
    public double[] losses() {
        return new Spectrum(new Flow(2, 1e-3), list).losses(grid);
    }
}
