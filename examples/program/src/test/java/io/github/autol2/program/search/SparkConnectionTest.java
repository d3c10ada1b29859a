package io.github.autol2.program.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Here are Spark's classes without what they need. */
class SparkConnectionTest {

    @Test
    void someOfItsJarsAreNotEnough() {
        assertThatThrownBy(() -> SparkConnection.open("local[1]", true, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Spark's jars are not on the class path (java.lang.NoClassDefFoundError: ")
                .hasMessageEndingWith("search --spark local[1]");
    }
}
