package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.SearchSettings;
import io.github.autol2.program.search.SparkConnection;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code --spark}: who trains the candidates of a search, until closed.
 *
 * @param spark    empty: this JVM
 * @param settings the keys that are given
 */
record Machines(Optional<SparkConnection> spark, Map<String, String> settings) implements AutoCloseable {

    /** Refuses a cluster that this JVM has no Spark for. */
    static void check(SearchSettings plan) {
        try {
            plan.spark().ifPresent(SparkConnection::check);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /**
     * Connects to the cluster, if there is one.
     *
     * @param reader has read all keys
     */
    static Machines reach(SearchSettings plan, RunSettings run, SettingsReader reader) throws IOException {
        if (plan.spark().isEmpty()) {
            return new Machines(Optional.empty(), Map.of());
        }
        try {
            SparkConnection spark =
                    SparkConnection.open(plan.spark().get(), run.train().helpers(), plan.prune() != Search.Prune.NONE);
            return new Machines(Optional.of(spark), reader.given());
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static InvalidUsageException refused(IllegalArgumentException e) {
        return new InvalidUsageException(SearchSettings.SPARK + ": " + e.getMessage(), e);
    }

    Optional<Search.Elsewhere> elsewhere() {
        return spark.map(connection -> new Search.Elsewhere(connection.cluster(), settings));
    }

    @Override
    public void close() {
        spark.ifPresent(SparkConnection::close);
    }
}
