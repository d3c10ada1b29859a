package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Division;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.results.SummaryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 data}: what has been understood of the data, before anyone trains on them. */
@Command(
        name = "data",
        description = "Show what was understood of the data: columns, classes and how they are divided.")
final class DataCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The same lines are also written to the file data.txt in this folder.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        RunSettings run = RunSettings.read(new SettingsReader(common.settings()));
        DataSettings settings = run.data();
        List<String> lines = new ArrayList<>();
        if (settings.table().isPresent()) {
            lines.addAll(settings.table().get().describe());
            common.print(lines); // also if the rows are refused for what the columns hold
        }
        DataSplit data = settings.load();
        List<String> division = division(settings, data, run.seeds());
        common.print(division);
        lines.addAll(division);
        if (out != null) {
            OutputFolder.check(out);
            OutputFolder.make(out);
            AtomicFile.write(
                    out.resolve("data.txt"),
                    temporary -> Files.writeString(temporary, String.join("\n", lines) + "\n"));
        }
        return 0;
    }

    private static List<String> division(DataSettings settings, DataSplit data, List<Long> seeds) {
        List<String> lines = new ArrayList<>();
        Division division = new Division(data);
        lines.add(division.sizes());
        if (settings.table().isPresent()) {
            int unused = settings.table().get().unused(settings.sizes());
            if (unused > 0) {
                lines.add(unused + " rows of " + settings.path().orElseThrow() + " are in no part.");
            }
            lines.addAll(division.classes());
            if (settings.split() == DataSettings.Split.SEEDS) {
                lines.add("With data.split=seeds this is the division of seed 1.");
            }
            lines.addAll(division.missing());
            lines.addAll(division.repeated());
            lines.addAll(data.notes());
            if (settings.split() == DataSettings.Split.SEEDS) {
                seeds.stream()
                        .filter(seed -> seed != 1)
                        .forEach(seed -> new Division(settings.load(seed, data))
                                .missing()
                                .forEach(note -> lines.add("Seed " + seed + ": " + note)));
            }
        }
        if (data.target() instanceof Target.Classes classes && classes.weighted()) {
            lines.add("Weights of the classes in the loss: "
                    + IntStream.range(0, classes.outputs())
                            .mapToObj(i -> classes.names().get(i) + " "
                                    + SummaryTable.threeDigits(classes.weights().get(i)))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return lines;
    }
}
