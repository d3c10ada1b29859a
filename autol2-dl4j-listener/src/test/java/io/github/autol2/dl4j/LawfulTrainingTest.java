package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Training data that the network fits, and held-out data with some wrong labels, by whose loss a short run with a large lambda, which is
 * never sure, is the best.
 */
@Tag("slow")
class LawfulTrainingTest {

    private static final int ITERATIONS = 400;

    private static Model network() {
        return Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
    }

    private static DataSetIterator training() {
        return new ExistingDataSetIterator(Networks.separableClasses(400, 1).batchBy(20));
    }

    private static DataSetIterator validation() {
        DataSet rows = Networks.separableClasses(200, 2);
        INDArray labels = rows.getLabels();
        for (int row = 0; row < labels.rows(); row += 5) {
            labels.putRow(row, labels.getRow((row + 1) % labels.rows()).dup());
        }
        return new ExistingDataSetIterator(List.of(rows));
    }

    @Test
    void itGoesOnFromTheShortRunOfTheFreeRule() {
        TrainedNetwork raced = new ValidatedTrainer(ITERATIONS).train(network(), training(), validation());

        Level level = raced.level();
        assertThat(level.fits()).isTrue();
        assertThat(level.lambda()).isCloseTo(1.0 / ITERATIONS, within(1e-6)).isEqualTo(level.freeRule());
        assertThat(level.high() / level.lambda())
                .as("what did best in the race, half a step of it, and more")
                .isGreaterThan(3.2);
        assertThat(raced.iterationsSpent()).isEqualTo(ITERATIONS + 100L * (level.heats() - 1));
        assertThat(raced.decisions()).isEmpty();
        assertThat(raced.last().params()).isEqualTo(trained(level.lambda()));
    }

    /** The smaller lambda does no better here. */
    @Test
    void whereItIsHeldTheFreeRuleIsComparedWithASmallerLambda() {
        TrainedNetwork held = new ValidatedTrainer(ITERATIONS)
                .withConstantLambda()
                .withRunOff()
                .train(network(), training(), validation());

        Level level = held.level();
        assertThat(level.fits()).isTrue();
        assertThat(level.lambda()).isEqualTo(level.freeRule());
        assertThat(held.iterationsSpent()).isEqualTo(ITERATIONS + 100L * (level.heats() - 2) + ITERATIONS / 2);
        assertThat(held.last().params()).isEqualTo(trained(level.lambda()));
    }

    private static INDArray trained(double lambda) {
        Network constant = Recipe.of(network()).build(1);
        Lambda.set(constant.model(), lambda);
        DataSetIterator batches = training();
        for (int i = 0; i < ITERATIONS; i++) {
            if (!batches.hasNext()) {
                batches.reset();
            }
            constant.fit(batches.next());
        }
        return constant.model().params();
    }

    @Test
    void withAKnownLevelItIsTheSame() {
        TrainedNetwork raced = new ValidatedTrainer(ITERATIONS).train(network(), training(), validation());

        TrainedNetwork known =
                new ValidatedTrainer(ITERATIONS).withLevel(raced.level()).train(network(), training(), validation());

        assertThat(raced.level().fits()).isTrue();
        assertThat(known.last().params()).isEqualTo(raced.last().params());
        assertThat(known.best().params()).isEqualTo(raced.best().params());
        assertThat(known.iterationsSpent()).isEqualTo(raced.iterationsSpent());
    }
}
