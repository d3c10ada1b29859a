package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandardizerTest {

    @Test
    void givesMeanZeroAndVarianceOne() {
        assertThat(standardised(new double[] {1, 3}, 1, 3, 5)).containsExactly(-1, 1, 3);
    }

    @Test
    void keepsTinyAndFarColumnsApart() {
        assertThat(standardised(new double[] {1e-9, 3e-9}, 2e-9)[0]).isBetween(-1e-6f, 1e-6f);
        assertThat(standardised(new double[] {1.7e9, 1.7e9 + 2}, 1.7e9 + 2)).containsExactly(1);
    }

    @Test
    void setsAColumnThatIsConstantInTheTrainingRowsToZero() {
        // 0.1 has no exact mean: rounding must not make the column vary
        double[] constant = {0.1, 0.1, 0.1};

        assertThat(standardised(constant, 0.1, 7)).containsExactly(0, 0);
    }

    private static float[] standardised(double[] training, double... values) {
        Standardizer standardizer = Standardizer.of(training);
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = standardizer.apply(values[i]);
        }
        return result;
    }
}
