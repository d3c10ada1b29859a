package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionTest {

    @Test
    void labelsCausesAsInResultFiles() {
        assertThat(Decision.Cause.values())
                .extracting(Decision.Cause::label)
                .containsExactly("loss", "error", "both", "patience", "penalty", "learned", "validation");
    }
}
