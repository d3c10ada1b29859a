package io.github.autol2.research.cli;

import io.github.autol2.program.cli.CsvInput;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ReportOptions;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.Mode;
import io.github.autol2.theory.ModeDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        description = "What the theory of wide networks predicts: modes, loss curves, a network's own kernel.",
        subcommands = {TheoryCurveCommand.class, TheoryNetworkCommand.class, TheoryInvarianceCommand.class})
final class TheoryCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("k", "gamma", "lambda", "t", "f0", "y");
    private static final String RESULT = "f";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions report;

    @Option(names = "--modes", paramLabel = "IN.csv", description = "Modes and times: columns k,gamma,lambda,t,f0,y.")
    private Path modes;

    @Option(names = "--out-file", paramLabel = "OUT.csv", description = "The same rows with f(t) in the column f.")
    private Path outFile;

    @Override
    public Integer call() throws IOException {
        if (modes == null || outFile == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "theory needs --modes and --out-file, or a sub-command: curve, network, invariance");
        }
        CsvInput input = CsvInput.read(modes, COLUMNS);
        Path folder = outFile.toAbsolutePath().getParent();
        if (Files.isDirectory(outFile) || folder == null || !Files.isDirectory(folder)) {
            throw new InvalidUsageException("--out-file must be a file in an existing folder, got " + outFile);
        }
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
        table.write(outFile);
        return 0;
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
