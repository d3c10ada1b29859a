package io.github.autol2.research.adaptive;

import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One task of the comparison: data, network, optimiser, schedule and budget.
 *
 * @param name     unlike all others, fit for a file's name
 * @param settings of a run, without meaning for seeds and lambda
 */
public record Task(String name, RunSettings settings) {

    private static final List<String> MLP =
            List.of("model.width=64", "model.depth=3", "train.batchSize=128", "train.evaluateEvery=50");
    private static final List<String> WIDE =
            List.of("model.width=512", "model.depth=2", "train.batchSize=64", "train.evaluateEvery=50");
    private static final List<String> CNN = List.of(
            "model.kind=cnn",
            "model.width=8",
            "model.depth=2",
            "model.stride=2",
            "train.batchSize=32",
            "train.evaluateEvery=100");
    private static final List<String> NORMALISED = joined(CNN, List.of("model.batchNorm=true"));
    private static final String STEPS = "train.schedule=0.2@0.3,0.6,0.9";
    private static final String COSINE = "train.schedule=cosine";

    /** The tasks on built-in data, which need no files. */
    public static List<Task> builtIn() {
        return List.of(
                of("digits-mlp-nesterovs", synthetic(), MLP, 1000, "train.learningRate=0.05"),
                of(
                        "digits-mlp-adam-steps",
                        synthetic(),
                        MLP,
                        1000,
                        "train.updater=adam",
                        "train.learningRate=0.001",
                        STEPS));
    }

    /**
     * The tasks on MNIST.
     *
     * @param folder with its four files
     */
    public static List<Task> mnist(Path folder) {
        return List.of(
                of("mnist512-mlp-nesterovs", mnist(folder, 512, 6000), MLP, 1000, "train.learningRate=0.05"),
                of(
                        "mnist512-mlp-nesterovs-steps",
                        mnist(folder, 512, 6000),
                        MLP,
                        1000,
                        "train.learningRate=0.05",
                        STEPS),
                of(
                        "mnist512-mlp-adam-cosine",
                        mnist(folder, 512, 6000),
                        MLP,
                        1000,
                        "train.updater=adam",
                        "train.learningRate=0.001",
                        COSINE),
                of(
                        "mnist2000-mlp-sgd",
                        mnist(folder, 2000, 6000),
                        MLP,
                        1500,
                        "train.updater=sgd",
                        "train.learningRate=0.05"),
                of(
                        "mnist2000-mlp-nesterovs-steps",
                        mnist(folder, 2000, 6000),
                        MLP,
                        1000,
                        "train.learningRate=0.1",
                        STEPS),
                of(
                        "mnist2000-mlp-nesterovs-cosine",
                        mnist(folder, 2000, 6000),
                        MLP,
                        1000,
                        "train.learningRate=0.1",
                        COSINE),
                of("mnist1000-wide-nesterovs", mnist(folder, 1000, 6000), WIDE, 1000, "train.learningRate=0.05"),
                of(
                        "mnist1000-wide-sgd-cosine",
                        mnist(folder, 1000, 6000),
                        WIDE,
                        1000,
                        "train.updater=sgd",
                        "train.learningRate=0.1",
                        COSINE),
                of(
                        "mnist1000-cnn-nesterovs-steps",
                        mnist(folder, 1000, 2000),
                        CNN,
                        1000,
                        "train.learningRate=0.05",
                        STEPS),
                of("mnist1000-cnnbn-nesterovs", mnist(folder, 1000, 2000), NORMALISED, 1000, "train.learningRate=0.05"),
                of(
                        "mnist1000-cnnbn-sgd-cosine",
                        mnist(folder, 1000, 2000),
                        NORMALISED,
                        1000,
                        "train.updater=sgd",
                        "train.learningRate=0.1",
                        COSINE));
    }

    private static List<String> synthetic() {
        return List.of("data.kind=synthetic", "data.trainSize=512", "data.validationSize=1000", "data.testSize=6000");
    }

    private static List<String> mnist(Path folder, int training, int test) {
        return List.of(
                "data.kind=idx",
                "data.path=" + folder,
                "data.trainSize=" + training,
                "data.validationSize=1000",
                "data.testSize=" + test);
    }

    private static Task of(String name, List<String> data, List<String> model, int steps, String... training) {
        List<String> assignments = joined(List.of("train.steps=" + steps), data);
        return new Task(
                name,
                RunSettings.read(
                        Settings.load(Optional.empty(), joined(joined(assignments, model), List.of(training)))));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
