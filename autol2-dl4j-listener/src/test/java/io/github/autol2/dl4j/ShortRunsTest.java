package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.Level;
import io.github.autol2.prediction.LevelRace;
import io.github.autol2.validation.ValidationOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

@Tag("slow")
class ShortRunsTest {

    private static final long BUDGET = 600; // heats of 100

    private static Level race(Model network, DataSet training, int batch) {
        return race(network, training, batch, Optional.empty());
    }

    private static Level race(Model network, DataSet training, int batch, Optional<ValidationOptions> options) {
        return race(network, training, batch, options, Networks.separableClasses(100, 2));
    }

    private static Level race(
            Model network, DataSet training, int batch, Optional<ValidationOptions> options, DataSet heldOut) {
        DataSetIterator batches = new ExistingDataSetIterator(training.batchBy(batch));
        DataSetIterator validation = new ExistingDataSetIterator(List.of(heldOut));
        ShortRuns runs = new ShortRuns(
                Recipe.of(network),
                LabelledExamples.fromTheStart(batches),
                1,
                new HeldOutExamples(validation),
                options,
                (heat, iteration) -> {});
        return runs.run(new LevelRace(BUDGET, 0.1, runs.scale())).level();
    }

    /** The law is about them: lambda is the free rule within half a step of the race. */
    @Test
    void aNetworkThatFitsItsTrainingDataGetsTheFreeRule() {
        Level level = race(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))), Networks.separableClasses(400, 1), 20);

        assertThat(level.fits()).isTrue();
        assertThat(level.lambda() / level.freeRule()).isBetween(0.56, 1.78);
    }

    @Test
    void aNetworkThatDoesNotFitGetsTheLevel() {
        Level level = race(Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))), Networks.classes(400, 1), 20);

        assertThat(level.fits()).isFalse();
    }

    /** It has no accuracy. */
    @Test
    void aRegressionIsNotAskedWhetherItFits() {
        Model network = Networks.regression(Networks.base(new Nesterovs(0.1, 0.9)), 8, 4);
        DataSet training = Networks.separableClasses(400, 1);
        DataSet validation = Networks.separableClasses(100, 2);

        Level level = race(network, autoencoding(training), 20, Optional.empty(), autoencoding(validation));

        assertThat(level.fits()).isFalse();
    }

    private static DataSet autoencoding(DataSet rows) {
        return new DataSet(rows.getFeatures(), rows.getFeatures());
    }

    /** A pass has 200 batches, so the heats end in the first one. */
    @Test
    void whileTheLearningRateIsZeroNoHeatDiffersAndTheSmallestLambdaWins() {
        MapSchedule warmUp = new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.0, 1, 1.0));

        Level level = race(Networks.classifier(Networks.base(new Sgd(warmUp))), Networks.separableClasses(400, 1), 2);

        assertThat(level.freeRule()).isCloseTo(1.0 / BUDGET, within(1e-9));
        assertThat(level.lambda()).isCloseTo(0.1 / 100, within(1e-9));
    }

    /** It is 0 wherever the heats are evaluated. */
    @Test
    void aLearningRateThatHasFallenToZeroCountsWithWhatItWas() {
        MapSchedule falling = new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.5, 50, 0.0));

        Level level = race(Networks.classifier(Networks.base(new Sgd(falling))), Networks.separableClasses(400, 1), 20);

        assertThat(level.freeRule()).isCloseTo(1 / (0.5 * BUDGET), within(1e-9));
    }

    @Test
    void aLearningRateThatStaysZeroIsRefused() {
        assertThatThrownBy(() ->
                        race(Networks.classifier(Networks.base(new Sgd(0))), Networks.separableClasses(400, 1), 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the learning rate must be greater than 0 somewhere in a training of 600 iterations, got 0 all along: "
                                + "look at its schedule");
    }

    /** Before the evaluations that a heat is judged by. */
    @Test
    void aNetworkThatSoonGivesNoNumbersIsDead() {
        assertThatThrownBy(() -> race(
                        Networks.classifier(Networks.base(new Sgd(1e20))),
                        Networks.separableClasses(400, 1),
                        20,
                        Optional.of(ValidationOptions.forBudget(BUDGET))))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("or are not finite");
    }

    /** Sigmoids that are begun small: the outputs of a fresh network hardly depend on its input, and a heat is too short to change it. */
    @Test
    void aClassifierOnAPlateauIsNotDead() {
        NeuralNetConfiguration.ListBuilder layers = Networks.base(new Nesterovs(0.1, 0.9))
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.SIGMOID)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(16).build());
        for (int i = 0; i < 5; i++) {
            layers.layer(new DenseLayer.Builder().nIn(16).nOut(16).build());
        }
        MultiLayerNetwork deep =
                new MultiLayerNetwork(layers.layer(Networks.softmax(16).build()).build());

        Level level = race(deep, Networks.separableClasses(400, 1), 20);

        assertThat(level.lambda()).isGreaterThanOrEqualTo(level.freeRule());
    }
}
