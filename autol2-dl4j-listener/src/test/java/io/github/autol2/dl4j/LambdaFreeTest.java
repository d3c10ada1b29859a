package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;

class LambdaFreeTest {

    @Test
    void isOneOverEtaEffAndTheLengthOfTheTraining() {
        assertThat(Lambda.free(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), 1000))
                .isCloseTo(0.002, within(1e-12));
    }

    @Test
    void rejectsATrainingWithoutIterations() {
        assertThatThrownBy(() -> Lambda.free(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations must be >= 1, got 0");
    }
}
