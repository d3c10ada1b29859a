package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.research.adaptive.AdaptiveSettings;
import io.github.autol2.research.adaptive.Comparison;
import io.github.autol2.research.adaptive.ComparisonReport;
import io.github.autol2.research.adaptive.Outcomes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure adaptive}: AutoL2 against tuned constant lambdas, on ready-made tasks or on a configured one. */
@Command(
        name = "adaptive",
        description =
                "Compare AutoL2 with nine constant lambdas, on ready-made tasks or on your own (--config, --set).")
final class FigureAdaptiveCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-adaptive",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--keep-runs",
            description = "This keeps the finished runs, so that --resume can add seeds or tasks later.")
    private boolean keep;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "This sets adaptive.mnist: the folder holds the four files of MNIST, for eleven further tasks.")
    private void setData(Path folder) {
        common.set("--data", "adaptive.mnist", folder);
    }

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "This sets seeds: repeat each training with each seed; the default is 1,2,3,4,5.")
    private void setSeeds(String list) {
        common.set("--seeds", "seeds", list);
    }

    @Option(
            names = {"--tasks", "--cells"},
            paramLabel = "LIST",
            description = "This sets adaptive.tasks: compare on these tasks only; the default is all.")
    private void setTasks(String list) {
        common.set("--tasks", "adaptive.tasks", list);
    }

    @Option(
            names = {"--contenders", "--rivals"},
            paramLabel = "LIST",
            description =
                    "This sets adaptive.contenders: compare only these ways to choose lambda, where constant names nine; "
                            + "the default is all.")
    private void setContenders(String list) {
        common.set("--contenders", "adaptive.contenders", list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SweepSettings sweep = SweepSettings.read(reader);
        AdaptiveSettings settings = AdaptiveSettings.read(reader);
        Comparison comparison = new Comparison(settings.tasks(), settings.choices(), settings.seeds());
        Threads.limitToOneByDefault();
        RunSettings first = settings.tasks().get(0).settings();
        DataSplit data = first.data().load();
        data.classes(); // accuracy compares the choices
        common.tryOut(new TrainingRun(first, data));
        UnfinishedRun parts =
                resume.open(out, settings.parts(), "adaptive.html", "adaptive.csv", "adaptive.svg", "adaptive.png");
        Outcomes outcomes;
        try (ProgressDisplay progress = common.progress("training", comparison.steps())) {
            outcomes = comparison.run(
                    parts,
                    sweep.threads(),
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        ComparisonReport report = new ComparisonReport(outcomes);
        parts.replaceResults(report::write);
        common.print(report.summary());
        common.print("Written to " + out + ": adaptive.html, adaptive.csv and the picture as SVG and PNG.");
        if (!keep) {
            parts.remove();
        }
        return 0;
    }
}
