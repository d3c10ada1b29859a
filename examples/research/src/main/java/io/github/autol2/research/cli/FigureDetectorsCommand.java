package io.github.autol2.research.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.cli.RunInput;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.research.detector.DetectorComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure detectors}: how soon a detector sees that the loss rises, and how often it is wrong. */
@Command(
        name = "detectors",
        description = "Compare four detectors of a rising loss, on random curves and on the losses of real trainings.")
final class FigureDetectorsCommand implements Callable<Integer> {

    private static final List<String> DEFAULTS =
            List.of("train.steps=2000", "train.evaluateEvery=2000", "seeds=1,2,3,4,5");

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-detectors",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader =
                new SettingsReader(common.settings().over(Settings.preset("figure detectors", DEFAULTS)));
        SweepSettings sweep = SweepSettings.read(reader);
        RunInput input = RunInput.withoutLambda(reader, common, "figure detectors");
        input.data().classes(); // accuracy judges lambdas
        UnfinishedRun parts = resume.open(
                out, input.parts("figure detectors", SweepSettings.THREADS), "detectors.html", "detectors-random.csv");
        DetectorComparison comparison = new DetectorComparison(input.settings(), input.data());
        List<double[]> losses;
        try (ProgressDisplay progress = common.progress("training", comparison.steps())) {
            losses = comparison.record(
                    parts,
                    sweep.threads(),
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        common.print(DetectorComparison.write(out, losses));
        parts.remove();
        common.print("Written to " + out + ": detectors.html, and CSV, SVG and PNG for each kind of curve.");
        return 0;
    }
}
