package io.github.autol2.research.cli;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.kernel.Homogeneity;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.OutputFolder;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.theory.NetworkPrediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 theory network}: a configured network's own kernel, and the loss it predicts beside the trained one. */
@Command(
        name = "network",
        description =
                "Show what a network's initial kernel predicts for its training loss, beside that loss; plain SGD, full batches "
                        + "and a constant lambda, which the theory is about, are the defaults.")
final class TheoryNetworkCommand implements Callable<Integer> {

    private static final double NOT_HOMOGENEOUS = 1e-3;
    private static final List<String> DEFAULTS = List.of(
            "model.depth=1",
            "model.width=256",
            "data.trainSize=32",
            "train.batchSize=${data.trainSize}",
            "train.updater=sgd",
            "train.steps=500",
            "lambda.mode=constant",
            "lambda.value=0.01");

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/theory",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        RunSettings settings = RunSettings.read(common.settings().over(Settings.preset("theory network", DEFAULTS)));
        check(settings);
        DataSplit data = settings.data().load();
        Threads.limitToOneByDefault();
        int steps = Math.toIntExact(settings.iterations());
        Network model = Models.build(
                settings.model(),
                settings.train(),
                steps,
                data.shape(),
                data.classes(),
                settings.seeds().get(0));
        MultiLayerNetwork network = (MultiLayerNetwork) model.model(); // of the kinds that check() lets through
        OutputFolder.check(out);
        write(
                NetworkPrediction.of(
                        network,
                        data.training(),
                        settings.train().learningRate(),
                        settings.lambda().value().orElseThrow(),
                        steps,
                        settings.train().evaluateEvery()),
                settings);
        return 0;
    }

    /** The theory is about gradient flow: full batches, no momentum, one learning rate and one lambda. */
    private static void check(RunSettings settings) {
        TrainSettings train = settings.train();
        List<String> problems = new ArrayList<>();
        require(problems, settings.model().kind() != ModelSettings.Kind.FILE, "model.kind", "mlp or cnn", "file");
        require(
                problems,
                !settings.model().batchNorm(),
                "model.batchNorm",
                "false (a normalised output depends on the whole batch)",
                true);
        require(
                problems,
                train.updater() == TrainSettings.Updater.SGD,
                "train.updater",
                "sgd",
                train.updater().name().toLowerCase(Locale.ROOT));
        require(
                problems,
                train.schedule().equals(LearningRateSchedule.CONSTANT),
                "train.schedule",
                "constant",
                "another");
        require(
                problems,
                train.batchSize() == settings.data().trainSize(),
                "train.batchSize",
                "data.trainSize (full batches)",
                train.batchSize());
        require(
                problems,
                settings.lambda().mode() == LambdaSettings.Mode.CONSTANT,
                "lambda.mode",
                "constant",
                settings.lambda().mode().name().toLowerCase(Locale.ROOT));
        require(
                problems,
                settings.iterations() >= train.evaluateEvery(),
                "train.steps",
                "at least train.evaluateEvery",
                settings.iterations());
        if (!problems.isEmpty()) {
            throw new InvalidUsageException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, boolean holds, String key, String rule, Object value) {
        if (!holds) {
            problems.add(key + " must be " + rule + " for the theory, got " + value);
        }
    }

    private void write(NetworkPrediction result, RunSettings settings) throws IOException {
        OutputFolder.make(out);
        NumberTable table = new NumberTable("step", "t", "trained", "predicted", "linearised");
        for (int i = 0; i < result.steps().length; i++) {
            table.row(
                    result.steps()[i],
                    settings.train().learningRate() * result.steps()[i],
                    result.trained()[i],
                    result.predicted()[i],
                    result.linearised()[i]);
        }
        table.write(out.resolve("network.csv"));
        double[] steps = Arrays.stream(result.steps()).asDoubleStream().toArray();
        Homogeneity homogeneity = result.homogeneity();
        LineChart chart = new LineChart("Training loss", "iterations", "cross-entropy")
                .line("network", steps, result.trained(), 0)
                .dashed(String.format(Locale.ROOT, "theory, k = %.3g", homogeneity.k()), steps, result.predicted(), 1)
                .dashed("theory, k = 1 (linearised)", steps, result.linearised(), 2);
        chart.writeSvg(out.resolve("network.svg"));
        chart.writePng(out.resolve("network.png"));
        common.print(String.format(
                Locale.ROOT, "k = %.6g (deviation from homogeneity %.2g)", homogeneity.k(), homogeneity.deviation()));
        if (!homogeneity.isWithin(NOT_HOMOGENEOUS)) {
            common.print("This network is not homogeneous: the prediction with one k is a guess.");
        }
        common.print(
                "The theory penalises all parameters; this network's biases, 0 at the start, are trained without a penalty.");
        int last = steps.length - 1;
        common.print(String.format(
                Locale.ROOT,
                "loss after %d iterations: %.5f; predicted with k %.5f, with k = 1 %.5f",
                result.steps()[last],
                result.trained()[last],
                result.predicted()[last],
                result.linearised()[last]));
        common.print("Written to " + out + ": network.csv, network.svg, network.png.");
    }
}
