package io.github.autol2.program.cli;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.AtomicFile;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.ResultFiles;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.program.training.TrainingRun.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 train}: trains with each seed, prints a table, writes result.json, curve.csv and model.zip. */
@Command(name = "train", description = "Train a network, by default with AutoL2 on built-in data.")
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/train",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        // All that can be wrong with the input shows before anything is written.
        SettingsReader reader = new SettingsReader(common.settings());
        RunSettings settings = RunSettings.read(reader);
        DataSplit data = settings.data().load();
        Threads.useOneUnlessTheUserSaysOtherwise();
        common.tryOut(new TrainingRun(settings, data));
        boolean predicted = settings.lambda().mode() == LambdaSettings.Mode.PREDICTED;
        if (predicted) {
            TuningOptions.checkCalibration(settings, data);
        }
        OutputFolder.check(out);
        if (predicted) {
            settings = settings.withLambda(settings.lambda().withPredicted(predict(settings, data)));
        }

        List<RunResult> runs = new ArrayList<>();
        Outcome best = null;
        for (long seed : settings.seeds()) {
            Outcome outcome = train(settings, data, seed);
            runs.add(outcome.result());
            if (best == null || validation(outcome) > validation(best)) {
                best = outcome;
            }
        }
        write(reader, runs, best);
        return 0;
    }

    /** lambda from a calibration, which is told on the way. */
    private double predict(RunSettings settings, DataSplit data) {
        try (ProgressDisplay progress = ProgressDisplay.of(
                "calibration",
                CalibrationTask.most(settings),
                quiet,
                spec.commandLine().getErr())) {
            Calibration calibration = new CalibrationTask(settings, data).calibrate(List.of(), progress);
            PrintWriter output = spec.commandLine().getOut();
            CalibrateCommand.print(
                    output,
                    calibration,
                    List.of(calibration.predict(settings.horizon())),
                    settings.train().schedule());
            output.flush();
            return calibration.predict(settings.horizon()).lambda();
        }
    }

    private Outcome train(RunSettings settings, DataSplit data, long seed) {
        try (ProgressDisplay progress = ProgressDisplay.of(
                "seed " + seed, settings.iterations(), quiet, spec.commandLine().getErr())) {
            return new TrainingRun(settings, data).train(seed, progress);
        }
    }

    private static double validation(Outcome outcome) {
        return outcome.result().last().validationAccuracy();
    }

    private void write(SettingsReader reader, List<RunResult> runs, Outcome best) throws IOException {
        OutputFolder.make(out);
        ResultFiles.writeCurves(out.resolve("curve.csv"), runs);
        writeModel(out.resolve("model.zip"), best);
        ResultFiles.writeResult(
                out.resolve("result.json"),
                reader.effective(),
                runs,
                best.result().seed());
        PrintWriter output = spec.commandLine().getOut();
        output.println(SummaryTable.of(runs));
        runs.forEach(run -> output.println(SummaryTable.trajectory(run)));
        output.println("Written to " + out + ": result.json, curve.csv, model.zip (seed "
                + best.result().seed() + ").");
        output.flush();
    }

    private static void writeModel(Path file, Outcome outcome) throws IOException {
        if (outcome.listener().isPresent()) {
            outcome.listener().get().save(outcome.network().model(), file, true);
        } else {
            AtomicFile.write(
                    file,
                    temporary -> ModelSerializer.writeModel(outcome.network().model(), temporary.toFile(), true));
        }
    }
}
