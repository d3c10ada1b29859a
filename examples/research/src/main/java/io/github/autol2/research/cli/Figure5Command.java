package io.github.autol2.research.cli;

import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ReportOptions;
import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.theory.Figure5;
import io.github.autol2.research.theory.Figure5.Panel;
import io.github.autol2.research.theory.WidthExperiment;
import io.github.autol2.research.theory.WidthExperiment.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 figure 5}: modes with a large (a) and a small (b) eigenvalue, and trained two-layer networks beside the theory (c). */
@Command(
        name = "5",
        description =
                "Figure 5: theory for a large (a) and a small (b) eigenvalue; trained two-layer networks beside it (c).")
final class Figure5Command implements Callable<Integer> {

    private static final int SAMPLES = 64;
    private static final long SEED = 1;
    private static final int LARGEST_TRAINED = 65_536;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions report;

    @Option(names = "--panel", paramLabel = "a|b|c", description = "Only this panel.")
    private Panel panel;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files of MNIST for panel c; default: built-in digits.")
    private Path data;

    @Option(
            names = "--widths",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "1024,4096",
            description = "Widths of the trained ReLU networks; default: ${DEFAULT-VALUE}.")
    private List<Integer> widths;

    @Option(
            names = "--linear-widths",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "4096,16384,65536,262144",
            description = "Widths of the linear networks; default: ${DEFAULT-VALUE}.")
    private List<Integer> linearWidths;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds;

    @Option(
            names = "--lambda",
            paramLabel = "NUMBER",
            defaultValue = "0.002",
            description = "In panel c; default: ${DEFAULT-VALUE}.")
    private double lambda;

    @Option(
            names = "--eta",
            paramLabel = "NUMBER",
            defaultValue = "0.05",
            description = "Learning rate in panel c; default: ${DEFAULT-VALUE}.")
    private double eta;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            defaultValue = "200",
            description = "Flow time in panel c; default: ${DEFAULT-VALUE}.")
    private double until;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-5",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        check();
        boolean trains = panel == null || panel == Panel.C;
        Optional<DataSet> examples = trains ? Optional.of(examples()) : Optional.empty();
        OutputFolder.check(out);
        Page page = new Page("Figure 5: training with L2 in wide networks");
        if (panel != Panel.C) {
            OutputFolder.make(out);
            for (Panel mode : panel == null ? List.of(Panel.A, Panel.B) : List.of(panel)) {
                Figure5.mode(mode, out, page);
            }
        }
        if (examples.isPresent()) {
            Threads.useOneUnlessTheUserSaysOtherwise();
            List<Result> networks = trained(examples.get());
            List<Result> linear = linear(examples.get());
            OutputFolder.make(out);
            String table = Figure5.networks(networks, linear, out, page);
            print(table);
        }
        page.write(out.resolve("figure-5.html"));
        print("Written to " + out + ": figure-5.html and, for each panel, CSV, SVG and PNG.");
        return 0;
    }

    private void check() {
        require(eta > 0 && Double.isFinite(eta), "--eta", "> 0", eta);
        require(lambda >= 0 && eta * lambda < 1, "--lambda", ">= 0 and below 1/eta", lambda);
        require(until >= eta && until / eta < Integer.MAX_VALUE, "--until", "at least one step of --eta", until);
        widths.forEach(width ->
                require(width >= 1 && width <= LARGEST_TRAINED, "--widths", "between 1 and " + LARGEST_TRAINED, width));
        seeds.forEach(
                seed -> require(seed != 0, "--seeds", "other than 0, which Deeplearning4j takes for no seed", seed));
        linearWidths.forEach(width -> require(width >= 1, "--linear-widths", ">= 1", width));
        require(data == null || panel == null || panel == Panel.C, "--data", "left out for panels a and b", data);
    }

    private static void require(boolean holds, String option, String rule, Object value) {
        if (!holds) {
            throw new InvalidUsageException(option + " must be " + rule + ", got " + value);
        }
    }

    private DataSet examples() {
        return data == null
                ? new SyntheticDigits()
                        .load(new SplitSizes(SAMPLES, 1, 1), SEED)
                        .training()
                : new IdxFiles(data).first(SAMPLES);
    }

    private List<Result> trained(DataSet examples) {
        WidthExperiment experiment = experiment();
        List<Result> results = new ArrayList<>();
        for (int width : widths) {
            for (long seed : seeds) {
                try (ProgressDisplay progress = ProgressDisplay.of(
                        "width " + width + ", seed " + seed,
                        experiment.steps(),
                        quiet,
                        spec.commandLine().getErr())) {
                    results.add(experiment.relu(
                            examples, width, seed, done -> progress.iteration(done, lambda, Double.NaN)));
                }
            }
        }
        return results;
    }

    private List<Result> linear(DataSet examples) {
        return linearWidths.stream()
                .map(width -> experiment().linear(examples, width, seeds.get(0)))
                .toList();
    }

    /** One record for each unit of time, or for each step if steps are longer. */
    private WidthExperiment experiment() {
        return new WidthExperiment(eta, lambda, until, (int) Math.max(1, Math.round(1 / eta)));
    }

    private void print(String text) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(text);
        output.flush();
    }
}
