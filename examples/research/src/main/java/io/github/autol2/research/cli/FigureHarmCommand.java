package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.onednn.OneDnn;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.harm.HarmReport;
import io.github.autol2.research.harm.HarmSettings;
import io.github.autol2.research.harm.HarmTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure harm}: whether our listener harms programs that it is added to. */
@Command(name = "harm", description = "Compare programs of many kinds with AutoL2, with l2 = 1e-4 and as they were.")
final class FigureHarmCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-harm",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "This sets seeds: repeat each training with each seed; the default is 1,2,3.")
    private void setSeeds(String list) {
        common.set("--seeds", "seeds", list);
    }

    @Option(
            names = "--programs",
            paramLabel = "LIST",
            description = "This sets harm.programs: compare with these programs only; the default is all.")
    private void setPrograms(String list) {
        common.set("--programs", "harm.programs", list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SweepSettings sweep = SweepSettings.read(reader);
        HarmSettings settings = HarmSettings.read(reader);
        HarmTable table = new HarmTable(settings);
        Threads.limitToOneByDefault();
        OneDnn.install();
        UnfinishedRun parts = resume.open(out, settings.parts(), "harm.csv");
        HarmReport report;
        try (ProgressDisplay progress = common.progress("training", table.steps())) {
            report = table.run(
                    parts,
                    sweep.threads(),
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        parts.finish(report::write);
        common.print(report.summary());
        common.print("Written to " + out + ": harm.csv, every run.");
        return 0;
    }
}
