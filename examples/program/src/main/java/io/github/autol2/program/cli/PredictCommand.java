package io.github.autol2.program.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TableSettings;
import io.github.autol2.program.data.NewRows;
import io.github.autol2.program.data.TableFormat;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.results.TableModel;
import io.github.autol2.program.training.Threads;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autol2 predict}: asks a network that was trained on a table about the rows of another one. */
@Command(
        name = "predict",
        description =
                "Predict the class or the quantity of each row of a table with a network that was trained on another one.")
final class PredictCommand implements Callable<Integer> {

    private static final int ROWS_AT_A_TIME = 1024;

    @Mixin
    private CommonOptions common;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "This is the model.zip that train or search has written, or the best.zip or last.zip of tune.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description =
                    "This is the table, with the columns that the network was trained on; the class or the quantity may be missing.")
    private Path table;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/predict",
            description = "The file predictions.csv goes into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        TableFormat format = format();
        TableRecipe recipe;
        Network network;
        try {
            recipe = TableModel.read(model)
                    .orElseThrow(
                            () -> new InvalidUsageException(
                                    model
                                            + " does not know what table it was trained on: only train, tune and search with data.kind=csv write that"));
            network = Network.of(SavedNetwork.read(model));
        } catch (IOException e) {
            throw new InvalidUsageException(e.getMessage(), e);
        }
        NewRows rows = NewRows.read(table, format, recipe);
        OutputFolder.check(out);
        Threads.limitToOneByDefault();
        List<float[]> outputs = outputs(network, rows.inputs());
        requireFinite(rows, outputs);
        OutputFolder.make(out);
        Answers answers = Answers.of(recipe);
        Path predictions = out.resolve("predictions.csv");
        boolean replaces = Files.exists(predictions);
        AtomicFile.write(predictions, file -> write(file, answers, rows, outputs));
        rows.notes().forEach(common::print);
        answers.judged(rows, outputs).ifPresent(common::print);
        common.print("Written to " + out + ": predictions.csv (" + rows.lines().size() + " rows)"
                + (replaces ? ", in the place of an earlier one." : "."));
        return 0;
    }

    /** How the table is written. A file of settings for {@code train} may have more keys, which act there. */
    private TableFormat format() {
        SettingsReader reader = new SettingsReader(common.settings());
        TableFormat format = TableSettings.readFormat(reader);
        SettingsReader training = new SettingsReader(Settings.load(Optional.empty(), List.of()));
        RunSettings.read(training);
        for (String key : training.effective().keySet()) {
            boolean told = common.overrides().stream().anyMatch(one -> one.startsWith(key + "="));
            if (!told && !reader.effective().containsKey(key)) {
                reader.optional(key, "unused", Format.text(), "acts in train");
            }
        }
        reader.finish();
        return format;
    }

    /** The outputs of each row. */
    private static List<float[]> outputs(Network network, INDArray inputs) {
        List<float[]> outputs = new ArrayList<>();
        long rows = inputs.size(0);
        for (long from = 0; from < rows; from += ROWS_AT_A_TIME) {
            INDArray batch =
                    inputs.get(NDArrayIndex.interval(from, Math.min(rows, from + ROWS_AT_A_TIME)), NDArrayIndex.all());
            outputs.addAll(List.of(network.output(batch).toFloatMatrix()));
        }
        return outputs;
    }

    /** A network that diverged in training would be taken for one that is sure of its first class. */
    private void requireFinite(NewRows rows, List<float[]> outputs) {
        for (int row = 0; row < outputs.size(); row++) {
            for (float output : outputs.get(row)) {
                if (!Float.isFinite(output)) {
                    throw new InvalidUsageException(
                            "the network of " + model + " must give finite numbers, got " + output
                                    + " for line " + rows.lines().get(row) + " of " + table
                                    + "; if it diverged, train it again with a smaller train.learningRate");
                }
            }
        }
    }

    private static void write(Path file, Answers answers, NewRows rows, List<float[]> outputs) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(
                        writer,
                        CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get())) {
            List<Object> cells = new ArrayList<>(List.of("line"));
            cells.addAll(answers.header());
            printer.printRecord(cells);
            for (int row = 0; row < outputs.size(); row++) {
                cells.clear();
                cells.add(rows.lines().get(row));
                cells.addAll(answers.cells(outputs.get(row)));
                printer.printRecord(cells);
            }
        }
    }
}
