package io.github.autol2.program.cli;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.results.NetworkFile;
import io.github.autol2.program.results.ResultFiles;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.TableModel;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.Training.Outcome;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.program.tuning.CalibrationText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 train}: trains with each seed, prints a table, writes result.json, curve.csv and model.zip. */
@Command(name = "train", description = "Train a network, by default with AutoL2 on built-in data.")
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/train",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        RunInput input = RunInput.read(new SettingsReader(common.settings()), common);
        RunSettings settings = input.settings();
        boolean predicted = settings.lambda().mode() == LambdaSettings.Mode.PREDICTED;
        if (predicted) {
            input.checkCalibration();
        }
        OutputFolder.check(out);
        if (predicted) {
            settings = settings.withLambda(settings.lambda().withPredicted(predict(settings, input.data())));
        }

        List<RunResult> runs = new ArrayList<>();
        Outcome best = null;
        Optional<TableRecipe> table = Optional.empty();
        for (long seed : settings.seeds()) {
            DataSplit data = settings.data().load(seed, input.data());
            Outcome outcome = train(settings, data, seed);
            runs.add(outcome.result());
            if (best == null || validation(outcome) > validation(best)) {
                best = outcome;
                table = data.table();
            }
        }
        write(input, runs, best, table);
        return 0;
    }

    /** lambda from a calibration, which is told on the way. */
    private double predict(RunSettings settings, DataSplit data) {
        try (ProgressDisplay progress = common.progress("calibration", CalibrationTask.most(settings))) {
            Calibration calibration = new CalibrationTask(settings, data).calibrate(List.of(), progress);
            Prediction prediction = calibration.predict(settings.horizon());
            common.print(CalibrationText.lines(
                    calibration, List.of(prediction), settings.train().schedule()));
            return prediction.lambda();
        }
    }

    private Outcome train(RunSettings settings, DataSplit data, long seed) {
        try (ProgressDisplay progress = common.progress("seed " + seed, settings.iterations())) {
            return new TrainingRun(settings, data).train(seed, progress);
        }
    }

    private static double validation(Outcome outcome) {
        return outcome.result().last().validationAccuracy();
    }

    private void write(RunInput input, List<RunResult> runs, Outcome best, Optional<TableRecipe> table)
            throws IOException {
        long seed = best.result().seed();
        OutputFolder.make(out);
        ResultFiles.writeCurves(out.resolve("curve.csv"), runs);
        writeModel(out.resolve("model.zip"), best, table);
        ResultFiles.writeResult(out.resolve("result.json"), input.effective(), runs, seed);
        common.print(SummaryTable.of(runs));
        common.print(runs.stream().map(SummaryTable::trajectory).toList());
        common.print("Written to " + out + ": result.json, curve.csv, model.zip (seed " + seed + ").");
    }

    private static void writeModel(Path file, Outcome outcome, Optional<TableRecipe> table) throws IOException {
        if (outcome.listener().isEmpty()) {
            NetworkFile.write(file, outcome.network().model(), table);
            return;
        }
        outcome.listener().get().save(outcome.network().model(), file, true);
        if (table.isPresent()) {
            TableModel.addTo(file, table.get());
        }
    }
}
