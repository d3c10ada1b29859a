package io.github.autol2.research.tasks;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.InputFiles;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Data, network, optimiser and budget, as a settings file describes them.
 *
 * @param name     the name of the file
 * @param settings of the runs
 * @param effective every key with the text of the value that acts, but for the seeds
 */
public record Task(String name, RunSettings settings, Map<String, String> effective) {

    private static final Pattern SETTINGS_FILE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(properties|yaml|yml|xml)");

    public Task {
        effective = Map.copyOf(effective);
    }

    /**
     * One task for each settings file in a folder, in the order of their names.
     *
     * @param overrides win over the files
     * @throws io.github.autol2.config.SettingsException if one of the files has a problem
     */
    public static List<Task> of(Path folder, Settings overrides) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            SETTINGS_FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .map(file -> read(file, overrides))
                    .toList();
        }
    }

    /** A training in which lambda is chosen so. */
    Training training(LambdaChoice choice, DataSplit data) {
        return choice.training(settings, data).withTrainingAtEndOnly();
    }

    private static Task read(Path file, Settings overrides) {
        String name = file.getFileName().toString();
        SettingsReader reader = new SettingsReader(overrides.over(Settings.load(Optional.of(file), List.of())));
        RunSettings settings = RunSettings.read(reader);
        Map<String, String> effective = new TreeMap<>(reader.effective());
        effective.remove("seeds");
        effective.putAll(InputFiles.hashes(settings));
        return new Task(name, settings, effective);
    }
}
