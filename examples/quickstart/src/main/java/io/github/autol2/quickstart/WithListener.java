package io.github.autol2.quickstart;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;

/** Trains a network whose lambda is chosen while it trains: one line more than without. */
public final class WithListener {

    private WithListener() {}

    public static void main(String... args) {
        MultiLayerNetwork network = Moons.network();
        int epochs = 100;
        long iterations = (long) epochs * Moons.BATCHES_PER_EPOCH;

        AutoL2Listener autoL2 = new AutoL2Listener(AutoL2Options.adaptive(iterations));
        network.setListeners(autoL2, new ScoreIterationListener(200)); // setListeners removes earlier listeners
        network.fit(Moons.training(), epochs);

        autoL2.changes().forEach(System.out::println);
        double accuracy = network.evaluate(Moons.validation()).accuracy();
        System.out.printf("lambda at the end: %.3g, validation accuracy: %.3f%n", autoL2.lambda(), accuracy);
    }
}
