package io.github.autol2.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.config.Settings;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;

class UpdatersTest {

    private static final double ETA = 0.05;

    private static TrainSettings train(String schedule) {
        return RunSettings.read(Settings.load(
                        Optional.empty(), List.of("train.learningRate=" + ETA, "train.schedule=" + schedule)))
                .train();
    }

    private static ISchedule written(String schedule, int iterations) {
        return ((Nesterovs) Updaters.of(train(schedule), iterations)).getLearningRateSchedule();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 300, 4000, 100_000})
    void aCosineIsWrittenToHalfAPercentOfTheLearningRate(int iterations) {
        ISchedule schedule = written("cosine", iterations);

        for (int iteration = 0; iteration < iterations; iteration++) {
            double exact = ETA * new LearningRateSchedule.Cosine().factorAt(iteration, iterations);
            assertThat(schedule.valueAt(iteration, 0))
                    .as("%d", iteration)
                    .isCloseTo(exact, within(0.005 * ETA + 1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "4000, 101", "100000, 101"})
    void aCosineIsWrittenAsFewNumbersHoweverLongTheRun(int iterations, int most) {
        assertThat(((MapSchedule) written("cosine", iterations)).getValues().size())
                .isLessThanOrEqualTo(most);
    }

    @Test
    void theWrittenCosineShrinksWeightsAsMuchAsTheExactOne() {
        ISchedule schedule = written("cosine", 4000);

        double mean = IntStream.range(0, 4000)
                .mapToDouble(iteration -> schedule.valueAt(iteration, 0))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(ETA / 2, within(0.001 * ETA));
    }

    @Test
    void theConfigurationOfALongCosineStaysSmall() {
        IUpdater updater = Updaters.of(train("cosine"), 4000);

        String json = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(2).build())
                .build()
                .toJson();

        assertThat(json).hasSizeLessThan(12_000);
    }

    @Test
    void stepsAreWrittenExactly() {
        MapSchedule schedule = (MapSchedule) written("0.2@0.3,0.6,0.9", 1000);

        assertThat(schedule.getValues().keySet()).containsExactlyInAnyOrder(0, 300, 600, 900);
        assertThat(schedule.valueAt(999, 0)).isEqualTo(ETA * (0.2 * 0.2 * 0.2));
        assertThat(schedule.valueAt(599, 0)).isEqualTo(ETA * 0.2);
    }

    @Test
    void stepsThatHardlyDifferAreNotMerged() {
        assertThat(((MapSchedule) written("0.999@0.5", 10)).getValues()).hasSize(2);
    }

    @Test
    void aConstantLearningRateHasNoSchedule() {
        assertThat(written("constant", 4000)).isNull();
    }
}
