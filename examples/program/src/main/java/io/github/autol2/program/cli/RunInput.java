package io.github.autol2.program.cli;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.InputFiles;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Division;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a command trains with. All that can be wrong with it has shown already, before anything is written.
 *
 * @param settings  valid ones
 * @param effective every key with the text of the value that acts
 */
public record RunInput(RunSettings settings, Map<String, String> effective, DataSplit data) {

    /**
     * Reads settings and data and tries the network out.
     *
     * @param reader has read the command's own keys and nothing else
     */
    public static RunInput read(SettingsReader reader, CommonOptions common) {
        RunSettings settings = RunSettings.read(reader);
        return load(settings, reader, common);
    }

    /** The same for a command that chooses lambda itself and so takes none from the settings. */
    public static RunInput withoutLambda(SettingsReader reader, CommonOptions common, String command) {
        RunSettings settings = RunSettings.read(reader);
        refuseLambda(settings, command);
        return load(settings, reader, common);
    }

    private static RunInput load(RunSettings settings, SettingsReader reader, CommonOptions common) {
        DataSplit data = settings.data().load();
        checkDivisions(settings, data);
        Threads.limitToOneByDefault();
        common.tryOut(new TrainingRun(settings, data));
        return new RunInput(settings, new LinkedHashMap<>(reader.effective()), data);
    }

    /** The rows of a table can be unfit in the division of another seed: a class or all but one value of a quantity may be missing there. */
    private static void checkDivisions(RunSettings settings, DataSplit first) {
        if (settings.data().kind() == DataSettings.Kind.CSV) {
            settings.seeds().forEach(seed -> settings.data().load(seed, first));
        }
    }

    /** A command that chooses lambda takes no lambda from the settings. */
    public static void refuseLambda(RunSettings settings, String command) {
        if (settings.lambda().mode() != LambdaSettings.Mode.ADAPTIVE
                || settings.lambda().initial().isPresent()) {
            throw new InvalidUsageException(
                    command + " chooses lambda itself: lambda.mode, lambda.value and lambda.initial do not go with it");
        }
    }

    /** A calibration's demands as an error of usage. */
    static void checkCalibration(RunSettings settings, DataSplit data) {
        try {
            new CalibrationTask(settings, data).check();
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException("calibration: " + e.getMessage(), e);
        }
    }

    /** Tells, before the training, what has been understood of a table and what may mean something else, and prints what may be wrong with it. */
    void tell(CommonOptions common) {
        common.tell(understood());
        settings.data().table().ifPresent(table -> common.tell(table.notes()));
        if (settings.data().table().isPresent()) {
            common.print(data.notes());
            common.print(new Division(data).missing());
        }
    }

    /** What has been understood of a table, in three sentences; empty for images. */
    List<String> understood() {
        return settings.data().table().stream()
                .flatMap(table -> Stream.concat(table.summary().stream(), Stream.of(new Division(data).sizes())))
                .toList();
    }

    /** Says of files that have changed since the run has read them that it goes by what they held then. */
    List<String> changed() {
        return InputFiles.changed(settings).stream()
                .map(
                        file -> "Note: " + file
                                + " holds something else now than when it was read, or is gone: all results are those of what it held then.")
                .toList();
    }

    /** A calibration's demands as an error of usage. */
    void checkCalibration() {
        checkCalibration(settings, data);
        new CalibrationTask(settings, data).checkNetwork();
    }

    /** The same for a search, which has networks of its own. */
    void checkCalibrationInSearch() {
        checkCalibration(settings, data);
    }

    /** The same for a command that calibrates on each seed's own division of the examples. In that of a table a class may be missing. */
    void checkCalibrationOfAllSeeds() {
        checkCalibration();
        if (settings.data().kind() == DataSettings.Kind.CSV && settings.data().split() == DataSettings.Split.SEEDS) {
            settings.seeds()
                    .forEach(seed -> checkCalibration(settings, settings.data().load(seed, data)));
        }
    }

    /**
     * All that the finished parts of a command depend on: the command, every key, without those that its parts do not depend on and
     * that of how often they are kept, the examples, and what the files of data and network hold.
     */
    public Map<String, String> parts(String command, String... without) {
        Map<String, String> parts = new LinkedHashMap<>(effective);
        for (String key : without) {
            parts.remove(key);
        }
        parts.remove(TrainSettings.KEEP_EVERY);
        parts.put("command", command);
        parts.put("data", data.fingerprint());
        parts.putAll(InputFiles.hashes(settings));
        return parts;
    }
}
