package io.github.autol2.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.arbiter.pruning.Pruning;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchScaleTest {

    @Test
    void aThousandCandidatesInAHundredSlotsAreServedInLittleMemory() {
        SearchScale.Outcome outcome =
                SearchScale.search(1000, 100, "random", Pruning.asha(SimulatedSearch.BUDGET), Optional.empty());

        assertThat(outcome.finished() + outcome.pruned()).isEqualTo(1000);
        assertThat(outcome.pruned()).isGreaterThan(500);
        assertThat(outcome.megabytes()).isLessThan(20);
    }
}
