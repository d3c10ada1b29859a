package io.github.autol2.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTextTest {

    @TempDir
    private Path folder;

    private String read(String text) throws IOException {
        return ModelText.read(Files.writeString(folder.resolve("model.yaml"), text), "a network's configuration");
    }

    /** YAML's quotes, comments and texts over several lines hide no nesting from its reader. */
    @ParameterizedTest
    @ValueSource(strings = {"{'\"': ", "{a: b\"c, d: ", "{a: # \"\n ", "[\"a\n b\", ", "{'it''s \"': 1, b: "})
    void nestingThatQuotesOfYamlHideIsRefused(String beginning) {
        assertThatThrownBy(() -> read(beginning + "[".repeat(201)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageEndingWith(": it must not be nested more than 200 deep");
    }

    @Test
    void aNumberWithUnderscoresIsRefused() {
        assertThatThrownBy(() -> read("a: " + "1_".repeat(1_000_000)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageEndingWith("model.yaml: line 1: a number must have at most 100 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 'it''s [', b\n", "{\"a\": \"[\"}", "a:\n  - \"[[\"\n", "\t{\"a\": [1]}"})
    void whatStandsInATextDoesNotNest(String text) throws IOException {
        assertThat(read(text)).isEqualTo(text);
    }
}
