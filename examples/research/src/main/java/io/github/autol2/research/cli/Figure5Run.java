package io.github.autol2.research.cli;

import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.theory.Figure5;
import io.github.autol2.research.theory.Figure5.Panel;
import io.github.autol2.research.theory.Figure5Settings;
import io.github.autol2.research.theory.WidthExperiment;
import io.github.autol2.research.theory.WidthExperiment.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/** Makes Figure 5 and shows its progress. */
final class Figure5Run {

    static final String PAGE = "figure-5.html";

    private static final int SAMPLES = 64;
    private static final long SEED = 1;

    private final Figure5Settings settings;
    private final CommonOptions common;

    Figure5Run(Figure5Settings settings, CommonOptions common) {
        this.settings = settings;
        this.common = common;
    }

    /** Writes the figure's files. */
    void write(Path out) throws IOException {
        Page page = new Page("Figure 5: training with L2 in wide networks");
        DataSet examples = settings.trains() ? examples() : null;
        OutputFolder.check(out);
        OutputFolder.make(out);
        for (Panel mode : settings.modes()) {
            Figure5.mode(mode, out, page);
        }
        if (settings.trains()) {
            Threads.limitToOneByDefault();
            common.print(Figure5.networks(trained(examples), linear(examples), out, page));
        }
        page.write(out.resolve(PAGE));
        common.print("Written to " + out + ": figure-5.html and, for each panel, CSV, SVG and PNG.");
    }

    private DataSet examples() {
        return settings.mnist()
                .map(folder -> new IdxFiles(folder).first(SAMPLES))
                .orElseGet(() -> new SyntheticDigits()
                        .load(new SplitSizes(SAMPLES, 1, 1), SEED)
                        .training());
    }

    private List<Result> trained(DataSet examples) {
        WidthExperiment experiment = experiment();
        List<Result> results = new ArrayList<>();
        for (int width : settings.widths()) {
            for (long seed : settings.seeds()) {
                try (ProgressDisplay progress =
                        common.progress("width " + width + ", seed " + seed, experiment.steps())) {
                    results.add(experiment.relu(
                            examples, width, seed, done -> progress.iteration(done, settings.lambda(), Double.NaN)));
                }
            }
        }
        return results;
    }

    private List<Result> linear(DataSet examples) {
        long seed = settings.seeds().get(0);
        return settings.linearWidths().stream()
                .map(width -> experiment().linear(examples, width, seed))
                .toList();
    }

    /** One record for each unit of time, or for each step if steps are longer, but one at the end at least. */
    private WidthExperiment experiment() {
        double eta = settings.eta();
        long steps = Math.round(settings.until() / eta);
        int every = (int) Math.max(1, Math.min(steps, Math.round(1 / eta)));
        return new WidthExperiment(eta, settings.lambda(), settings.until(), every);
    }
}
