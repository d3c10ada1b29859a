package io.github.autol2.research.harm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmReportTest {

    private static final List<HarmProgram> PROGRAMS = HarmPrograms.generated().subList(0, 2);

    /** Two programs and three seeds: 80 % as it was, 79 % with l2 = 1e-4, and these points more or less with our listener. */
    private static HarmReport report(Map<HarmProgram, double[]> differences) {
        return new HarmReport(
                new HarmSettings(PROGRAMS, List.of(300), List.of(1L, 2L, 3L), Optional.empty()),
                (program, iterations, treatment, seed) -> switch (treatment) {
                    case AS_IT_WAS -> 80 + seed;
                    case HABIT -> 79 + seed;
                    case ADAPTIVE -> 80 + seed + differences.get(program)[(int) seed - 1];
                });
    }

    private static String summary(double[] first, double[] second) {
        return report(Map.of(PROGRAMS.get(0), first, PROGRAMS.get(1), second)).summary();
    }

    @Test
    void comparesWithTheBetterOfTheTwoSeedBySeed() {
        assertThat(summary(new double[] {1, 1.1, 0.9}, new double[] {-0.5, -0.6, -0.4}))
                .contains("+1.00 ± 0.06", "-0.50 ± 0.06")
                .contains("300 steps: mean difference +0.25, worst -0.50; clearly better 1, worse by a point 0 of 2.")
                .endsWith("it holds.");
    }

    @Test
    void aDifferenceWithinTwoStandardErrorsIsNotClear() {
        assertThat(summary(new double[] {3, -1, 1}, new double[] {0.5, 0.5, 0.5}))
                .contains("clearly better 0");
    }

    @Test
    void oneProgramThatLosesMoreThanAPointIsHarm() {
        assertThat(summary(new double[] {-1, -1.1, -1.2}, new double[] {5, 5, 5}))
                .contains("worse by a point 1 of 2")
                .endsWith("it does not hold.");
    }

    @Test
    void aLossOnAverageIsHarm() {
        assertThat(summary(new double[] {-0.3, -0.3, -0.3}, new double[] {-0.2, -0.2, -0.2}))
                .contains("worse by a point 0 of 2")
                .endsWith("it does not hold.");
    }

    @Test
    void aLossOfExactlyTheBoundIsNone() {
        assertThat(summary(new double[] {-1, -1, -1}, new double[] {1, 1, 1})).endsWith("it holds.");
    }

    @Test
    void writesEveryRun(@TempDir Path folder) throws IOException {
        report(Map.of(PROGRAMS.get(0), new double[] {1, 2, 3}, PROGRAMS.get(1), new double[3]))
                .write(folder);

        assertThat(Files.readAllLines(folder.resolve("harm.csv")))
                .hasSize(1 + 2 * 3 * 3)
                .contains("program,steps,treatment,seed,score", PROGRAMS.get(0).name() + ",300,adaptive,3,86.0");
    }
}
