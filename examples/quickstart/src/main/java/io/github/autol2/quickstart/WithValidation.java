package io.github.autol2.quickstart;

import io.github.autol2.dl4j.TrainedNetwork;
import io.github.autol2.dl4j.ValidatedTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Held-out data decide: short runs choose the first lambda, the winner trains on, and the best network is handed out. */
public final class WithValidation {

    private WithValidation() {}

    public static void main(String... args) {
        long iterations = 250L * Moons.BATCHES_PER_EPOCH;

        TrainedNetwork trained =
                new ValidatedTrainer(iterations).train(Moons.network(), Moons.training(), Moons.validation());

        System.out.printf(
                "first lambda %.3g of %d short runs%n",
                trained.level().lambda(), trained.level().heats());
        trained.decisions().forEach(System.out::println);
        MultiLayerNetwork best = (MultiLayerNetwork) trained.best();
        System.out.printf("the best network is that of iteration %d of %d%n", trained.bestIteration(), iterations);
        System.out.printf(
                "validation accuracy: %.3f%n", best.evaluate(Moons.validation()).accuracy());
    }
}
