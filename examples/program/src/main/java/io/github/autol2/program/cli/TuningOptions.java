package io.github.autol2.program.cli;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The options of {@code calibrate}, {@code tune} and {@code law}, and what they do before they begin. */
public final class TuningOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    /**
     * Reads settings and data, tries the network out, and begins or goes on. All that can be wrong with the input shows before anything
     * is written.
     *
     * @param command    what the parts of an interrupted run belong to
     * @param calibrates whether it asks more of the data
     */
    public TuningSession open(Path out, String command, boolean calibrates) throws IOException {
        SettingsReader reader = new SettingsReader(run.common().settings());
        RunSettings settings = RunSettings.read(reader);
        refuseLambda(settings, command);
        DataSplit data = settings.data().load();
        Threads.useOneUnlessTheUserSaysOtherwise();
        run.common().tryOut(new TrainingRun(settings, data));
        Configurator.setLevel(LambdaCalibrator.class, Level.ERROR); // its warnings are printed with the result
        if (calibrates) {
            checkCalibration(settings, data);
        }
        Map<String, String> parts = new LinkedHashMap<>(reader.effective());
        parts.put("command", command);
        return new TuningSession(
                settings,
                data,
                run.open(out, parts),
                reader.effective(),
                run,
                spec.commandLine().getOut());
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
}
