package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** A training whose race knows nothing of its second half. */
@Tag("slow")
class RunOffTrainingTest {

    private static final int ITERATIONS = 602; // half of them are no whole passes
    private static final double STEP = Math.sqrt(10);

    private static Model network() {
        return Networks.classifier(Networks.base(new Sgd(0.1)));
    }

    private static DataSetIterator rows(int count, int seed) {
        return new ExistingDataSetIterator(Networks.classes(count, seed).batchBy(20));
    }

    private static Level level(double lambda) {
        return new Level(ITERATIONS, ITERATIONS, lambda, lambda, lambda, lambda, 100, 3, 300, false, false);
    }

    private static TrainedNetwork train(ValidatedTrainer trainer) {
        return trainer.train(network(), rows(60, 1), rows(300, 2));
    }

    /** With 0.3 the network underfits, with 1e-6 nothing is to be gained below. */
    @ParameterizedTest
    @CsvSource({"0.3, true", "1e-6, false"})
    void theBetterOfTwoGoesOn(double lambda, boolean smallerWins) {
        List<Long> trained = new ArrayList<>();
        List<Double> raced = new ArrayList<>();
        TrainedNetwork held = train(new ValidatedTrainer(ITERATIONS)
                .withLevel(level(lambda))
                .withConstantLambda()
                .withRunOff()
                .withObserver(new TrainingObserver() {
                    @Override
                    public void raced(double of, long iteration) {
                        raced.add(of);
                    }

                    @Override
                    public void trained(Model network, long iteration, double now) {
                        trained.add(iteration);
                    }
                }));

        double better = smallerWins ? lambda / STEP : lambda;
        assertThat(held.lambda()).isCloseTo(better, withPercentage(1e-6));
        assertThat(held.level().lambda()).isEqualTo(held.lambda());
        assertThat(raced).hasSize(ITERATIONS).filteredOn(of -> of == lambda).hasSize(ITERATIONS / 2);
        assertThat(trained).startsWith(ITERATIONS / 2L).hasSize(ITERATIONS / 2 + 1);
        assertThat(held.decisions()).isEmpty();
        assertThat(held.iterationsSpent()).isEqualTo(ITERATIONS + 300 - 100 + ITERATIONS / 2);
        Network constant = Recipe.of(network()).build(1);
        Lambda.set(constant.model(), held.lambda());
        LabelledExamples batches = new LabelledExamples("training", rows(60, 1));
        for (int i = 0; i < ITERATIONS; i++) {
            batches.fitNext(constant);
        }
        assertThat(held.last().params()).isEqualTo(constant.model().params());
    }

    @Test
    void withTheLevelOfItsOwnRaceItIsTheSame() {
        ValidatedTrainer trainer = new ValidatedTrainer(ITERATIONS);
        Level raced = train(trainer).level();

        TrainedNetwork held = train(trainer.withConstantLambda().withRunOff());
        TrainedNetwork known =
                train(trainer.withLevel(raced).withConstantLambda().withRunOff());

        assertThat(held.level().heats()).isEqualTo(raced.heats() + 1);
        assertThat(held.level().iterationsSpent())
                .isEqualTo(raced.iterationsSpent() + ITERATIONS - raced.winnerIterations());
        assertThat(known.level()).isEqualTo(held.level());
        assertThat(known.last().params()).isEqualTo(held.last().params());
        assertThat(known.iterationsSpent()).isEqualTo(held.iterationsSpent());
    }

    /** No third run beside those. */
    @Test
    void withTheLevelOfARunOffItIsTheSame() {
        ValidatedTrainer trainer =
                new ValidatedTrainer(ITERATIONS).withConstantLambda().withRunOff();
        TrainedNetwork raced = train(trainer.withLevel(level(0.3)));

        TrainedNetwork known = train(trainer.withLevel(raced.level()));

        assertThat(known.level()).isEqualTo(raced.level());
        assertThat(known.last().params()).isEqualTo(raced.last().params());
        assertThat(known.best().params()).isEqualTo(raced.best().params());
        assertThat(known.iterationsSpent()).isEqualTo(raced.iterationsSpent());
    }

    @Test
    void aLambdaThatMayFallBeginsWithTheBetterOne() {
        TrainedNetwork trained =
                train(new ValidatedTrainer(ITERATIONS).withLevel(level(0.3)).withRunOff());

        assertThat(trained.level().lambda()).isCloseTo(0.3 / STEP, withPercentage(1e-6));
        assertThat(trained.iterationsSpent()).isEqualTo(ITERATIONS + 300 - 100 + ITERATIONS / 2);
    }
}
