package io.github.autol2.research.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.TuningOptions;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.research.detector.DetectorComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 figure detectors}: how soon a detector sees that the loss rises, and how often it is wrong. */
@Command(
        name = "detectors",
        description = "Four detectors of a rising loss, on random curves and on the losses of real trainings.")
final class FigureDetectorsCommand implements Callable<Integer> {

    private static final List<String> DEFAULTS =
            List.of("train.steps=2000", "train.evaluateEvery=2000", "seeds=1,2,3,4,5");

    @Spec
    private CommandSpec spec;

    @Mixin
    private SweepOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-detectors",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        options.check();
        SettingsReader reader =
                new SettingsReader(options.common().settings().over(Settings.preset("figure detectors", DEFAULTS)));
        RunSettings settings = RunSettings.read(reader);
        TuningOptions.refuseLambda(settings, "figure detectors");
        DataSplit data = settings.data().load();
        Threads.useOneUnlessTheUserSaysOtherwise();
        options.common().tryOut(new TrainingRun(settings, data));
        Map<String, String> effective = new LinkedHashMap<>(reader.effective());
        effective.put("command", "figure detectors");
        UnfinishedRun parts = options.run().open(out, effective);
        DetectorComparison comparison = new DetectorComparison(settings, data);
        List<double[]> losses;
        try (ProgressDisplay progress = options.run().progress("training", comparison.steps())) {
            losses = comparison.record(
                    parts,
                    options.threads(),
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        DetectorComparison.write(out, losses).forEach(spec.commandLine().getOut()::println);
        parts.remove();
        spec.commandLine()
                .getOut()
                .println("Written to " + out + ": detectors.html, and CSV, SVG and PNG for each kind of curve.");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
