package io.github.autol2.program.search;

import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.model.Models;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.AdamSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.conf.updater.RmsPropSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** Arbiter's search spaces from the settings; {@link SpaceFile} reads them from files. */
public final class SearchSpaces {

    /** Of the built-in space: widths and learning rates lie within these factors of the settings' own. */
    private static final int WIDTHS = 2;

    private static final double LEARNING_RATES = 5;

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
                        .nOut(data.classes().outputs())
                        .activation(Models.activation(data.classes()))
                        .iLossFunction(Models.loss(data.classes()))
                        .build())
                .build();
    }

    /** Returns the JSON that {@link SpaceFile#load} reads. */
    public static String json(BaseNetworkSpace<?> space) {
        try {
            return JsonMapper.getMapper()
                    .copy()
                    .addMixIn(FixedValue.class, FixedValueReader.Annotation.class)
                    .writeValueAsString(space);
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
            case RMSPROP -> new RmsPropSpace(learningRate);
        };
    }
}
