package io.github.autol2.program.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.ResultFiles;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.TableModel;
import io.github.autol2.program.results.TrainingNotes;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.KeptTraining;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.program.tuning.CalibrationText;
import io.github.autol2.program.tuning.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 train}: trains with each seed, prints a table, writes result.json, curve.csv and model.zip. */
@Command(name = "train", description = "Train a network, by default with AutoL2 on built-in data.")
final class TrainCommand implements Callable<Integer> {

    private static final String RESULT = "result.json";
    private static final String CURVES = "curve.csv";
    private static final String MODEL = "model.zip";

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

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
        UnfinishedRun parts = resume.open(out, input.parts("train"), RESULT, CURVES, MODEL);
        input.tell(common);
        List<String> understood = input.understood(); // later the table may have to be read again
        if (predicted) {
            settings = settings.withLambda(settings.lambda().withPredicted(predict(settings, input.data(), parts)));
        }
        Map<Long, RunResult> runs = new LinkedHashMap<>();
        long best = settings.seeds().get(0);
        for (long seed : settings.seeds()) {
            runs.put(seed, train(settings, input.data(), seed, parts));
            if (validation(runs.get(seed)) > validation(runs.get(best))) {
                Files.deleteIfExists(file(best, parts));
                best = seed;
            } else if (seed != best) {
                Files.deleteIfExists(file(seed, parts));
            }
        }
        write(input, understood, List.copyOf(runs.values()), best, parts);
        return 0;
    }

    /** lambda from a calibration, which is told on the way. */
    private double predict(RunSettings settings, DataSplit data, UnfinishedRun parts) throws IOException {
        try (ProgressDisplay progress = common.progress("calibration", CalibrationTask.most(settings))) {
            Calibration calibration = new Tuning(settings, data, parts).calibrate(progress);
            Prediction prediction = calibration.predict(settings.horizon());
            common.print(CalibrationText.lines(
                    calibration, List.of(prediction), settings.train().schedule()));
            return prediction.lambda();
        }
    }

    /** The run of a seed, or what is finished of it. */
    private RunResult train(RunSettings settings, DataSplit first, long seed, UnfinishedRun parts) throws IOException {
        Optional<RunResult> finished = parts.get(name(seed), new TypeReference<RunResult>() {});
        if (finished.isPresent()) {
            return finished.get();
        }
        DataSplit data = settings.data().load(seed, first);
        RunResult run;
        try (ProgressDisplay progress = common.progress("seed " + seed, settings.iterations())) {
            Map<String, byte[]> table =
                    data.table().isPresent() ? TableModel.entries(data.table().get()) : Map.of();
            run = new TrainingRun(settings, data)
                    .train(
                            seed,
                            progress,
                            new KeptTraining(file(seed, parts), settings.train().keepEvery(), table));
        }
        parts.put(name(seed), run);
        return run;
    }

    private static String name(long seed) {
        return "seed" + seed;
    }

    private static Path file(long seed, UnfinishedRun parts) throws IOException {
        return parts.file(name(seed) + ".zip");
    }

    private static double validation(RunResult run) {
        return run.last().validation().rank();
    }

    private void write(RunInput input, List<String> understood, List<RunResult> runs, long best, UnfinishedRun parts)
            throws IOException {
        List<String> changed = input.changed();
        KeptTraining network =
                new KeptTraining(file(best, parts), input.settings().train().keepEvery(), Map.of());
        parts.finish(folder -> {
            ResultFiles.writeCurves(folder.resolve(CURVES), runs);
            network.copyNetwork(folder.resolve(MODEL));
            ResultFiles.writeResult(
                    folder.resolve(RESULT),
                    input.effective(),
                    Stream.concat(understood.stream(), changed.stream()).toList(),
                    runs,
                    best);
        });
        common.print(changed);
        common.print(SummaryTable.of(runs));
        common.print(runs.stream().map(SummaryTable::trajectory).toList());
        RunResult kept =
                runs.stream().filter(run -> run.seed() == best).findFirst().orElseThrow();
        common.print(
                TrainingNotes.of(kept, input.data(), input.settings().data().split() == DataSettings.Split.FIXED));
        runs.stream()
                .filter(run -> !Double.isFinite(run.last().validation().main()))
                .forEach(run -> common.print("Note: the network of seed " + run.seed()
                        + " diverged and gives no finite numbers; a smaller train.learningRate than "
                        + input.effective().get("train.learningRate") + " may help."));
        common.print("Written to " + out + ": result.json, curve.csv, model.zip (seed " + best + ").");
    }
}
