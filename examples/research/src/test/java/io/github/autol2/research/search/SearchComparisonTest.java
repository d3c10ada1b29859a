package io.github.autol2.research.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.config.Settings;
import io.github.autol2.program.search.Search.Generator;
import io.github.autol2.program.search.Search.Prune;
import io.github.autol2.research.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task with one seed, whose searches are written by hand. */
class SearchComparisonTest {

    private static final SearchWay ASHA = new SearchWay(Generator.RANDOM, Prune.ASHA);
    private static final SearchTrace WHOLE = new SearchTrace(
            List.of(finished(0, 100, 0.5, 0.6), finished(1, 100, 0.8, 0.7), finished(2, 100, 0.7, 0.9)));
    private static final SearchTrace PRUNED = new SearchTrace(List.of(
            finished(0, 50, 0.5, 0.6), new SearchedCandidate(1, "pruned", 10, null, null), finished(2, 30, 0.8, 0.75)));

    @TempDir
    private Path folder;

    private static SearchedCandidate finished(int candidate, long steps, double validation, double test) {
        return new SearchedCandidate(candidate, "finished", steps, validation, test);
    }

    private SearchComparison comparison() throws IOException {
        Files.writeString(folder.resolve("one.properties"), "seeds=1\ntrain.steps=100\n");
        return new SearchComparison(
                Task.of(folder, Settings.load(Optional.empty(), List.of())), List.of(SearchWay.RANDOM, ASHA), 3, 2);
    }

    @Test
    void validationChoosesAmongThoseThatAreFinished() {
        assertThat(WHOLE.testAccuracyAt(99)).isZero();
        assertThat(WHOLE.testAccuracyAt(100)).isEqualTo(0.6);
        assertThat(WHOLE.testAccuracyAt(200)).isEqualTo(0.7);
        assertThat(WHOLE.testAccuracyAt(300)).isEqualTo(0.7);
        assertThat(WHOLE.stepsTo(0.8)).hasValue(200);
        assertThat(WHOLE.stepsTo(0.81)).isEmpty();
    }

    @Test
    void aWayIsMeasuredByTheRandomSearch() throws IOException {
        SearchComparison.Standing standing = comparison()
                .standing(ASHA, Map.of("one.properties.random.1", WHOLE, "one.properties.random-asha.1", PRUNED));

        assertThat(standing.steps().mean()).isEqualTo(0.3);
        assertThat(standing.atThird().mean()).isEqualTo(0.05, within(1e-12));
        assertThat(standing.atAll().mean()).isEqualTo(0.05, within(1e-12));
        assertThat(standing.reached()).isEqualTo(1);
        assertThat(standing.of()).isEqualTo(1);
        assertThat(standing.stepsToReach().mean()).isEqualTo(0.3);
    }

    @Test
    void refusesAComparisonWithoutTheRandomSearch() {
        assertThatThrownBy(() -> new SearchComparison(List.of(), List.of(ASHA), 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ways must have random among them");
    }
}
