package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
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
        DataSettings settings =
                RunSettings.read(new SettingsReader(common.settings())).data();
        List<String> lines = new ArrayList<>();
        if (settings.table().isPresent()) {
            lines.addAll(settings.table().get().describe());
            common.print(lines); // also if the rows are refused for what the columns hold
        }
        DataSplit data = settings.load();
        List<String> division = new ArrayList<>();
        String target = data.target() instanceof Target.Classes classes
                ? classes.names().size() + " classes"
                : "a quantity";
        division.add(data.shape().inputs() + " inputs, " + target + ": "
                + data.training().numExamples() + " training, "
                + data.validation().numExamples() + " validation and "
                + data.test().numExamples() + " test examples.");
        if (data.target() instanceof Target.Classes classes && classes.weighted()) {
            division.add("Weights of the classes in the loss: "
                    + IntStream.range(0, classes.outputs())
                            .mapToObj(i -> classes.names().get(i) + " "
                                    + SummaryTable.threeDigits(classes.weights().get(i)))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
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
}
