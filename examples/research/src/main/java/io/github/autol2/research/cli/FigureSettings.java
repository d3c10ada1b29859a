package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.research.figure.PaperFigure;
import io.github.autol2.research.figure.PaperFigure.Scale;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the figures of the paper that choose what is made; those of the experiments follow.
 *
 * @param scale of the settings that are not given
 * @param only  the only networks to train; empty: all of a figure
 * @param sweep how many trainings run at a time
 */
record FigureSettings(Scale scale, Optional<List<String>> only, SweepSettings sweep) {

    static final String SCALE = "figure.scale";
    static final String PARTS = "figure.parts";

    /** For {@code --help}. */
    static final String SCALE_OPTION =
            "This sets figure.scale: small takes minutes on two cores; paper takes the paper's networks and budgets, "
                    + "one at a time, for a machine with a GPU; the default is small.";

    /** Reads the keys that all figures have. */
    static FigureSettings ofAll(SettingsReader reader) {
        return new FigureSettings(
                reader.value(SCALE, Scale.SMALL, Format.choice(Scale.class), "how large the experiments are"),
                Optional.empty(),
                SweepSettings.read(reader));
    }

    /** Reads the keys of one figure. */
    static FigureSettings of(PaperFigure figure, SettingsReader reader) {
        FigureSettings all = ofAll(reader);
        Optional<List<String>> only = reader.optional(
                PARTS, "all", Format.names(figure.partNames()), "the only networks of the figure to train");
        return new FigureSettings(all.scale, only, all.sweep);
    }

    /** The names of the experiments to run. */
    List<String> parts(PaperFigure figure) {
        return only.orElse(figure.partNames());
    }
}
