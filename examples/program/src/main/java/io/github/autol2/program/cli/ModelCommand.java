package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingBatches;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 model}: builds the configured network, counts its parameters, writes model.json; tries some steps if asked. */
@Command(
        name = "model",
        description = "Build the configured network and write its configuration as Deeplearning4j reads it.")
final class ModelCommand implements Callable<Integer> {

    private static final double MEGABYTE = 1e6;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/model",
            description = "The file model.json goes into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "0",
            description = "This trains for N steps and tells their time and memory; the default is ${DEFAULT-VALUE}.")
    private int steps;

    @Override
    public Integer call() throws IOException {
        if (steps < 0) {
            throw new InvalidUsageException("--steps must be >= 0, got " + steps);
        }
        RunSettings settings = RunSettings.read(new SettingsReader(common.settings()));
        DataSplit data = settings.data().load();
        Threads.limitToOneByDefault();
        long seed = settings.seeds().get(0);
        Network network = Models.build(
                settings.model(), settings.train(), settings.iterations(), data.shape(), data.target(), seed);
        OutputFolder.check(out);

        OutputFolder.make(out);
        AtomicFile.write(out.resolve("model.json"), temporary -> Files.writeString(temporary, network.json()));
        PrintWriter output = common.output();
        output.printf(
                Locale.ROOT,
                "%s on %d x %d x %d inputs: %,d trained parameters, %,d with the statistics of batch normalisation.%n",
                settings.model().kind().key(),
                data.shape().channels(),
                data.shape().height(),
                data.shape().width(),
                network.trainedParameters(),
                network.model().numParams());
        train(network, settings, data, seed, output);
        output.println("Written to " + out + ": model.json.");
        output.flush();
        return 0;
    }

    private void train(Network network, RunSettings settings, DataSplit data, long seed, PrintWriter output) {
        try (TrainingBatches batches = TrainingBatches.of(settings, data, seed)) {
            for (int step = 1; step <= steps; step++) {
                DataSet batch = batches.next();
                long start = System.nanoTime();
                network.fit(batch);
                output.printf(
                        Locale.ROOT,
                        "Step %d, %d examples: loss %.4f, %.2f s, %,.0f MB resident.%n",
                        step,
                        batch.numExamples(),
                        network.model().score(),
                        (System.nanoTime() - start) / 1e9,
                        Pointer.physicalBytes() / MEGABYTE);
                output.flush();
            }
        }
    }
}
