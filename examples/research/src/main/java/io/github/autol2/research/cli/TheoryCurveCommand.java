package io.github.autol2.research.cli;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.CsvInput;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.research.theory.CurveSettings;
import io.github.autol2.research.theory.TimeGrid;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.LossMinimum;
import io.github.autol2.theory.Mode;
import io.github.autol2.theory.ModeDynamics;
import io.github.autol2.theory.Spectrum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 theory curve}: one mode or a spectrum over time, for one or several k and lambda. */
@Command(
        name = "curve",
        description =
                "Write the loss of one mode or of a spectrum over time, as CSV and picture, and where it is smallest.")
final class TheoryCurveCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/theory",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--k",
            paramLabel = "LIST",
            description = "This sets curve.k, the degrees of homogeneity; the default is 2.")
    private void setK(String value) {
        common.set("--k", "curve.k", value);
    }

    @Option(
            names = "--lambda",
            paramLabel = "LIST",
            description = "This sets curve.lambda, the coefficients; the default is 0.01.")
    private void setLambda(String value) {
        common.set("--lambda", "curve.lambda", value);
    }

    @Option(
            names = "--gamma",
            paramLabel = "NUMBER",
            description = "This sets curve.gamma, the eigenvalue of a single mode.")
    private void setGamma(String value) {
        common.set("--gamma", "curve.gamma", value);
    }

    @Option(
            names = "--f0",
            paramLabel = "NUMBER",
            description = "This sets curve.f0, the initial output of the mode; the default is 0.")
    private void setF0(String value) {
        common.set("--f0", "curve.f0", value);
    }

    @Option(
            names = "--y",
            paramLabel = "NUMBER",
            description = "This sets curve.y, the label of the mode; the default is 1.")
    private void setY(String value) {
        common.set("--y", "curve.y", value);
    }

    @Option(
            names = "--spectrum",
            paramLabel = "FILE.csv",
            description = "This sets curve.spectrum: the file holds several modes in the columns gamma,f0,y.")
    private void setSpectrum(Path value) {
        common.set("--spectrum", "curve.spectrum", value);
    }

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "This sets curve.from, the first flow time after 0; the default is 0.01.")
    private void setFrom(String value) {
        common.set("--from", "curve.from", value);
    }

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "This sets curve.until, the last flow time; the default is 1000.")
    private void setUntil(String value) {
        common.set("--until", "curve.until", value);
    }

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "This sets curve.points, the number of times; the default is 200.")
    private void setPoints(String value) {
        common.set("--points", "curve.points", value);
    }

    /** A spectrum and its name in the legend. */
    private record Curve(String name, Spectrum spectrum) {}

    @Override
    public Integer call() throws IOException {
        CurveSettings settings = CurveSettings.read(new SettingsReader(common.settings()));
        List<Curve> curves = curves(settings, modes(settings));
        double[] times = valid(
                "--from, --until and --points: ",
                () -> TimeGrid.logarithmic(settings.from(), settings.until(), settings.points()));
        OutputFolder.check(out);
        // All numbers first: outputs can exceed the doubles.
        NumberTable table = valid("", () -> table(curves, times));
        String minima = valid("", () -> minima(curves));
        LineChart chart = chart(curves, times);
        OutputFolder.make(out);
        table.write(out.resolve("curve.csv"));
        chart.writeSvg(out.resolve("curve.svg"));
        chart.writePng(out.resolve("curve.png"));
        common.print(minima);
        common.print("Written to " + out + ": curve.csv, curve.svg, curve.png.");
        return 0;
    }

    private static List<Mode> modes(CurveSettings settings) {
        if (settings.gamma().isPresent() == settings.spectrum().isPresent()) {
            throw new InvalidUsageException("curve needs either --gamma or --spectrum");
        }
        if (settings.gamma().isPresent()) {
            return List.of(valid(
                    "",
                    () -> new Mode(
                            settings.gamma().get(),
                            settings.f0().orElse(0.0),
                            settings.y().orElse(1.0))));
        }
        if (settings.f0().isPresent() || settings.y().isPresent()) {
            throw new InvalidUsageException("--f0 and --y do not go with --spectrum");
        }
        List<Mode> modes = new ArrayList<>();
        for (CsvInput.Row row : CsvInput.read(settings.spectrum().get(), List.of("gamma", "f0", "y"))
                .rows()) {
            double[] numbers = {row.number("gamma"), row.number("f0"), row.number("y")};
            modes.add(valid(row.place() + " ", () -> new Mode(numbers[0], numbers[1], numbers[2])));
        }
        return modes;
    }

    private static List<Curve> curves(CurveSettings settings, List<Mode> modes) {
        List<Curve> curves = new ArrayList<>();
        for (double k : settings.degrees()) {
            for (double lambda : settings.lambdas()) {
                curves.add(new Curve(
                        String.format(Locale.ROOT, "k = %s, lambda = %s", k, lambda),
                        valid("", () -> new Spectrum(new Flow(k, lambda), modes))));
            }
        }
        return curves;
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
