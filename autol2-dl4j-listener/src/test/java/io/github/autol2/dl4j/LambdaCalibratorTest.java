package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.CalibrationWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

@Tag("slow")
class LambdaCalibratorTest {

    private static final CalibrationOptions OPTIONS =
            CalibrationOptions.forBudget(600).withSeeds(List.of(1L, 2L)).withoutRace(); // 60 each

    private static DataSetIterator training() {
        return new ExistingDataSetIterator(Networks.classes(60, 1).batchBy(20));
    }

    private static DataSetIterator validation() {
        return new ExistingDataSetIterator(Networks.classes(60, 2).batchBy(20));
    }

    private static Calibration calibrate(Model network) {
        return new LambdaCalibrator(OPTIONS).calibrate(network, training(), validation());
    }

    @Test
    void calibratesBothKindsOfNetworkWithinItsAllowance() {
        for (Model network : List.of(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                Networks.graphClassifier(Networks.base(new Nesterovs(0.1, 0.9))))) {
            Calibration calibration = calibrate(network);

            assertThat(calibration.etaEff()).isCloseTo(1, within(1e-9));
            assertThat(calibration.c())
                    .isBetween(calibration.cLow(), calibration.cHigh())
                    .isPositive();
            assertThat(calibration.runs()).extracting(CalibrationRun::seed).contains(1L, 2L);
            assertThat(calibration.iterationsSpent()).isPositive().isLessThanOrEqualTo(120);
            assertThat(calibration.runs())
                    .allSatisfy(run -> assertThat(run.curve().examples()).isEqualTo(60));
        }
    }

    @Test
    void aRaceFollowsAndDecidesWhatIsPredicted() {
        List<Trial> iterations = new ArrayList<>();
        List<Long> most = new ArrayList<>();
        CalibrationOptions options =
                CalibrationOptions.forBudget(600).withSeeds(List.of(7L, 2L)).withHorizon(200);

        Calibration calibration = new LambdaCalibrator(options, new CalibrationObserver() {
                    @Override
                    public void iteration(Trial trial, long iteration, long spent, long limit) {
                        iterations.add(trial);
                        most.add(limit);
                        assertThat(spent).isEqualTo(iterations.size()).isLessThanOrEqualTo(limit);
                    }
                })
                .calibrate(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), training(), validation());

