package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code autol2 search --spark} refuses before anything is written. The script .ci/spark runs it with Spark. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkSearchCommandTest {

    private static final String MASTER = "spark://127.0.0.1:7077";

    @TempDir
    private Path folder;

    private void assertRefused(Program program, String... reasons) {
        assertThat(program.errors().strip()).contains(reasons).doesNotContain("\n");
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    @Test
    void withoutItsJarsItTellsWhatToPutOnTheClassPath() throws Exception {
        assertRefused(
                Program.withoutJars("spark-core", "search", out(), "--spark", MASTER),
                "search.spark: Spark's jars are not on the class path",
                "java --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -cp \"$SPARK_HOME/jars/*",
                "examples/target/autol2.jar\" io.github.autol2.program.cli.Autol2 search --spark " + MASTER);
    }

    @Test
    void withoutItsRightsItTellsTheOption() {
        assertRefused(
                Program.small("search", out(), "--spark", MASTER),
                "search.spark: Spark needs --add-opens=java.base/sun.nio.ch=ALL-UNNAMED: start the program with");
    }

    @Test
    void withoutSparkASpaceIsShown() throws Exception {
        Program program = Program.withoutJars("spark-core", "search", out(), "--spark", MASTER, "--print-space");

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
    }
}
