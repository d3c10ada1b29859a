package io.github.autol2.research.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.data.IdxFiles;
import io.github.autol2.program.data.InvalidDataException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A test-sized table: some programs of each kind, 300 iterations. The full one is {@code autol2 figure harm}. */
@Tag("slow")
class HarmTableTest {

    private static final int ITERATIONS = 300;
    private static final List<String> NAMES =
            List.of("moons-rmsprop", "moons-sgd", "spirals-step", "clouds-normalised-adam", "sum-nesterovs");

    static List<HarmProgram> some() {
        return HarmPrograms.generated().stream()
                .filter(program -> NAMES.contains(program.name()))
                .toList();
    }

    private static HarmProgram program(String name) {
        return HarmPrograms.generated().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double score(HarmProgram program, Treatment treatment) {
        return program.run(1, ITERATIONS, treatment, done -> {});
    }

    @ParameterizedTest
    @MethodSource("some")
    void ourListenerCostsAtMostAPointAndAHalfWithOneSeed(HarmProgram program) {
        double better = Math.max(score(program, Treatment.AS_IT_WAS), score(program, Treatment.HABIT));

        assertThat(score(program, Treatment.ADAPTIVE)).isGreaterThan(better - 1.5);
    }

    /** Too short to judge by accuracy: all kinds of networks train, and lambda acts on them. */
    @ParameterizedTest
    @ValueSource(strings = {"digits-cnn-nesterovs", "digits-wrong-cnn-normalised", "sequences-lstm-rmsprop"})
    void everyKindOfNetworkTrains(String name) {
        HarmProgram program = program(name);

        assertThat(program.run(1, 40, Treatment.ADAPTIVE, done -> {})).isGreaterThan(100.0 / 10);
    }

    @Test
    void aMissingFolderOfMnistIsToldBeforeAnyTraining() {
        assertThatThrownBy(() -> HarmPrograms.onMnist(new IdxFiles(Path.of("missing"))))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void ourListenerGainsWhereLabelsAreWrong() {
        HarmProgram program = program("clouds-wrong-nesterovs");

        assertThat(score(program, Treatment.ADAPTIVE)).isGreaterThan(score(program, Treatment.AS_IT_WAS));
    }

    @Test
    void thereAreAtLeastFourteenProgramsWithDistinctNames() {
        assertThat(HarmPrograms.generated())
                .hasSizeGreaterThanOrEqualTo(14)
                .extracting(HarmProgram::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void aRunRepeatsItselfToTheLastDigit() {
        HarmProgram program = some().get(0);

        assertThat(score(program, Treatment.ADAPTIVE)).isEqualTo(score(program, Treatment.ADAPTIVE));
    }
}
