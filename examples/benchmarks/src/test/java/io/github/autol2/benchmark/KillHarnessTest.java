package io.github.autol2.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handful of kills; hundreds, and the other commands, which are slower, are a matter of the command. */
class KillHarnessTest {

    @TempDir
    private Path folder;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"train", "search", "figure"})
    void aRunThatIsKilledTwiceEndsWithTheResultOfAnUnbrokenOne(String command) throws Exception {
        KillHarness.Outcome outcome = KillHarness.run(command, 2, 7, folder);

        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.kills()).isEqualTo(2);
        assertThat(outcome.wholeRuns()).isPositive();
    }
}
