package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.research.tasks.Way;
import java.util.List;
import java.util.Optional;

/**
 * The key of the comparison on many tasks.
 *
 * @param ways to choose lambda, the grid of constants first
 */
record TasksSettings(List<Way> ways) {

    static final String WAYS = "tasks.ways";

    static TasksSettings read(SettingsReader reader) {
        List<String> names = Way.all().stream().map(Way::name).toList();
        Optional<List<String>> only = reader.optional(
                WAYS, "all", Format.names(names), "the only ways to choose lambda besides the grid of constants");
        return new TasksSettings(Way.all().stream()
                .filter(way ->
                        Way.GRID.contains(way) || only.isEmpty() || only.get().contains(way.name()))
                .toList());
    }
}
