package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.research.tasks.Choices;
import java.util.List;
import java.util.Optional;

/**
 * The key of the comparison on many tasks.
 *
 * @param choices of lambda, the grid of constants first
 */
record TasksSettings(List<LambdaChoice> choices) {

    static final String WAYS = "tasks.ways";

    static TasksSettings read(SettingsReader reader) {
        List<String> names = Choices.all().stream().map(LambdaChoice::label).toList();
        Optional<List<String>> only = reader.optional(
                WAYS, "all", Format.names(names), "the only ways to choose lambda besides the grid of constants");
        return new TasksSettings(Choices.all().stream()
                .filter(choice ->
                        Choices.isOfGrid(choice) || only.isEmpty() || only.get().contains(choice.label()))
                .toList());
    }
}
