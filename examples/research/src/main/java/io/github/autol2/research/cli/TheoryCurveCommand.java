package io.github.autol2.research.cli;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.program.cli.CsvInput;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.cli.ReportOptions;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.research.theory.TimeGrid;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.LossMinimum;
import io.github.autol2.theory.Mode;
import io.github.autol2.theory.ModeDynamics;
import io.github.autol2.theory.Spectrum;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 theory curve}: one mode or a spectrum over time, for one or several k and lambda. */
@Command(
        name = "curve",
        description = "The loss of one mode or of a spectrum over time, as CSV and picture, and where it is smallest.")
final class TheoryCurveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions report;

    @Option(
            names = "--k",
            split = ",",
            defaultValue = "2",
            paramLabel = "NUMBER",
            description = "Degrees of homogeneity; default: ${DEFAULT-VALUE}.")
    private List<Double> degrees;

    @Option(
            names = "--lambda",
            split = ",",
            defaultValue = "0.01",
            paramLabel = "NUMBER",
            description = "Coefficients; default: ${DEFAULT-VALUE}.")
    private List<Double> lambdas;

    @Option(names = "--gamma", paramLabel = "NUMBER", description = "The eigenvalue of a single mode.")
    private Double gamma;

    @Option(names = "--f0", paramLabel = "NUMBER", description = "Its initial output; default: 0.")
    private Double f0;

    @Option(names = "--y", paramLabel = "NUMBER", description = "Its label; default: 1.")
    private Double y;

    @Option(names = "--spectrum", paramLabel = "FILE.csv", description = "Modes instead of one: columns gamma,f0,y.")
    private Path spectrum;

    @Option(
            names = "--from",
            defaultValue = "0.01",
            paramLabel = "TIME",
            description = "First flow time after 0; default: ${DEFAULT-VALUE}.")
    private double from;

    @Option(
            names = "--until",
            defaultValue = "1000",
            paramLabel = "TIME",
            description = "Last flow time; default: ${DEFAULT-VALUE}.")
    private double until;

    @Option(
            names = "--points",
            defaultValue = "200",
            paramLabel = "NUMBER",
            description = "Number of times; default: ${DEFAULT-VALUE}.")
    private int points;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/theory",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    /** A spectrum and its name in the legend. */
    private record Curve(String name, Spectrum spectrum) {}

    @Override
    public Integer call() throws IOException {
        List<Curve> curves = curves(modes());
        double[] times = times();
        OutputFolder.check(out);
        // All numbers first: outputs can exceed the doubles.
        NumberTable table = valid("", () -> table(curves, times));
        String minima = valid("", () -> minima(curves));
        LineChart chart = chart(curves, times);
        OutputFolder.make(out);
        table.write(out.resolve("curve.csv"));
        chart.writeSvg(out.resolve("curve.svg"));
        chart.writePng(out.resolve("curve.png"));
        PrintWriter output = spec.commandLine().getOut();
        output.println(minima);
        output.println("Written to " + out + ": curve.csv, curve.svg, curve.png.");
        output.flush();
        return 0;
    }

    private List<Mode> modes() {
        if ((gamma == null) == (spectrum == null)) {
            throw new InvalidUsageException("curve needs either --gamma or --spectrum");
        }
        if (spectrum != null && (f0 != null || y != null)) {
            throw new InvalidUsageException("--f0 and --y do not go with --spectrum");
        }
        if (gamma != null) {
            return List.of(valid("", () -> new Mode(gamma, f0 == null ? 0 : f0, y == null ? 1 : y)));
        }
        List<Mode> modes = new ArrayList<>();
        for (CsvInput.Row row :
                CsvInput.read(spectrum, List.of("gamma", "f0", "y")).rows()) {
            double[] numbers = {row.number("gamma"), row.number("f0"), row.number("y")};
            modes.add(valid(row.place() + " ", () -> new Mode(numbers[0], numbers[1], numbers[2])));
        }
        return modes;
    }

    private List<Curve> curves(List<Mode> modes) {
        List<Curve> curves = new ArrayList<>();
        for (double k : degrees) {
            for (double lambda : lambdas) {
                curves.add(new Curve(
                        String.format(Locale.ROOT, "k = %s, lambda = %s", k, lambda),
                        valid("", () -> new Spectrum(new Flow(k, lambda), modes))));
            }
        }
        return curves;
    }

    private double[] times() {
        return valid("--from, --until and --points: ", () -> TimeGrid.logarithmic(from, until, points));
    }

    private static <T> T valid(String place, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException(place + e.getMessage(), e);
        }
    }

    /** One mode has more to tell than its loss. */
    private static NumberTable table(List<Curve> curves, double[] times) {
        boolean single = curves.get(0).spectrum.modes().size() == 1;
        NumberTable table = single
                ? new NumberTable("k", "lambda", "t", "loss", "f", "residual", "derivative", "gamma")
                : new NumberTable("k", "lambda", "t", "loss");
        for (Curve curve : curves) {
            Flow flow = curve.spectrum.flow();
            ModeDynamics mode = curve.spectrum.modes().get(0);
            for (double t : times) {
                double loss = curve.spectrum.loss(t);
                if (single) {
                    table.row(
                            flow.k(),
                            flow.lambda(),
                            t,
                            loss,
                            mode.output(t),
                            mode.residual(t),
                            mode.derivative(t),
                            mode.gamma(t));
                } else {
                    table.row(flow.k(), flow.lambda(), t, loss);
                }
            }
        }
        return table;
    }

    private static LineChart chart(List<Curve> curves, double[] times) {
        LineChart chart = new LineChart("Training loss", "flow time", "loss").logX();
        for (int i = 0; i < curves.size(); i++) {
            chart.line(curves.get(i).name, times, curves.get(i).spectrum.losses(times), i);
        }
        return chart;
    }

    private static String minima(List<Curve> curves) {
        String[][] rows = curves.stream()
                .map(curve -> {
                    Flow flow = curve.spectrum.flow();
                    LossMinimum minimum = curve.spectrum.minimum();
                    return new String[] {
                        number(flow.k()),
                        number(flow.lambda()),
                        number(minimum.time()),
                        minimum.isReached() ? number(minimum.time() * flow.lambda()) : "-",
                        number(minimum.loss()),
                        halfLife(curve.spectrum)
                    };
                })
                .toArray(String[][]::new);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                new String[] {"k", "lambda", "lowest loss at t", "lambda t", "loss there", "half-life"},
                null,
                rows);
    }

    /** Of a single mode. */
    private static String halfLife(Spectrum spectrum) {
        return spectrum.modes().size() == 1
                        && spectrum.modes().get(0).halfLife().isPresent()
                ? number(spectrum.modes().get(0).halfLife().getAsDouble())
                : "-";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.8g", value);
    }
}
