package io.github.autol2.research.theory;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.DataSettings.Kind;
import io.github.autol2.program.config.Seeds;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.research.theory.Figure5.Panel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code figure5.*}, and {@code seeds}, {@code data.kind} and {@code data.path} for the networks of panel c.
 *
 * @param panel        the only one to make; empty: all
 * @param mnist        folder with the four IDX files; empty: built-in digits
 * @param widths       of the trained ReLU networks, at least 1
 * @param linearWidths of the linear networks, at least 1
 * @param seeds        one ReLU network of each width for each
 * @param lambda       in panel c, at least 0 and below 1/eta
 * @param eta          learning rate in panel c, greater than 0
 * @param until        flow time in panel c, at least one step of eta
 */
public record Figure5Settings(
        Optional<Panel> panel,
        Optional<Path> mnist,
        List<Integer> widths,
        List<Integer> linearWidths,
        List<Long> seeds,
        double lambda,
        double eta,
        double until) {

    private static final int LARGEST_TRAINED = 65_536;
    private static final Range WIDTH =
            new Range("between 1 and " + LARGEST_TRAINED, value -> value >= 1 && value <= LARGEST_TRAINED);
    private static final Range COUNT = Range.atLeast(1);
    private static final Range POSITIVE = Range.above(0);

    public Figure5Settings {
        widths = List.copyOf(widths);
        linearWidths = List.copyOf(linearWidths);
        seeds = List.copyOf(seeds);
    }

    /** The defaults with these data. */
    public static Figure5Settings of(Optional<Path> mnist) {
        List<String> data = mnist.map(folder -> List.of("data.kind=idx", "data.path=" + folder))
                .orElse(List.of());
        return read(new SettingsReader(Settings.load(Optional.empty(), data)));
    }

    /**
     * Reads all keys.
     *
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public static Figure5Settings read(SettingsReader reader) {
        Optional<Panel> panel = reader.optional(
                "figure5.panel", "all", Format.choice(Panel.class), "the only panel of Figure 5 to make");
        Kind kind =
                reader.value("data.kind", Kind.SYNTHETIC, Format.choice(Kind.class), "where the examples come from");
        Optional<Path> path = reader.optional("data.path", "none", Format.path(), "folder with the four IDX files");
        Figure5Settings settings = new Figure5Settings(
                panel,
                path,
                reader.value(
                        "figure5.widths",
                        List.of(1024, 4096),
                        Format.integers(WIDTH),
                        "widths of the trained ReLU networks of panel c"),
                reader.value(
                        "figure5.linearWidths",
                        List.of(4096, 16_384, 65_536, 262_144),
                        Format.integers(COUNT),
                        "widths of the linear networks of panel c"),
                Seeds.read(reader, List.of(1L)),
                reader.value("figure5.lambda", 0.002, Format.number(Range.atLeast(0)), "lambda in panel c"),
                reader.value("figure5.eta", 0.05, Format.number(POSITIVE), "learning rate in panel c"),
                reader.value("figure5.until", 200.0, Format.number(POSITIVE), "flow time at the end of panel c"));
        settings.require(reader, kind);
        reader.finish();
        return settings;
    }

    private void require(SettingsReader reader, Kind kind) {
        reader.require(
                kind == Kind.SYNTHETIC || kind == Kind.IDX, "data.kind", "must be synthetic or idx for Figure 5");
        reader.requireIf(kind == Kind.IDX, "data.path", "data.kind");
        reader.refuseIf(kind != Kind.IDX, "data.path", "data.kind");
        reader.refuseIf(panel.isPresent() && !trains(), "data.path", "figure5.panel");
        mnist.ifPresent(folder ->
                reader.require(Files.isDirectory(folder), "data.path", "must be an existing folder", "data.kind"));
        TrainSettings.requireLearningRate(reader, "figure5.eta", eta);
        reader.require(eta * lambda < 1, "figure5.lambda", "must be below 1/eta", "figure5.eta");
        reader.require(
                until >= eta && until / eta < Integer.MAX_VALUE,
                "figure5.until",
                "must be at least one step of figure5.eta and less than 2^31 steps",
                "figure5.eta");
    }

    /** Whether panel c is made. */
    public boolean trains() {
        return panel.isEmpty() || panel.get() == Panel.C;
    }

    /** The panels to make that show modes. */
    public List<Panel> modes() {
        return panel.map(only -> only == Panel.C ? List.<Panel>of() : List.of(only))
                .orElse(List.of(Panel.A, Panel.B));
    }
}
