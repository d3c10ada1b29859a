package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.research.search.SearchWay;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the comparison of searches.
 *
 * @param ways       to search, the random one without pruning among them
 * @param candidates of a search without pruning, at least 1
 * @param points     values of each hyperparameter in a grid, at least 2
 */
record SearchComparisonSettings(List<SearchWay> ways, int candidates, int points) {

    static final String WAYS = "searches.ways";
    static final String CANDIDATES = "searches.candidates";

    static SearchComparisonSettings read(SettingsReader reader) {
        List<String> names = SearchWay.all().stream().map(SearchWay::label).toList();
        Optional<List<String>> only =
                reader.optional(WAYS, "all", Format.names(names), "the only ways to search besides random");
        return new SearchComparisonSettings(
                SearchWay.all().stream()
                        .filter(way -> way.equals(SearchWay.RANDOM)
                                || only.isEmpty()
                                || only.get().contains(way.label()))
                        .toList(),
                reader.value(
                        CANDIDATES,
                        16,
                        Format.integer(Range.atLeast(1)),
                        "candidates of a search without pruning; one with pruning has three times as many"),
                reader.value(
                        "searches.points",
                        2,
                        Format.integer(Range.atLeast(2)),
                        "values of each hyperparameter in a grid"));
    }
}
