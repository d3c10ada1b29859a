package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A training whose race is won by a lambda that is not above the free rule. */
@Tag("slow")
class BelowTheRaceTrainingTest {

    private static final int ITERATIONS = 400;
    private static final int CLUSTERS = 12;
    private static final int CLASSES = 4;

    private static Model network(double eta) {
        return new MultiLayerNetwork(Networks.base(new Sgd(eta))
                .list()
                .layer(new DenseLayer.Builder().nIn(CLUSTERS).nOut(32).build())
                .layer(Networks.softmax(32).nOut(CLASSES).build())
                .build());
    }

    private static DataSetIterator rows(int count, int seed) {
        return new ExistingDataSetIterator(
                Networks.clusters(count, seed, CLUSTERS, CLUSTERS, CLASSES, 3).batchBy(50));
    }

    private static TrainedNetwork train(ValidatedTrainer trainer, double eta) {
        return trainer.train(network(eta), rows(2000, 1), rows(2000, 2));
    }

    /** With 0.05 neither does better than chance, with 0.07 the smaller lambda. */
    @ParameterizedTest
    @CsvSource({"0.05, true", "0.07, false"})
    void withAKnownLevelItIsTheTrainingOfTheWinner(double eta, boolean undecided) {
        AtomicLong inShortRuns = new AtomicLong();
        ValidatedTrainer trainer = new ValidatedTrainer(ITERATIONS);

        TrainedNetwork raced = train(
                trainer.withObserver(new TrainingObserver() {
                    @Override
                    public void raced(double lambda, long iteration) {
                        inShortRuns.incrementAndGet();
                    }
                }),
                eta);
        TrainedNetwork known = train(trainer.withLevel(raced.level()), eta);

        Level level = raced.level();
        assertThat(level.undecided()).isEqualTo(undecided);
        assertThat(level.lambda()).isCloseTo(undecided ? 0.0316 : 0.00316, withPercentage(1));
        assertThat(level.winnerIterations()).isEqualTo(200);
        assertThat(inShortRuns).hasValue(level.iterationsSpent());
        assertThat(raced.decisions()).hasSize(undecided ? 1 : 0);
        assertThat(raced.iterationsSpent()).isEqualTo(ITERATIONS + level.iterationsSpent() - 200);
        assertThat(known.last().params()).isEqualTo(raced.last().params());
        assertThat(known.best().params()).isEqualTo(raced.best().params());
        assertThat(known.decisions()).isEqualTo(raced.decisions());
        assertThat(known.iterationsSpent()).isEqualTo(raced.iterationsSpent());
    }

    /** No run-off follows: the two runs below the race were as long as half of the training. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.07})
    void aLambdaThatIsHeldIsTheTrainingWithThatConstant(double eta) {
        TrainedNetwork held =
                train(new ValidatedTrainer(ITERATIONS).withConstantLambda().withRunOff(), eta);

        Network constant = Recipe.of(network(eta)).build(1);
        Lambda.set(constant.model(), held.level().lambda());
        LabelledExamples batches = new LabelledExamples("training", rows(2000, 1));
        for (int i = 0; i < ITERATIONS; i++) {
            batches.fitNext(constant);
        }
        assertThat(held.last().params()).isEqualTo(constant.model().params());
        assertThat(held.level().winnerIterations()).isEqualTo(200);
        assertThat(held.iterationsSpent()).isEqualTo(ITERATIONS + held.level().iterationsSpent() - 200);
        assertThat(held.decisions()).isEmpty();
    }

    /** A sequence makes 250 updates, so that the short runs are longer already than those that would follow. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsComparedWhereOneBatchIsLonger(boolean holds) {
        Model recurrent = Networks.truncated(Networks.base(new Sgd(0.01)), 1, 2, 1);
        INDArray steps = Nd4j.createFromArray(
                        new Random(1).doubles(20 * 250, -1, 1).toArray())
                .castTo(DataType.FLOAT)
                .reshape(20, 1, 250);
        DataSet sequence = new DataSet(steps, steps.mul(3));

        ValidatedTrainer trainer = new ValidatedTrainer(500);

        TrainedNetwork trained = (holds ? trainer.withConstantLambda().withRunOff() : trainer)
                .train(
                        recurrent,
                        new ExistingDataSetIterator(List.of(sequence)),
                        new ExistingDataSetIterator(List.of(sequence)));

        assertThat(trained.level().undecided()).as("%s", trained.level()).isTrue();
        assertThat(trained.level().winnerIterations()).isEqualTo(100);
        assertThat(Network.of(trained.last()).iteration()).isEqualTo(500);
    }
}
