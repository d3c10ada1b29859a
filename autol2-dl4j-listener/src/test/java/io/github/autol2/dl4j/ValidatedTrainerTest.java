package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.Level;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

@Tag("slow")
class ValidatedTrainerTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(ShortRuns.class);

    private static final int ITERATIONS = 200;

    private static DataSetIterator training() {
        return new ExistingDataSetIterator(Networks.classes(60, 1).batchBy(20));
    }

    private static DataSetIterator validation() {
        return new ExistingDataSetIterator(Networks.classes(120, 2).batchBy(60));
    }

    private static Model classifier() {
        return Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9)));
    }

    private static TrainedNetwork train(Model network) {
        return new ValidatedTrainer(ITERATIONS).train(network, training(), validation());
    }

    private static double accuracy(Model network) {
        return new HeldOutExamples(validation())
                .judge(Network.of(network))
                .orElseThrow()
                .heldOut()
                .accuracy()
                .orElseThrow();
    }

    @Test
    void trainsBothKindsOfNetwork() {
        TrainedNetwork multiLayer = train(classifier());
        TrainedNetwork graph = train(Networks.graphClassifier(Networks.base(new Nesterovs(0.05, 0.9))));

        assertThat(multiLayer.best()).isInstanceOf(MultiLayerNetwork.class);
        assertThat(graph.best()).isInstanceOf(ComputationGraph.class);
        assertThat(accuracy(multiLayer.best())).isGreaterThan(0.5);
        assertThat(accuracy(graph.best())).isGreaterThan(0.5);
        assertThat(Network.of(multiLayer.last()).iteration()).isEqualTo(ITERATIONS);
    }

    @Test
    void withAKnownLevelItIsTheTrainingOfTheRacesWinner() {
        TrainedNetwork raced = train(classifier());
        AtomicLong shortRuns = new AtomicLong();

        TrainedNetwork known = new ValidatedTrainer(ITERATIONS)
                .withLevel(raced.level())
                .withObserver(new TrainingObserver() {
                    @Override
                    public void raced(double lambda, long iteration) {
                        shortRuns.incrementAndGet();
                    }
                })
                .train(classifier(), training(), validation());

        assertThat(known.last().params()).isEqualTo(raced.last().params());
        assertThat(known.best().params()).isEqualTo(raced.best().params());
        assertThat(known.decisions()).isEqualTo(raced.decisions());
        assertThat(known.level()).isEqualTo(raced.level());
        assertThat(known.iterationsSpent()).isEqualTo(raced.iterationsSpent());
        assertThat(shortRuns).hasValue(100);
    }

    /** Each pass has an order of its own, so one pass too many before the first batch would show. */
    @Test
    void aLambdaThatIsHeldIsTheTrainingWithThatConstant() {
        TrainedNetwork held = new ValidatedTrainer(ITERATIONS)
                .withConstantLambda()
                .train(classifier(), ValidatedTrainerTest::shuffled, validation());

        Network constant = Recipe.of(classifier()).build(1);
        Lambda.set(constant.model(), held.level().lambda());
        DataSetIterator batches = shuffled(1);
        for (int i = 0; i < ITERATIONS; i++) {
            if (!batches.hasNext()) {
                batches.reset();
            }
            constant.fit(batches.next());
        }
        assertThat(held.last().params()).isEqualTo(constant.model().params());
    }

    /** Small batches, shuffled at each reset by the seed. */
    private static DataSetIterator shuffled(long seed) {
        List<DataSet> batches = new ArrayList<>(Networks.classes(60, 1).batchBy(10));
        Random random = new Random(seed);
        return new ExistingDataSetIterator(batches) {
            @Override
            public void reset() {
                Collections.shuffle(batches, random);
                super.reset();
            }
        };
    }

    @Test
    void refusesTheLevelOfAnotherBudget() {
        Level level = train(classifier()).level();

        assertThatThrownBy(() -> new ValidatedTrainer(ITERATIONS + 1).withLevel(level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the level must be that of a training of 201 iterations, got " + level);
    }

    @Test
    void countsTheWinnersHeatOnce() {
        TrainedNetwork trained = train(classifier());

        assertThat(trained.level().winnerIterations()).isEqualTo(100);
        assertThat(trained.iterationsSpent())
                .isEqualTo(ITERATIONS + 100L * (trained.level().heats() - 1));
    }

    @Test
    void isAllRaceWhereTheTrainingIsShort() {
        List<Long> iterations = new ArrayList<>();
        TrainedNetwork trained = new ValidatedTrainer(60)
                .withObserver(new TrainingObserver() {
                    @Override
                    public void trained(Model network, long iteration, double lambda) {
                        iterations.add(iteration);
                    }
                })
                .train(classifier(), training(), validation());

        assertThat(iterations).containsExactly(60L);
        assertThat(trained.level().winnerIterations()).isEqualTo(60);
        assertThat(trained.bestIteration()).isBetween(30L, 60L); // from the first window on
        assertThat(accuracy(trained.best())).isGreaterThan(0.5);
    }

    /** Short runs of a tenth of so short a training told next to nothing: lambda was many times too large. */
    @ParameterizedTest
    @ValueSource(ints = {40, 100, 200})
    void trainsAShortTimeAsWellAsWithoutAPenalty(int iterations) {
        for (IUpdater updater : List.of(new Nesterovs(0.05, 0.9), new Sgd(0.01))) {
            Model network = Networks.classifier(Networks.base(updater));
            TrainedNetwork trained = new ValidatedTrainer(iterations).train(network, training(), validation());
            LabelledExamples batches = new LabelledExamples("training", training());
            Network without = Network.of(Networks.classifier(Networks.base(updater)));
            for (int i = 0; i < iterations; i++) {
                batches.fitNext(without);
            }

            assertThat(accuracy(trained.best())).isGreaterThan(accuracy(without.model()) - 0.1);
        }
    }

    /** From there on the rate tears the network to pieces: all that is left is what the short run has seen. */
    @Test
    void theBestNetworkOfTheRacesWinnerOutlivesATrainingThatBreaksDown() {
        MapSchedule breaksDown = new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.05, 102, 1e30));

        TrainedNetwork trained = train(Networks.classifier(Networks.base(new Nesterovs(breaksDown, 0.9))));

        assertThat(trained.level().winnerIterations()).isEqualTo(100);
        assertThat(trained.bestIteration()).isBetween(30L, 100L);
        assertThat(trained.lambda()).isEqualTo(trained.level().lambda());
        assertThat(accuracy(trained.best()))
                .isCloseTo(trained.validationAccuracy().orElseThrow(), within(0.1));
        assertThat(accuracy(trained.best())).isGreaterThan(0.5);
    }

    /** A pass has three batches; Deeplearning4j's own count of passes stands still when it is given batches. */
    @Test
    void schedulesByEpochGoOnInAllRuns() {
        Sgd halved = new Sgd(new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.2, 20, 0.05)));

        TrainedNetwork trained =
                new ValidatedTrainer(150).train(Networks.classifier(Networks.base(halved)), training(), validation());

        assertThat(Network.of(trained.last()).epoch())
                .isEqualTo(49); // the fiftieth is over, but none has begun after it
        assertThat(((MultiLayerNetwork) trained.last()).getLearningRate(0)).isEqualTo(0.05);
    }

    /** In the short runs the learning rate is so small that no lambda shows anything; later tau is 20 iterations at a lambda of 1. */
    @Test
    void theRaceKnowsThatALearningRateRisesAfterIt() {
        Sgd warmUp = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 1e-5, 150, 0.05)));

        TrainedNetwork trained =
                new ValidatedTrainer(1000).train(Networks.classifier(Networks.base(warmUp)), training(), validation());

        assertThat(trained.level().lambda()).isLessThan(1.001);
    }

    /** The last short run ends in NaN before its second batch; all share one iterator. */
    @Test
    void theWinnerGoesOnWithItsOwnNextBatchAfterARunThatBrokeDown() {
        List<Long> first = new ArrayList<>();
        DataSetIterator batches =
                new ExistingDataSetIterator(Networks.classes(60, 1).batchBy(20)) {
                    @Override
                    public DataSet next() {
                        DataSet batch = super.next();
                        first.add((long) (1e6 * batch.getFeatures().getDouble(0, 0)));
                        return batch;
                    }
                };
        ShortRuns runs = new ShortRuns(
                Recipe.of(classifier()),
                LabelledExamples.fromTheStart(batches),
                1,
                new HeldOutExamples(validation()),
                Optional.empty(),
                (heat, iteration) -> {});
        InTraining winner = runs.begin(0.01);
        for (int i = 0; i < 4; i++) {
            winner.step();
        }
        InTraining broken = runs.begin(0.1);
        broken.step();
        winner.takeOver(broken);
        first.clear();

        winner.step(); // its fifth: the second of three

        assertThat(first).containsExactly((long)
                (1e6 * Networks.classes(60, 1).batchBy(20).get(1).getFeatures().getDouble(0, 0)));
    }

    @Test
    void refusesFrozenLayersWhoseWeightsCopiesWouldNotHave() {
        MultiLayerNetwork tuned = new TransferLearning.Builder((MultiLayerNetwork) classifier())
                .setFeatureExtractor(0)
                .build();

        assertThatThrownBy(() -> train(tuned))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("network must have no frozen layers, got ")
                .hasMessageEndingWith(": fresh copies of it would have other weights there, and never train them; for "
                        + "fine-tuning there is AutoL2Listener");
        assertThatThrownBy(() -> new LambdaCalibrator(CalibrationOptions.forBudget(600))
                        .calibrate(tuned, training(), validation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("network must have no frozen layers, got ");
    }

    @Test
    void leavesTheRecipeAlone() {
        Model network = classifier();
        INDArray before = network.params().dup();

        train(network);

        assertThat(network.params()).isEqualTo(before);
        assertThat(Network.of(network).iteration()).isZero();
    }

    @Test
    void trainsTheSameNetworkTwice() {
        assertThat(train(classifier()).best().params().data().asFloat())
                .isEqualTo(train(classifier()).best().params().data().asFloat());
    }

    @Test
    void trainsAnotherNetworkWithAnotherSeed() {
        TrainedNetwork other =
                new ValidatedTrainer(ITERATIONS).withSeed(2).train(classifier(), training(), validation());

        assertThat(other.last().params())
                .isNotEqualTo(train(classifier()).last().params());
    }

    @Test
    void holdsTheLambdaOfTheRaceWhereAsked() {
        List<Double> lambdas = new ArrayList<>();
        TrainedNetwork trained = new ValidatedTrainer(ITERATIONS)
                .withConstantLambda()
                .withObserver(new TrainingObserver() {
                    @Override
                    public void trained(Model network, long iteration, double lambda) {
                        lambdas.add(lambda);
                    }
                })
                .train(classifier(), training(), validation());

        assertThat(lambdas)
                .hasSize(ITERATIONS - 100 + 1)
                .containsOnly(trained.level().lambda());
        assertThat(trained.decisions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dividesLambdaAtHalfWhereTheRaceCouldNotTellWhetherASmallerOneIsBetter(boolean undecided) {
        double lambda = 0.25;
        Level level = new Level(400, 400, lambda, lambda, lambda, lambda, 100, 3, 300, false, undecided);

        TrainedNetwork trained = new ValidatedTrainer(400)
                .withLevel(level)
                .train(Networks.classifier(Networks.base(new Sgd(0.01))), training(), validation());

        assertThat(trained.decisions())
                .filteredOn(ValidationDecision.Divide.class::isInstance)
                .isEqualTo(undecided ? List.of(new ValidationDecision.Divide(200, lambda, lambda / 3)) : List.of());
    }

    @Test
    void trainsWithAdam() {
        TrainedNetwork trained = train(Networks.classifier(Networks.base(new Adam(0.01))));

        assertThat(accuracy(trained.best())).isGreaterThan(0.5);
        assertThat(trained.level().freeRule()).isPositive();
    }

    @Test
    void trainsRegressionByItsLoss() {
        TrainedNetwork trained = new ValidatedTrainer(ITERATIONS).train(regression(0.01), sums(60, 1), sums(100, 2));

        assertThat(trained.alive()).isTrue();
        assertThat(trained.validationAccuracy()).isEmpty();
        assertThat(trained.validationLoss()).isLessThan(2); // the variance of the sum of four normal numbers is 4
    }

    /** Targets far from 0 to 1, which so short a training cannot reach: the network is alive all the same, and the user is told. */
    @Test
    void trainsRegressionOnTargetsThatAreNotStandardisedAndSaysSo() {
        TrainedNetwork trained =
                new ValidatedTrainer(ITERATIONS).train(regression(0.001), sums(60, 1, 10_000), sums(100, 2, 10_000));

        assertThat(trained.validationLoss()).isLessThan(5e8); // the variance of the targets is 4e8
        assertThat(log.of(org.apache.logging.log4j.Level.WARN))
                .singleElement()
                .asString()
                .contains("standardise the targets");
    }

    /** Sequences of six steps, three at a time: a batch makes two updates. */
    @Test
    void countsUpdatesWhereBackpropagationIsTruncated() {
        Model recurrent = Networks.truncated(Networks.base(new Adam(0.01)), 2, 4, 3);
        List<Long> iterations = new ArrayList<>();

        TrainedNetwork trained = new ValidatedTrainer(151)
                .withObserver(new TrainingObserver() {
                    @Override
                    public void trained(Model network, long iteration, double lambda) {
                        iterations.add(iteration);
                    }
                })
                .train(recurrent, sequences(1), sequences(2));

        assertThat(trained.level().winnerIterations()).isEqualTo(100);
        assertThat(iterations.subList(1, 4)).containsExactly(102L, 104L, 106L);
        assertThat(Network.of(trained.last()).iteration())
                .isEqualTo(152); // the first whole batch at the end of the budget
        assertThat(trained.validationLoss()).isLessThan(1);
    }

    /** The target is the sum of a step's two numbers. */
    private static DataSetIterator sequences(int seed) {
        Random random = new Random(seed);
        INDArray inputs = Nd4j.createFromArray(random.doubles(20 * 2 * 6, -1, 1).toArray())
                .castTo(DataType.FLOAT)
                .reshape(20, 2, 6);
        return new ExistingDataSetIterator(new DataSet(inputs, inputs.sum(true, 1)).batchBy(10));
    }

    /** Two rows of one sum are not one-hot each. */
    @Test
    void takesSeveralLabelsAtOnceForRegression() {
        INDArray labels = Nd4j.createFromArray(new float[][] {{1, 1}, {0, 0}});
        DataSet rows = new DataSet(Nd4j.rand(2, 4), labels);

        assertThat(new HeldOutExamples(new ExistingDataSetIterator(List.of(rows)))
                        .classify(Network.of(Networks.classifier(Networks.base(new Adam(0.1))))))
                .isFalse();
    }

    private static MultiLayerNetwork regression(double eta) {
        return Networks.regression(Networks.base(new Adam(eta)), 8, 1);
    }

    private static DataSetIterator sums(int rows, int seed) {
        return sums(rows, seed, 1);
    }

    private static DataSetIterator sums(int rows, int seed, double scale) {
        INDArray features = Networks.classes(rows, seed).getFeatures();
        return new ExistingDataSetIterator(
                new DataSet(features, features.sum(true, 1).muli(scale)).batchBy(20));
    }

    /** A training of 100 iterations is all race, and its learning rate is 0 after the last one. */
    @Test
    void racesWithALearningRateThatEndsAtZero() {
        Sgd ending = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.5, 100, 0.0)));

        TrainedNetwork trained =
                new ValidatedTrainer(100).train(Networks.classifier(Networks.base(ending)), training(), validation());

        assertThat(trained.level().winnerIterations()).isEqualTo(100);
        assertThat(trained.level().freeRule()).isCloseTo(1 / (0.5 * 100), within(1e-12));
    }

    @Test
    void refusesOptionsForAnotherBudgetThanItsLevels() {
        Level level = new Level(1000, 1000, 0.01, 0.005, 0.02, 0.001, 150, 3, 450, false, false);
        ValidatedTrainer trainer = new ValidatedTrainer(1000).withLevel(level);

        assertThatThrownBy(() -> trainer.withOptions(ValidationOptions.forBudget(50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the level must be that of a training of 50 iterations, got " + level);
    }

    /** Features a thousand times too small, and a learning rate that makes up for it: the smallest lambda of a race is far too large. */
    @Test
    void goesOnWithTheFreeRuleWhereNoShortRunIsAlive() {
        TrainedNetwork trained = new ValidatedTrainer(ITERATIONS).train(linear(5e5), small(60, 1), small(120, 2));

        assertThat(log.of(org.apache.logging.log4j.Level.WARN))
                .singleElement()
                .asString()
                .startsWith(
                        "the race of short runs has no winner, so lambda is the free rule 1/(etaEff T) = 1.0E-8: the network "
                                + "trained at none of 8 short runs with lambda from 9.99");
        assertThat(trained.level().lambda())
                .isEqualTo(1e-8)
                .isEqualTo(trained.level().freeRule());
        assertThat(trained.alive()).isTrue();
        assertThat(trained.validationAccuracy().orElseThrow()).isGreaterThan(0.5);
        assertThat(trained.iterationsSpent()).isEqualTo(ITERATIONS + 8 * 100);
        assertThat(Network.of(trained.last()).iteration()).isEqualTo(ITERATIONS);

        // and: it goes on from there as ever
        TrainedNetwork known = new ValidatedTrainer(ITERATIONS)
                .withLevel(trained.level())
                .train(linear(5e5), small(60, 1), small(120, 2));
        assertThat(known.last().params()).isEqualTo(trained.last().params());
        assertThat(known.best().params()).isEqualTo(trained.best().params());
        assertThat(known.decisions()).isEqualTo(trained.decisions());
        assertThat(known.lambda()).isEqualTo(trained.lambda());
        assertThat(known.iterationsSpent()).isEqualTo(trained.iterationsSpent());
    }

    private static MultiLayerNetwork linear(double eta) {
        return new MultiLayerNetwork(Networks.base(new Sgd(eta))
                .list()
                .layer(Networks.softmax(4).hasBias(false).build())
                .build());
    }

    private static DataSetIterator small(int rows, int seed) {
        DataSet classes = Networks.classes(rows, seed);
        classes.setFeatures(classes.getFeatures().mul(1e-3));
        return new ExistingDataSetIterator(classes.batchBy(20));
    }

    @Test
    void aNetworkThatGivesNoFiniteNumbersTrainsToItsEndAndTheResultSaysSo() {
        List<Long> iterations = new ArrayList<>();
        TrainedNetwork trained = new ValidatedTrainer(ITERATIONS)
                .withObserver(new TrainingObserver() {
                    @Override
                    public void trained(Model network, long iteration, double lambda) {
                        iterations.add(iteration);
                    }
                })
                .train(Networks.classifier(Networks.base(new Sgd(1e20))), training(), validation());

        assertThat(trained.alive()).isFalse();
        assertThat(trained.validationLoss()).isNaN();
        assertThat(trained.validationAccuracy()).isEmpty();
        assertThat(trained.decisions()).isEmpty();
        assertThat(Network.of(trained.last()).iteration()).isEqualTo(ITERATIONS);
        assertThat(iterations).isSorted().doesNotHaveDuplicates().endsWith((long) ITERATIONS);
    }

    @Test
    void aNetworkThatIsDeadAtEveryLambdaTrainsToItsEndAndTheResultSaysSo() {
        MultiLayerNetwork dead = new MultiLayerNetwork(Networks.base(new Nesterovs(1e-12, 0.9))
                .weightInit(WeightInit.ZERO)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(Networks.softmax(8).build())
                .build());

        TrainedNetwork trained = train(dead);

        assertThat(log.of(org.apache.logging.log4j.Level.WARN))
                .singleElement()
                .asString()
                .contains("has no winner", "its outputs do not depend on its input");
        assertThat(trained.alive()).isFalse();
        assertThat(trained.validationLoss()).isFinite();
        assertThat(trained.lambda()).isEqualTo(trained.level().freeRule());
        assertThat(Network.of(trained.last()).iteration()).isEqualTo(ITERATIONS);
    }

    @Test
    void endsWhenInterrupted() {
        TrainingObserver interrupts = new TrainingObserver() {
            @Override
            public void raced(double lambda, long iteration) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatThrownBy(() -> new ValidatedTrainer(ITERATIONS)
                        .withObserver(interrupts)
                        .train(classifier(), training(), validation()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void rejectsAShareOfNothing() {
        assertThatThrownBy(() -> new ValidatedTrainer(ITERATIONS).withRaceShare(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in (0, 1], got 0.0");
    }
}
