package io.github.autol2.program.search;

import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.InvalidModelException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.ComputationGraphSpace;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.AdamSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Arbiter's search spaces: from the settings, or from a file that Arbiter has written. */
public final class SearchSpaces {

    /** Of the built-in space: widths and learning rates lie within these factors of the settings' own. */
    private static final int WIDTHS = 2;

    private static final double LEARNING_RATES = 5;

    private static final String NOT_A_SPACE =
            "neither a MultiLayerSpace nor a ComputationGraphSpace of Arbiter in JSON or YAML, nor a "
                    + "candidate generator or an OptimizationConfiguration with one";

    private SearchSpaces() {}

    /**
     * Around the configured network: 1 to {@code model.depth} hidden layers of the same width, {@code model.width} / 2 to 2 times it;
     * the learning rate is log-uniform from {@code train.learningRate} / 5 to 5 times it.
     *
     * @throws InvalidModelException if the settings ask for what such a space has not
     */
    public static MultiLayerSpace around(RunSettings settings, DataSplit data) {
        ModelSettings model = settings.model();
        TrainSettings train = settings.train();
        if (model.kind() != ModelSettings.Kind.MLP
                || model.batchNorm()
                || !train.schedule().equals(LearningRateSchedule.CONSTANT)) {
            throw new InvalidModelException(
                    "the built-in search space has networks of model.kind mlp without batch normalisation and with a "
                            + "constant learning rate: for others give a space of your own with --space");
        }
        return new MultiLayerSpace.Builder()
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .updater(updater(
                        train,
                        new ContinuousParameterSpace(new LogUniformDistribution(
                                train.learningRate() / LEARNING_RATES, train.learningRate() * LEARNING_RATES))))
                .setInputType(InputType.feedForward(data.shape().inputs()))
                .addLayer(
                        new DenseLayerSpace.Builder()
                                .nOut(between(Math.max(1, model.width() / WIDTHS), model.width() * WIDTHS))
                                .build(),
                        between(1, model.depth()))
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(data.classNames().size())
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .build();
    }

    /** As {@link #load} reads it. */
    public static String json(BaseNetworkSpace<?> space) {
        try {
            return JsonMapper.getMapper().writeValueAsString(space);
        } catch (JsonProcessingException e) {
            throw new InvalidModelException("the search space cannot be written as JSON: " + e.getOriginalMessage());
        }
    }

    private static ParameterSpace<Integer> between(int low, int high) {
        return low == high ? new FixedValue<>(low) : new IntegerParameterSpace(low, high);
    }

    private static ParameterSpace<IUpdater> updater(TrainSettings train, ParameterSpace<Double> learningRate) {
        return switch (train.updater()) {
            case SGD -> new SgdSpace(learningRate);
            case NESTEROVS -> new NesterovsSpace(learningRate, new FixedValue<>(train.momentum()));
            case ADAM -> new AdamSpace(learningRate);
        };
    }

    /**
     * A space, or that of a generator or of a whole configuration. Such files name classes to load: use only your own.
     *
     * @throws InvalidModelException if the file is none of these
     */
    public static BaseNetworkSpace<?> load(Path file) {
        String text = read(file);
        ObjectMapper mapper = text.stripLeading().startsWith("{") ? JsonMapper.getMapper() : JsonMapper.getYamlMapper();
        BaseNetworkSpace<?> space;
        try {
            space = space(file, mapper, mapper.readTree(text));
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(file, NOT_A_SPACE, e);
        }
        int axes = LeafUtils.getUniqueObjects(space.collectLeaves()).stream()
                .mapToInt(ParameterSpace::numParameters)
                .sum();
        if (axes != space.numParameters()) {
            throw new InvalidModelException(
                    file,
                    "a search space that layers share cannot be read from a file, because Arbiter forgets that "
                            + "they share it: " + axes + " parameters were read, " + space.numParameters()
                            + " written");
        }
        return space;
    }

    private static BaseNetworkSpace<?> space(Path file, ObjectMapper mapper, JsonNode tree)
            throws JsonProcessingException {
        if (tree.has("parameterSpace")) {
            return space(file, mapper, tree.get("parameterSpace"));
        }
        if (tree.has("candidateGenerator")) {
            return space(file, mapper, tree.get("candidateGenerator"));
        }
        if (tree.has("generator")) { // of a LambdaGenerator
            return space(file, mapper, tree.get("generator"));
        }
        if (!tree.has("layerSpaces")) {
            throw new InvalidModelException(file, NOT_A_SPACE);
        }
        // The file's own class name is not asked: it is one of two.
        return tree.has("networkInputs")
                ? mapper.treeToValue(tree, ComputationGraphSpace.class)
                : mapper.treeToValue(tree, MultiLayerSpace.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidModelException(file, "must be a search space in JSON or YAML, but is not UTF-8 text");
        } catch (IOException e) {
            throw new InvalidModelException(file, "cannot be read", e);
        }
    }
}
