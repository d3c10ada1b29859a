package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.research.figure.PaperFigure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure 1a|1b|1c|2|3}: trains what a figure of the paper shows, and says whether the paper's claim holds. */
@Command
final class PaperFigureCommand implements Callable<Integer> {

    private final PaperFigure figure;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The result files go into this folder; the default is out/figure-N.")
    private Path out;

    PaperFigureCommand(PaperFigure figure) {
        this.figure = figure;
    }

    @Option(names = "--scale", paramLabel = "NAME", description = FigureSettings.SCALE_OPTION)
    private void setScale(String name) {
        common.set("--scale", FigureSettings.SCALE, name == null ? null : name.toLowerCase(Locale.ROOT));
    }

    @Option(
            names = "--parts",
            paramLabel = "LIST",
            description =
                    "This sets figure.parts: train only these networks, by the names of the pages and files; the default is all.")
    private void setParts(String list) {
        common.set("--parts", FigureSettings.PARTS, list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        Path folder = out == null ? Path.of("out", "figure-" + figure.label()) : out;
        SettingsReader reader = new SettingsReader(common.settings());
        FigureSettings settings = FigureSettings.of(figure, reader);
        PaperFigureRun run = new PaperFigureRun(figure, settings, reader.rest(), common);
        Map<DataSettings, DataSplit> data = new HashMap<>();
        run.check(data);
        run.write(folder, data, resume.open(folder, run.settings(), run.files(folder)));
        return 0;
    }
}
