package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.dl4j.network.SavedNetwork;
import io.github.autol2.files.AtomicFile;
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
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autol2 predict}: classifies the rows of a table with a network that was trained on another one. */
@Command(name = "predict", description = "Classify the rows of a table with a network that was trained on a table.")
final class PredictCommand implements Callable<Integer> {

    private static final int ROWS_AT_A_TIME = 1024;

    @Mixin
    private CommonOptions common;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "This is the model.zip that train or search has written.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description =
                    "This is the table, with the columns that the network was trained on; the class may be missing.")
    private Path table;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/predict",
            description = "The file predictions.csv goes into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        TableFormat format = TableSettings.readFormat(reader);
        reader.finish();
        TableRecipe recipe;
        Network network;
        try {
            recipe = TableModel.read(model)
                    .orElseThrow(
                            () -> new InvalidUsageException(
                                    model
                                            + " does not know what table it was trained on: only train and search with data.kind=csv write that"));
            network = Network.of(SavedNetwork.read(model));
        } catch (IOException e) {
            throw new InvalidUsageException(e.getMessage(), e);
        }
        NewRows rows = NewRows.read(table, format, recipe);
        OutputFolder.check(out);
        Threads.limitToOneByDefault();
        List<INDArray> outputs = outputs(network, rows.inputs());
        OutputFolder.make(out);
        AtomicFile.write(out.resolve("predictions.csv"), file -> write(file, recipe, rows, outputs));
        rows.classes()
                .ifPresent(classes -> common.print(String.format(
                        Locale.ROOT,
                        "%.2f %% of the rows have the class that the table names.",
                        100 * accuracy(recipe, classes, outputs))));
        common.print("Written to " + out + ": predictions.csv (" + rows.lines().size() + " rows).");
        return 0;
    }

    private static List<INDArray> outputs(Network network, INDArray inputs) {
        List<INDArray> outputs = new ArrayList<>();
        long rows = inputs.size(0);
        for (long from = 0; from < rows; from += ROWS_AT_A_TIME) {
            outputs.add(network.output(inputs.get(
                    NDArrayIndex.interval(from, Math.min(rows, from + ROWS_AT_A_TIME)), NDArrayIndex.all())));
        }
        return outputs;
    }

    private static void write(Path file, TableRecipe recipe, NewRows rows, List<INDArray> outputs) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(
                        writer,
                        CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get())) {
            List<Object> cells = new ArrayList<>(List.of("line", "class"));
            recipe.classNames().forEach(name -> cells.add("p(" + name + ")"));
            printer.printRecord(cells);
            int row = 0;
            for (INDArray batch : outputs) {
                for (float[] probabilities : batch.toFloatMatrix()) {
                    cells.clear();
                    cells.add(rows.lines().get(row++));
                    cells.add(recipe.classNames().get(largest(probabilities)));
                    for (float probability : probabilities) {
                        cells.add(probability);
                    }
                    printer.printRecord(cells);
                }
            }
        }
    }

    private static double accuracy(TableRecipe recipe, List<String> classes, List<INDArray> outputs) {
        int right = 0;
        int row = 0;
        for (INDArray batch : outputs) {
            for (float[] probabilities : batch.toFloatMatrix()) {
                right += recipe.classNames().get(largest(probabilities)).equals(classes.get(row++)) ? 1 : 0;
            }
        }
        return (double) right / classes.size();
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
