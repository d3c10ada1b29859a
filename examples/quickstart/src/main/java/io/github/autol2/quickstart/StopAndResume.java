package io.github.autol2.quickstart;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.schedule.AutoL2Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Trains, and saves network and state every ten epochs. Kill it and start it again: it goes on from there. What was never saved is lost. */
public final class StopAndResume {

    private static final int EPOCHS = 100;

    private StopAndResume() {}

    /** Takes the file to save to; without an argument, model.zip where you are. */
    public static void main(String... args) throws IOException {
        train(Path.of(args.length == 0 ? "model.zip" : args[0]), EPOCHS);
    }

    static void train(Path file, int epochs) throws IOException {
        MultiLayerNetwork network;
        AutoL2Listener autoL2;
        if (Files.exists(file)) {
            network = (MultiLayerNetwork) SavedNetwork.read(file); // numbers and JSON, no Java objects
            autoL2 = AutoL2Listener.resume(SavedRun.readFrom(file)).build();
            System.out.printf("goes on after epoch %d%n", network.getEpochCount());
        } else {
            network = Moons.network();
            autoL2 = new AutoL2Listener(AutoL2Options.adaptive((long) EPOCHS * Moons.BATCHES_PER_EPOCH));
        }
        network.setListeners(autoL2);
        while (network.getEpochCount() < epochs) {
            network.fit(Moons.training(), Math.min(10, epochs - network.getEpochCount()));
            autoL2.save(network, file, true); // the zip file of Deeplearning4j, with one entry more
        }
        double accuracy = network.evaluate(Moons.validation()).accuracy();
        System.out.printf("lambda %s, validation accuracy %.3f%n", autoL2.lambda(), accuracy);
    }
}
