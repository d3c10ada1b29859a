package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLimitsTest {

    private static final String TOO_DEEP = "it must not be nested more than 200 deep";

    @Test
    void aNumberMayHave100Digits() {
        assertThat(TextLimits.problem("{\n\"a\": " + "1".repeat(100) + "}")).isEmpty();
        assertThat(TextLimits.problem("{\n\"a\": " + "1".repeat(101) + "}"))
                .contains("line 2: a number must have at most 100 digits");
    }

    @Test
    void digitsInATextOfJsonAreNoNumber() {
        String digits = "1".repeat(101);
        assertThat(TextLimits.problem(" {\"names\": [\"" + digits + "\", \"\\\"" + digits + "\"]}"))
                .isEmpty();
        assertThat(TextLimits.problem("{\"" + digits + "\": " + digits + "}"))
                .contains("line 1: a number must have at most 100 digits");
    }

    /** In YAML a text that begins without a quote may hold one. */
    @Test
    void digitsBehindAQuoteOfYamlAreANumber() {
        assertThat(TextLimits.problem("[a\"b, " + "1".repeat(101) + "]"))
                .contains("line 1: a number must have at most 100 digits");
    }

    /** YAML reads 1_1 as 11. */
    @Test
    void digitsWithUnderscoresBetweenThemAreOneNumber() {
        assertThat(TextLimits.problem("a: " + "1_".repeat(100))).isEmpty();
        assertThat(TextLimits.problem("a: " + "1_".repeat(101)))
                .contains("line 1: a number must have at most 100 digits");
    }

    @Test
    void aTextMayBeNested200Deep() {
        assertThat(TextLimits.problem("[".repeat(200))).isEmpty();
        assertThat(TextLimits.problem("\n" + "[".repeat(201))).contains("line 2: " + TOO_DEEP);
        assertThat(TextLimits.problem("{\"a\":".repeat(201))).contains("line 1: " + TOO_DEEP);
    }

    @Test
    void whatIsClosedAndWhatStandsInATextDoesNotNest() {
        assertThat(TextLimits.problem("[]".repeat(1000))).isEmpty();
        assertThat(TextLimits.problem("\"" + "[".repeat(1000) + "\"")).isEmpty();
        assertThat(TextLimits.problem("\"\\\"" + "[".repeat(1000) + "\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "- ", "? "})
    void blocksOfYamlAreIndentedAtMost400(String indentation) {
        assertThat(TextLimits.problem("a:\n" + indentation.repeat(400 / indentation.length()) + "b"))
                .isEmpty();
        assertThat(TextLimits.problem("a:\n" + indentation.repeat(402 / indentation.length()) + "b"))
                .contains("line 2: " + TOO_DEEP);
    }

    /** In YAML a comment may hold an odd quote. */
    @Test
    void aQuoteHidesNothingInTheLinesBelow() {
        assertThat(TextLimits.problem("# \"\n" + "[".repeat(201))).contains("line 2: " + TOO_DEEP);
    }
}
