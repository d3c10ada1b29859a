package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.model.WideResNet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** AutoL2 and the calibration on the smallest Wide ResNet and a few images of 32 x 32 pixels in three colours. */
class WideResNetTrainingTest {

    @Tag("slow")
    @Test
    void autoL2TrainsAWideResNetForAHundredSteps() {
        // given
        RunSettings settings = settings(
                "train.steps=100",
                "train.evaluateEvery=100",
                "train.learningRate=0.02",
                "lambda.initial=0.05",
                "lambda.measureEvery=1",
                "lambda.refractory=0.02");
        DataSplit data = settings.data().load();

        // when
        Training.Outcome outcome = new TrainingRun(settings, data).train(1, (done, lambda, loss) -> {});

        // then: it learned, lambda was divided, and the network has the last lambda on its weights and on nothing else
        RunResult result = outcome.result();
        assertThat(result.last().trainError()).isZero();
        assertThat(result.last().loss()).isLessThan(0.5 * Math.log(10));
        assertThat(result.divisions()).isNotEmpty();
        assertThat(result.last().lambda()).isLessThan(result.initialLambda());
        double squares = outcome.network().model().paramTable().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_W"))
                .map(entry -> entry.getValue())
                .mapToDouble(WideResNetTrainingTest::square)
                .sum();
        assertThat(outcome.network().penalty())
                .isCloseTo(0.5 * result.last().lambda() * squares, withinPercentage(0.01));
    }

    /** On a task that is learned in seconds: is the left half light, or the right? */
    @Tag("slow")
    @Test
    void theCalibrationTakesAWideResNet() {
        // given
        ComputationGraph network = new ComputationGraph(new WideResNet(10, 1)
                .configuration(
                        new NeuralNetConfiguration.Builder().seed(1).updater(new Nesterovs(0.02, 0.9)),
                        new InputShape(1, 8, 8),
                        Target.Classes.numbered(2)));
        Random random = new Random(1);
        DataSetIterator training =
                new ExistingDataSetIterator(halves(32, random).batchBy(8));
        DataSetIterator validation =
                new ExistingDataSetIterator(halves(64, random).batchBy(64));

        // when
        Calibration calibration = new LambdaCalibrator(new CalibrationOptions(80, 1, List.of(1L), false))
                .calibrate(network, training, validation);

        // then
        assertThat(calibration.c()).isPositive().isFinite();
        assertThat(calibration.predict(1000).lambda()).isPositive();
        assertThat(calibration.iterationsSpent()).isBetween(1L, 80L);
    }

    private static DataSet halves(int count, Random random) {
        float[][] features = new float[count][64];
        float[][] labels = new float[count][2];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < 64; i++) {
                boolean light = (i % 8 < 4) == (row % 2 == 0);
                features[row][i] = (float) (random.nextGaussian() + (light ? 0.5 : 0));
            }
            labels[row][row % 2] = 1;
        }
        return new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(labels));
    }

    private static double square(INDArray weights) {
        double norm = weights.norm2Number().doubleValue();
        return norm * norm;
    }

    private static RunSettings settings(String... more) {
        List<String> small = List.of(
                "data.kind=synthetic-color",
                "data.trainSize=4",
                "data.validationSize=10",
                "data.testSize=4",
                "model.kind=wrn",
                "model.depth=10",
                "model.width=1",
                "train.batchSize=4");
        return RunSettings.read(Settings.load(
                Optional.empty(), Stream.concat(small.stream(), Stream.of(more)).toList()));
    }
}
