package io.github.autol2.benchmark;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.training.TrainingBatches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How much of a training run is spent waiting for batches, with every augmentation: {@code main}, about a minute. Two networks on
 * images in the format of CIFAR-10: one whose steps are as cheap as they get there (batches of 128), and the smallest Wide ResNet (of 16).
 */
public final class DataLoading {

    private static final int WARM_UP = 5;
    private static final List<String> DATA =
            List.of("data.kind=synthetic-color", "data.trainSize=1000", "data.validationSize=10", "data.testSize=10");

    private DataLoading() {}

    public static void main(String[] arguments) {
        if (System.getenv("OMP_NUM_THREADS") == null) {
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
        for (String augment : List.of("none", "flip,crop,mixup")) {
            measure("MLP 64", augment, 300, "model.depth=1", "train.batchSize=128");
            measure("WRN-10-1", augment, 20, "train.batchSize=16", "model.kind=wrn", "model.depth=10", "model.width=1");
        }
    }

    private static void measure(String name, String augment, int steps, String... model) {
        RunSettings settings = RunSettings.read(Settings.load(
                Optional.empty(),
                Stream.of(DATA.stream(), Stream.of(model), Stream.of("data.augment=" + augment))
                        .flatMap(keys -> keys)
                        .toList()));
        DataSplit data = settings.data().load();
        Network network = Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.classes(), 1);
        try (TrainingBatches batches = TrainingBatches.of(settings, data, 1)) {
            train(network, batches, WARM_UP);
            double waitedBefore = batches.secondsWaited();
            long start = System.nanoTime();
            train(network, batches, steps);
            double seconds = (System.nanoTime() - start) / 1e9;
            double waited = batches.secondsWaited() - waitedBefore;
            System.out.printf(
                    Locale.ROOT,
                    "%s, augmentation %s: %.1f ms a step, of which %.2f ms (%.1f %%) waiting for the batch%n",
                    name,
                    augment,
                    1000 * seconds / steps,
                    1000 * waited / steps,
                    100 * waited / seconds);
        }
    }

    private static void train(Network network, TrainingBatches batches, int steps) {
        for (int step = 0; step < steps; step++) {
            network.fit(batches.next());
        }
    }
}
