package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hipparchus.stat.StatUtils;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the theory against a numerical integrator in one run, and how the cost of a spectrum grows. */
@Command(
        name = "theory-speed",
        mixinStandardHelpOptions = true,
        description = "Measure evaluations of the theory, as a ratio to integrating the same modes.")
public final class TheorySpeed implements Callable<Integer> {

    @Option(names = "--forks", defaultValue = "3", description = "JVMs; default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "3",
            description = "Measured iterations of each JVM; default: ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(names = "--seconds", defaultValue = "1", description = "Of each iteration; default: ${DEFAULT-VALUE}.")
    private int seconds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TheorySpeed()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        Collection<RunResult> modes = run(ModeEvaluation.class);
        Map<String, double[]> theory = times(modes, "theory");
        Map<String, double[]> integrator = times(modes, "integrator");
        String[][] rows = Arrays.stream(ModeEvaluation.Range.values())
                .map(range -> {
                    double[] here = theory.get(range.name());
                    double[] there = integrator.get(range.name());
                    return new String[] {
                        range.name().toLowerCase(Locale.ROOT),
                        number("%,.0f", 1e6 / median(here)),
                        spread(here),
                        spread(there),
                        number("%.0f", median(there) / median(here))
                    };
                })
                .toArray(String[][]::new);
        print(rows, "range", "evaluations/s", "us each (min to max)", "integrator us (min to max)", "ratio");
        double[] ratios = Arrays.stream(ModeEvaluation.Range.values())
                .mapToDouble(range -> median(integrator.get(range.name())) / median(theory.get(range.name())))
                .toArray();
        System.out.printf(Locale.ROOT, "Median ratio over the ranges: %.0f%n", median(ratios));
        print(
                run(SpectrumEvaluation.class).stream()
                        .map(result -> new String[] {
                            result.getParams().getParam("modes"),
                            result.getParams().getParam("times"),
                            spread(scores(result))
                        })
                        .toArray(String[][]::new),
                "modes",
                "times",
                "ms (min to max)");
        return 0;
    }

    private Collection<RunResult> run(Class<?> benchmark) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getName() + "\\.")
                        .forks(forks)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(seconds))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    /** By range, one for each iteration of each JVM. */
    private static Map<String, double[]> times(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals(benchmark))
                .collect(Collectors.toMap(result -> result.getParams().getParam("range"), TheorySpeed::scores));
    }

    private static double[] scores(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(jvm -> jvm.getIterationResults().stream())
                .map(iteration -> (Result<?>) iteration.getPrimaryResult())
                .mapToDouble(Result::getScore)
                .toArray();
    }

    private static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    private static String spread(double[] values) {
        return String.format(
                Locale.ROOT, "%.3g (%.3g to %.3g)", median(values), StatUtils.min(values), StatUtils.max(values));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void print(String[][] rows, String... header) {
        System.out.println(AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows));
    }
}
