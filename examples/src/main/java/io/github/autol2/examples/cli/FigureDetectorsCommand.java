package io.github.autol2.examples.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.detector.DetectorComparison;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import io.github.autol2.examples.training.Threads;
import io.github.autol2.examples.training.TrainingRun;
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
@Command(name = "detectors", description = "Four detectors of a rising loss, on random curves and on the losses of real trainings.")
final class FigureDetectorsCommand implements Callable<Integer> {

    private static final long BYTES_OF_RUN = 500L << 20;
    private static final List<String> DEFAULTS = List.of("train.steps=2000", "train.evaluateEvery=2000", "seeds=1,2,3,4,5");

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(names = "--threads", paramLabel = "N", description = "Trainings at a time; default: one for each core.")
    private Integer threads;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/figure-detectors",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (threads != null && threads < 1) {
            throw new InvalidUsageException("--threads must be >= 1, got " + threads);
        }
        SettingsReader reader = new SettingsReader(common.settings().over(Settings.preset("figure detectors", DEFAULTS)));
        RunSettings settings = RunSettings.read(reader);
        TuningOptions.refuseLambda(settings, "figure detectors");
        DataSplit data = settings.data().load();
        Threads.useOneUnlessTheUserSaysOtherwise();
        common.tryOut(new TrainingRun(settings, data));
        OutputFolder.check(out);
        Map<String, String> effective = new LinkedHashMap<>(reader.effective());
        effective.put("command", "figure detectors");
        resume.check(out, effective);
        UnfinishedRun parts = resume.open(out, effective, spec.commandLine().getErr());
        DetectorComparison comparison = new DetectorComparison(settings, data);
        List<double[]> losses;
        try (ProgressDisplay progress = ProgressDisplay.of("training", comparison.steps(), quiet, spec.commandLine().getErr())) {
            losses = comparison.record(parts, threads == null ? Sweep.threads(BYTES_OF_RUN) : threads,
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        DetectorComparison.write(out, losses).forEach(spec.commandLine().getOut()::println);
        parts.remove();
        spec.commandLine().getOut().println("Written to " + out + ": detectors.html, and CSV, SVG and PNG for each kind of curve.");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
