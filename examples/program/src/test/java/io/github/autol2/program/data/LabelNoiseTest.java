package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;

class LabelNoiseTest {

    private static final DataSplit CLEAN = new SyntheticDigits().load(new SplitSizes(2000, 500, 100), 1);

    private static double changed(DataSet before, DataSet after) {
        int[] one = before.getLabels().argMax(1).toIntVector();
        int[] other = after.getLabels().argMax(1).toIntVector();
        int different = 0;
        for (int i = 0; i < one.length; i++) {
            different += one[i] == other[i] ? 0 : 1;
        }
        return (double) different / one.length;
    }

    /** 20 % are drawn anew, a tenth of them as they were; three standard errors are 2.6 % of 2,000 and 5.2 % of 500. */
    @Test
    void drawsTheShareOfTrainingAndValidationLabelsAnew() {
        DataSplit noisy = new LabelNoise(0.2).apply(CLEAN, 1);

        assertThat(changed(CLEAN.training(), noisy.training())).isCloseTo(0.18, within(0.026));
        assertThat(changed(CLEAN.validation(), noisy.validation())).isCloseTo(0.18, within(0.052));
        assertThat(noisy.training().getLabels().sum(1).toFloatVector()).containsOnly(1f);
    }

    @Test
    void leavesTestLabelsAndAllFeaturesAlone() {
        DataSplit noisy = new LabelNoise(0.5).apply(CLEAN, 1);

        assertThat(noisy.test()).isSameAs(CLEAN.test());
        assertThat(noisy.training().getFeatures()).isEqualTo(CLEAN.training().getFeatures());
    }

    @Test
    void drawsTheSameLabelsWithTheSameSeedAndOthersWithAnother() {
        DataSplit noisy = new LabelNoise(0.3).apply(CLEAN, 7);

        assertThat(changed(noisy.training(), new LabelNoise(0.3).apply(CLEAN, 7).training()))
                .isZero();
        assertThat(changed(noisy.training(), new LabelNoise(0.3).apply(CLEAN, 8).training()))
                .isGreaterThan(0.1);
    }

    @Test
    void changesNothingWithoutNoise() {
        assertThat(new LabelNoise(0).apply(CLEAN, 1)).isSameAs(CLEAN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void rejectsWhatIsNoShare(double share) {
        assertThatThrownBy(() -> new LabelNoise(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in [0, 1), got " + share);
    }
}
