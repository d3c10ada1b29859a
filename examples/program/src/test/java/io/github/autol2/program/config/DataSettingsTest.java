package io.github.autol2.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.program.data.DataSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSettingsTest {

    private static DataSettings settings(String... lines) {
        List<String> all = new ArrayList<>(
                List.of("data.trainSize=50", "data.validationSize=20", "data.testSize=20", "train.batchSize=10"));
        all.addAll(List.of(lines));
        return RunSettings.read(Settings.load(Optional.empty(), all)).data();
    }

    @Test
    void givesAllSeedsTheSameExamplesWithAFixedSplit() {
        DataSettings data = settings("data.labelNoise=0.3");
        DataSplit first = data.load();

        assertThat(data.load(2, first)).isSameAs(first);
        assertThat(data.load(2).training().getLabels())
                .isEqualTo(first.training().getLabels());
    }

    @Test
    void dividesTheExamplesAnewForEachSeedWhereAsked() {
        DataSettings data = settings("data.split=seeds");
        DataSplit first = data.load();

        assertThat(data.load(1).training().getFeatures())
                .isEqualTo(first.training().getFeatures());
        assertThat(data.load(2, first).training().getFeatures())
                .isNotEqualTo(first.training().getFeatures())
                .isEqualTo(data.load(2).training().getFeatures());
    }

    @Test
    void drawsWrongLabelsOnTrainingAndValidationExamplesOnly() {
        DataSplit clean = settings().load();
        DataSplit noisy = settings("data.labelNoise=0.5").load();

        assertThat(noisy.training().getLabels()).isNotEqualTo(clean.training().getLabels());
        assertThat(noisy.test().getLabels()).isEqualTo(clean.test().getLabels());
    }
}
