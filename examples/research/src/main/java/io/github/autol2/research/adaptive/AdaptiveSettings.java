package io.github.autol2.research.adaptive;

import io.github.autol2.config.Format;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.InputFiles;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys {@code adaptive.*}, {@code seeds}, and all keys of a run, which make a task of the user's own.
 *
 * @param tasks      at least one
 * @param choices    at least one
 * @param seeds      each training is repeated with each
 * @param parts      all that a finished training depends on
 */
public record AdaptiveSettings(
        List<Task> tasks, List<LambdaChoice> choices, List<Long> seeds, Map<String, String> parts) {

    private static final String MNIST = "adaptive.mnist";
    private static final String TASKS = "adaptive.tasks";
    private static final String CHOICES = "adaptive.contenders";
    private static final String CONSTANTS = "constant";

    public AdaptiveSettings {
        tasks = List.copyOf(tasks);
        choices = List.copyOf(choices);
        seeds = List.copyOf(seeds);
        parts = new LinkedHashMap<>(parts);
    }

    /**
     * Reads all keys.
     *
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public static AdaptiveSettings read(SettingsReader reader) {
        List<Long> seeds = Seeds.read(reader, List.of(1L, 2L, 3L, 4L, 5L));
        Optional<Path> mnist = reader.optional(
                MNIST, "none", Format.path(), "folder with the four IDX files, for eleven further tasks");
        List<Task> ready = new ArrayList<>(Task.builtIn());
        mnist.ifPresent(folder -> ready.addAll(Task.mnist(folder)));
        Optional<List<String>> only = reader.optional(
                TASKS, "all", Format.names(ready.stream().map(Task::name).toList()), "the only ready-made tasks");
        List<LambdaChoice> choices = choices(reader);
        boolean own = !reader.rest().isEmpty();
        String rule = "chooses among the ready-made tasks and does not go with settings of a run";
        reader.require(!own || mnist.isEmpty(), MNIST, rule);
        reader.require(!own || only.isEmpty(), TASKS, rule);
        Settings rest = reader.rest();

        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("command", "figure adaptive");
        if (!own) {
            parts.put("data", mnist.map(Path::toString).orElse("null"));
            ready.forEach(task -> parts.putAll(InputFiles.hashes(task.settings()))); // each reads them by itself
            ready.removeIf(task -> only.isPresent() && !only.get().contains(task.name()));
            return new AdaptiveSettings(ready, choices, seeds, parts);
        }
        SettingsReader run = new SettingsReader(rest);
        Task task = new Task("own", RunSettings.read(run));
        parts.putAll(run.effective());
        parts.putAll(InputFiles.hashes(task.settings()));
        return new AdaptiveSettings(List.of(task), choices, seeds, parts);
    }

    private static List<LambdaChoice> choices(SettingsReader reader) {
        List<String> names = Stream.concat(
                        Stream.of(CONSTANTS), Choices.all().stream().map(LambdaChoice::label))
                .toList();
        Optional<List<String>> chosen = reader.optional(
                CHOICES,
                "all",
                Format.names(names),
                "the only ways to choose lambda; " + CONSTANTS + " stands for nine");
        return Choices.all().stream()
                .filter(choice -> chosen.isEmpty()
                        || chosen.get().contains(choice.label())
                        || (chosen.get().contains(CONSTANTS)
                                && choice.constant().isPresent()))
                .toList();
    }
}
