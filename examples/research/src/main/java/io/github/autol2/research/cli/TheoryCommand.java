package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.CsvInput;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.Mode;
import io.github.autol2.theory.ModeDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code autol2 theory}: the closed form at the rows of a file, or one of its sub-commands. */
@Command(
        name = "theory",
        description = "Show what the theory of wide networks predicts: modes, loss curves, a network's own kernel.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {TheoryCurveCommand.class, TheoryNetworkCommand.class, TheoryInvarianceCommand.class})
final class TheoryCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("k", "gamma", "lambda", "t", "f0", "y");
    private static final String RESULT = "f";
    private static final String MODES = "theory.modes";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Without --out-file, the rows go into the file modes.csv in this folder.")
    private Path out;

    @Option(
            names = "--out-file",
            paramLabel = "OUT.csv",
            description = "This file gets the same rows with f(t) in the column f.")
    private Path outFile;

    @Option(
            names = "--modes",
            paramLabel = "IN.csv",
            description =
                    "This sets theory.modes: the file holds modes and times in the columns k,gamma,lambda,t,f0,y.")
    private void setModes(Path file) {
        common.set("--modes", MODES, file);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        Optional<Path> modes = reader.optional(MODES, "none", Format.path(), "CSV file with modes and times");
        reader.finish();
        if (modes.isEmpty() || (outFile == null && out == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "theory needs --modes with --out-file or --out, or a sub-command: curve, network, invariance");
        }
        CsvInput input = CsvInput.read(modes.get(), COLUMNS);
        Path file = file();
        List<String> columns = new ArrayList<>(input.header());
        columns.remove(RESULT);
        List<String> header = new ArrayList<>(columns);
        header.add(RESULT);
        NumberTable table = new NumberTable(header.toArray(String[]::new));
        for (CsvInput.Row row : input.rows()) {
            List<Object> cells = new ArrayList<>(columns.stream().map(row::text).toList());
            cells.add(output(row));
            table.row(cells.toArray());
        }
        if (outFile == null) {
            OutputFolder.make(out);
        }
        table.write(file);
        return 0;
    }

    /** The file to write, in a folder that exists or can be made. */
    private Path file() {
        if (outFile == null) {
            OutputFolder.check(out);
            return out.resolve("modes.csv");
        }
        Path folder = outFile.toAbsolutePath().getParent();
        if (Files.isDirectory(outFile) || folder == null || !Files.isDirectory(folder)) {
            throw new InvalidUsageException("--out-file must be a file in an existing folder, got " + outFile);
        }
        return outFile;
    }

    private static double output(CsvInput.Row row) {
        // All six first: a number that is none is told by its column's name.
        double[] numbers = COLUMNS.stream().mapToDouble(row::number).toArray();
        try {
            return new ModeDynamics(new Flow(numbers[0], numbers[2]), new Mode(numbers[1], numbers[4], numbers[5]))
                    .output(numbers[3]);
        } catch (IllegalArgumentException e) {
            throw row.refused(e.getMessage());
        }
    }
}