        assertThat(calibration.levels())
                .singleElement()
                .isEqualTo(new ValidatedTrainer(600)
                        .withSeed(7)
                        .train(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), training(), validation())
                        .level()
                        .withHorizon(200));
        assertThat(calibration.predict(200).lambda())
                .isEqualTo(calibration.levels().get(0).lambda(), within(1e-12));
        assertThat(iterations).hasSize((int) calibration.iterationsSpent());
        assertThat(iterations.get(iterations.size() - 1).seed()).isEqualTo(7);
        assertThat(most.get(0)).isEqualTo(120 + (8 + 3) * 100);
    }

    /** A network that could fit the noise of its targets: the penalty decides how much of it it does. */
    private static MultiLayerNetwork regression() {
        return Networks.regression(Networks.base(new Nesterovs(0.02, 0.9)), 32, 1);
    }

    private static DataSetIterator noisySums(int seed, double scale) {
        INDArray features = Networks.classes(60, seed).getFeatures();
        INDArray noise = Nd4j.createFromArray(
                        new Random(seed).doubles(60, -2, 2).toArray())
                .castTo(features.dataType())
                .reshape(60, 1);
        return new ExistingDataSetIterator(
                new DataSet(features, features.sum(true, 1).divi(4).addi(noise).muli(scale)).batchBy(20));
    }

    @Test
    void aRegressionIsCalibratedByItsExplainedVariance() {
        CalibrationOptions options = CalibrationOptions.forBudget(1000).withSeeds(List.of(7L));
        LambdaCalibrator calibrator = new LambdaCalibrator(options);

        Calibration calibration = calibrator.calibrate(regression(), noisySums(1, 1), noisySums(2, 1));
        Calibration ofTwice = calibrator.calibrate(regression(), noisySums(1, 2), noisySums(2, 2));

        assertThat(calibration.runs())
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.curve().chance()).isZero())
                .anySatisfy(run -> assertThat(run.peak().maximum()).isBetween(0.02, 0.5));
        assertThat(calibration.levels())
                .singleElement()
                .isEqualTo(new ValidatedTrainer(1000)
                        .withSeed(7)
                        .train(regression(), noisySums(1, 1), noisySums(2, 1))
                        .level());
        assertThat(ofTwice.levels().get(0).lambda()) // the loss of twice the targets is four times as large
                .isBetween(
                        calibration.levels().get(0).lambda(),
                        16 * calibration.levels().get(0).lambda());
    }

    /** At its first iteration the learning rate is a hundredth of what it comes to. */
    @Test
    void aWarmUpCountsWithTheLearningRateItComesTo() {
        Sgd rising = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.005, 20, 0.5)));

        Recipe recipe = Recipe.of(Networks.classifier(Networks.base(rising)));

        assertThat(recipe.etaEff(60, 3)).isCloseTo(0.5, within(1e-12));
        assertThat(recipe.etaEff(19, 3)).isCloseTo(0.005, within(1e-12));
    }

    /** The race sees outputs that do not depend on the input, so it has no winner. */
    @Test
    void aRaceWithoutAWinnerLeavesWhatTheRunsHaveShown() {
        AtomicBoolean racing = new AtomicBoolean();
        DataSetIterator validation =
                new ExistingDataSetIterator(Networks.classes(60, 2).batchBy(20)) {
                    @Override
                    public DataSet next() {
                        DataSet batch = super.next();
                        return racing.get() ? new DataSet(batch.getFeatures().mul(0), batch.getLabels()) : batch;
                    }
                };
        CalibrationOptions options = CalibrationOptions.forBudget(600).withSeeds(List.of(1L));

        Calibration calibration = new LambdaCalibrator(options, new CalibrationObserver() {
                    @Override
                    public void finished(CalibrationRun run) {
                        racing.set(run.curve().length() > 0);
                    }
                })
                .calibrate(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), training(), validation);

        assertThat(calibration.runs()).isNotEmpty();
        assertThat(calibration.levels()).isEmpty();
        assertThat(calibration.warnings())
                .extracting(CalibrationWarning::sentence)
                .anyMatch(sentence -> sentence.startsWith("the race of short runs has no winner, so lambda is c/T"));
    }

    /** The divisor of its gradients is not known before it trains. */
    @Test
    void withAdamEtaEffIsTheLearningRate() {
        Calibration calibration = calibrate(Networks.classifier(Networks.base(new Adam(0.05))));

        assertThat(calibration.etaEff()).isCloseTo(0.05, within(1e-9));
        assertThat(calibration.c())
                .isBetween(calibration.cLow(), calibration.cHigh())
                .isPositive();
    }

    @Test
    void takesANetworkThatIsNotInitialised() {
        MultiLayerNetwork initialised = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        MultiLayerNetwork bare =
                new MultiLayerNetwork(initialised.getLayerWiseConfigurations().clone());
        ComputationGraph graph = new ComputationGraph(Networks.graphClassifier(Networks.base(new Nesterovs(0.1, 0.9)))
                .getConfiguration()
                .clone());

        assertThat(calibrate(bare).c()).isEqualTo(calibrate(initialised).c());
        assertThat(calibrate(graph).c()).isPositive();
    }

    @Test
    void leavesTheNetworkItsListenersAndTheRandomNumbersAlone() {
        MultiLayerNetwork network =
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)).l2(0.002));
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                throw new AssertionError("the network's own listener was called");
            }
        });
        INDArray before = network.params().dup();
        String configuration = network.getLayerWiseConfigurations().toJson();
        Nd4j.getRandom().setSeed(5);
        INDArray expected = Nd4j.rand(3);
        Nd4j.getRandom().setSeed(5);

        calibrate(network);

        assertThat(Nd4j.rand(3)).isEqualTo(expected);
        assertThat(network.params()).isEqualTo(before);
        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
        assertThat(network.getListeners()).hasSize(1);
        assertThat(network.getIterationCount()).isZero();
    }

    @Test
    void resetsBothIterators() {
        DataSetIterator training = training();
        DataSetIterator validation = validation();
        training.next();

        new LambdaCalibrator(OPTIONS)
                .calibrate(Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))), training, validation);

        assertThat(training.next().getFeatures()).isEqualTo(training().next().getFeatures());
        assertThat(validation.next().getFeatures())
                .isEqualTo(validation().next().getFeatures());
    }

    @Test
    void isRepeatable() {
        MultiLayerNetwork network =
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)).dropOut(0.8));

        assertThat(calibrate(network)).isEqualTo(calibrate(network));
    }

    @Test
    void goesOnFromFinishedRunsWithTheSameResult() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        List<CalibrationRun> finished = new ArrayList<>();
        CalibrationObserver interrupter = new CalibrationObserver() {
            @Override
            public void finished(CalibrationRun run) {
                finished.add(run);
                if (finished.size() == 2) {
                    throw new IllegalStateException("interrupted");
                }
            }
        };
        assertThatThrownBy(
                        () -> new LambdaCalibrator(OPTIONS, interrupter).calibrate(network, training(), validation()))
                .hasMessage("interrupted");

        Calibration resumed = new LambdaCalibrator(OPTIONS).calibrate(network, training(), validation(), finished);

        assertThat(finished).hasSize(2);
        assertThat(resumed).isEqualTo(calibrate(network));
    }

    @Test
    void reportsEachIterationAndCanBeCancelled() {
        List<Long> spent = new ArrayList<>();
        LambdaCalibrator[] calibrator = new LambdaCalibrator[1];
        calibrator[0] = new LambdaCalibrator(OPTIONS, new CalibrationObserver() {
            @Override
            public void iteration(Trial trial, long iteration, long total, long most) {
                assertThat(most).isEqualTo(120);
                spent.add(total);
                if (total == 3) {
                    calibrator[0].cancel();
                }
            }
        });

        assertThatThrownBy(() -> calibrator[0].calibrate(
                        Networks.classifier(Networks.base(new Sgd(0.1))), training(), validation()))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the calibration was cancelled");
        assertThat(spent).containsExactly(1L, 2L, 3L);
    }

    /** Batches without an end, each of which is told of before it is given. */
    private static DataSetIterator endless(IntConsumer batch) {
        return new ExistingDataSetIterator(Networks.classes(60, 1).batchBy(20)) {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public DataSet next() {
                batch.accept(++given);
                if (!super.hasNext()) {
                    super.reset();
                }
                return super.next();
            }
        };
    }

    @Test
    void ofAPassWithoutAnEndItReadsOnlyWhatTellsThatItIsLongerThanTheBudget() {
        AtomicInteger given = new AtomicInteger();
        DataSetIterator training = endless(batch -> {
            assertThat(batch).isLessThan(1000);
            given.set(batch);
        });

        assertThatThrownBy(() -> new LambdaCalibrator(CalibrationOptions.forBudget(100))
                        .calibrate(Networks.classifier(Networks.base(new Sgd(0.1))), training, validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "budget must be at least one epoch, and a pass over the training data takes more than 100 iterations, "
                                + "got 100");
        assertThat(given).hasValue(101);
    }

    @Test
    void cancelEndsItWhileItCountsAPass() {
        LambdaCalibrator calibrator = new LambdaCalibrator(CalibrationOptions.forBudget(1_000_000));
        DataSetIterator training = endless(batch -> {
            assertThat(batch).isLessThan(1000);
            if (batch == 5) {
                calibrator.cancel();
            }
        });

        assertThatThrownBy(() ->
                        calibrator.calibrate(Networks.classifier(Networks.base(new Sgd(0.1))), training, validation()))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the calibration was cancelled");
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> calibrate(Networks.classifier(Networks.base(new Sgd(0.1)))))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        Thread.interrupted(); // for the tests that follow
    }

    @Test
    void trainsASlowNetworkWithMoreMomentumAndScalesC() {
        Calibration calibration = calibrate(Networks.classifier(Networks.base(new Sgd(0.1))));

        assertThat(calibration.etaEff()).isEqualTo(0.1);
        assertThat(calibration.runs())
                .allSatisfy(run -> assertThat(run.etaEff()).isCloseTo(1, within(1e-9)));
        assertThat(calibration.warnings())
                .anyMatch(warning -> warning.sentence().endsWith("so they trained with momentum 0.9"));
        // In physical time, t * etaEff, it is the same training as with momentum from the start.
        assertThat(calibration.c() * 0.1)
                .isCloseTo(
                        calibrate(Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))))
                                .c(),
                        within(1e-6));
    }

    /** Of a hundred examples 95 have one class: no short run gets far above that, and the race answers all the same. */
    @Test
    void aRaceAnswersWhereNoCalibrationRunGetsAwayFromTheMajority() {
        DataSet training = unbalanced(1);
        DataSet validation = unbalanced(2);

        Calibration calibration = new LambdaCalibrator(
                        CalibrationOptions.forBudget(300).withSeeds(List.of(1L)))
                .calibrate(
                        Networks.classifier(Networks.base(new Sgd(0.01))),
                        new ExistingDataSetIterator(training.batchBy(20)),
                        new ExistingDataSetIterator(validation.batchBy(20)));

        assertThat(calibration.levels()).hasSize(1);
        assertThat(calibration.predict(300).lambda())
                .isEqualTo(calibration.levels().get(0).lambda());
        assertThat(calibration.warnings())
                .extracting(CalibrationWarning::sentence)
                .anyMatch(sentence -> sentence.startsWith("the network learned in none of the "));
    }

    private static DataSet unbalanced(long seed) {
        DataSet rows = Networks.classes(100, seed);
        rows.setLabels(Nd4j.zeros(100, 3).castTo(rows.getFeatures().dataType()));
        for (int i = 0; i < 100; i++) {
            rows.getLabels().putScalar(i, i < 95 ? 0 : 1, 1);
        }
        return rows;
    }

    @Test
    void warnsOfANetworkThatHasTrained() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        network.fit(Networks.classes(20, 1));

        assertThat(calibrate(network).warnings())
                .anyMatch(warning -> warning.sentence().startsWith("the network has been trained already"));
        assertThat(calibrate(Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))))
                        .warnings())
                .noneMatch(warning -> warning.sentence().contains("already"));
    }

    @Test
    void aLossThatGoesNaNIsReportedAndEndsInAnErrorWhereNoLambdaHelps() {
        DataSet broken = Networks.classes(60, 1);
        broken.getFeatures().putScalar(0, Float.NaN);
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));

        assertThatThrownBy(() -> new LambdaCalibrator(OPTIONS)
                        .calibrate(network, new ExistingDataSetIterator(broken.batchBy(20)), validation()))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("the network trained at none of ");
    }

    @Test
    void refusesTargetsThatASoftmaxCannotHave() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        DataSet targets = Networks.classes(9, 1);
        targets.getLabels().putScalar(4, 0, -2.5);
        DataSet several = Networks.classes(9, 1);
        several.setLabels(Nd4j.ones(9, 3));
        LambdaCalibrator calibrator = new LambdaCalibrator(OPTIONS);

        for (DataSet wrong : List.of(targets, several)) {
            assertThatThrownBy(() ->
                            calibrator.calibrate(network, training(), new ExistingDataSetIterator(List.of(wrong))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the validation data must have labels of one class for each example (one-hot), because "
                                    + "the network's output is a softmax: targets of a regression or several classes at once do not go");
        }
    }

    @Test
    void refusesBadInputBeforeItTrains() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        DataSet oneClass = Networks.classes(9, 1);
        oneClass.setLabels(Nd4j.zeros(9, 3));
        oneClass.getLabels().getColumn(1).assign(1);
        LambdaCalibrator calibrator = new LambdaCalibrator(OPTIONS);

        assertThatThrownBy(() -> calibrator.calibrate(network, training(), new ExistingDataSetIterator(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must hold examples of at least 2 classes, got 0");
        assertThatThrownBy(
                        () -> calibrator.calibrate(network, training(), new ExistingDataSetIterator(List.of(oneClass))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must hold examples of at least 2 classes, got 1: "
                        + "shuffle the data before a part is held out");
        assertThatThrownBy(() -> calibrator.calibrate(network, new ExistingDataSetIterator(List.of()), validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the training data must hold at least one batch, got none");
        assertThatThrownBy(() -> calibrator.calibrate(
                        network,
                        new ExistingDataSetIterator(
                                Networks.classes(9, 1).asList().iterator()),
                        validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the training data must come from an iterator that can be reset, got ExistingDataSetIterator");
        DataSetIterator one = training();
        assertThatThrownBy(() -> calibrator.calibrate(network, one, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training and validation data must come from an iterator each, got the same one");
        assertThatThrownBy(() -> calibrator.calibrate(network, training(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must come from an iterator that can be reset, got null");
        assertThatThrownBy(() -> calibrator.calibrate(null, training(), validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network must be a MultiLayerNetwork or ComputationGraph, got null");
        assertThatThrownBy(() -> new LambdaCalibrator(CalibrationOptions.forBudget(10))
                        .calibrate(
                                network,
                                new ExistingDataSetIterator(
                                        Networks.classes(60, 1).batchBy(5)),
                                validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "budget must be at least one epoch, and a pass over the training data takes more than 10 iterations, "
                                + "got 10");
    }
}
