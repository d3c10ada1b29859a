package io.github.autol2.program.model;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Builds the ready-made networks: He initialisation, ReLU; softmax and cross-entropy for classes, a linear output and the mean squared
 * error for a quantity.
 */
public final class Models {

    private static final int SMALLEST_POOLED = 4;

    private Models() {}

    /**
     * An initialised network.
     *
     * @param iterations length of the run, for the learning-rate schedule
     * @param target     what the outputs mean
     * @param seed       of the initial weights
     * @throws InvalidModelException if the model does not fit the data
     */
    public static Network build(
            ModelSettings model, TrainSettings train, long iterations, InputShape shape, Target target, long seed) {
        Helpers.use(train);
        NeuralNetConfiguration.Builder base =
                new NeuralNetConfiguration.Builder().seed(seed).updater(Updaters.of(train, iterations));
        return switch (model.kind()) {
            case FILE -> ModelFile.load(model.file().orElseThrow(), shape, target, seed);
            case MLP -> initialised(mlp(base, model, shape, target));
            case CNN -> initialised(cnn(base, model, image(model, shape), target));
            case PAPER_CNN ->
                initialised(new PaperCnn(model.width(), model.batchNorm())
                        .configuration(base, image(model, shape), target));
            case WRN ->
                initialised(
                        new WideResNet(model.depth(), model.width()).configuration(base, image(model, shape), target));
        };
    }

    private static Network initialised(MultiLayerConfiguration configuration) {
        checkSize(configuration.getConfs());
        return Network.of(new MultiLayerNetwork(configuration)).init();
    }

    private static Network initialised(ComputationGraphConfiguration configuration) {
        checkSize(configuration.getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf())
                .toList());
        return Network.of(new ComputationGraph(configuration)).init();
    }

    /** Deeplearning4j keeps all parameters in one array. */
    private static void checkSize(List<NeuralNetConfiguration> layers) {
        double parameters = layers.stream()
                .mapToDouble(layer -> layer.getLayer().initializer().numParams(layer))
                .sum();
        if (parameters > Integer.MAX_VALUE) {
            throw new InvalidModelException(String.format(
                    Locale.ROOT,
                    "the network must have at most %d parameters, got %.3g: make model.width or model.depth smaller",
                    Integer.MAX_VALUE,
                    parameters));
        }
    }

    private static InputShape image(ModelSettings model, InputShape shape) {
        if (!shape.isImage()) {
            throw new InvalidModelException(
                    "model.kind " + model.kind().key() + " needs images, but each example is a row of " + shape.inputs()
                            + " numbers: use model.kind = mlp");
        }
        return shape;
    }

    private static MultiLayerConfiguration mlp(
            NeuralNetConfiguration.Builder base, ModelSettings model, InputShape shape, Target target) {
        NeuralNetConfiguration.ListBuilder layers = list(base).setInputType(InputType.feedForward(shape.inputs()));
        for (int i = 0; i < model.depth(); i++) {
            activated(layers, new DenseLayer.Builder().nOut(model.width()), model.batchNorm());
        }
        return layers.layer(output(target)).build();
    }

    /** 3x3 convolutions, each followed by 2x2 max pooling while the image is at least 4 pixels wide and high. */
    private static MultiLayerConfiguration cnn(
            NeuralNetConfiguration.Builder base, ModelSettings model, InputShape shape, Target target) {
        NeuralNetConfiguration.ListBuilder layers =
                list(base).setInputType(InputType.convolutionalFlat(shape.height(), shape.width(), shape.channels()));
        int size = (Math.min(shape.height(), shape.width()) - 1) / model.stride() + 1;
        for (int i = 0; i < model.depth(); i++) {
            int stride = i == 0 ? model.stride() : 1;
            activated(
                    layers,
                    new ConvolutionLayer.Builder(3, 3)
                            .stride(stride, stride)
                            .nOut(model.width())
                            .convolutionMode(ConvolutionMode.Same),
                    model.batchNorm());
            if (size >= SMALLEST_POOLED) {
                layers.layer(new SubsamplingLayer.Builder(PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build());
                size /= 2;
            }
        }
        return layers.layer(output(target)).build();
    }

    private static NeuralNetConfiguration.ListBuilder list(NeuralNetConfiguration.Builder base) {
        return base.weightInit(WeightInit.RELU).activation(Activation.RELU).list();
    }

    /** The output layer. */
    static OutputLayer output(Target target) {
        return new OutputLayer.Builder(loss(target))
                .activation(activation(target))
                .nOut(target.outputs())
                .build();
    }

    /** What the output layer does to its sums. */
    public static Activation activation(Target target) {
        return target instanceof Target.Quantity ? Activation.IDENTITY : Activation.SOFTMAX;
    }

    /** What the output layer minimises. */
    public static ILossFunction loss(Target target) {
        return target instanceof Target.Classes classes ? crossEntropy(classes) : new LossMSE();
    }

    private static ILossFunction crossEntropy(Target.Classes classes) {
        if (!classes.weighted()) {
            return new LossMCXENT();
        }
        float[][] weights = new float[1][classes.outputs()];
        for (int i = 0; i < classes.outputs(); i++) {
            weights[0][i] = classes.weights().get(i).floatValue();
        }
        return new LossMCXENT(Nd4j.createFromArray(weights));
    }

    /** The layer, with batch normalisation between it and its ReLU if asked. */
    static void activated(
            NeuralNetConfiguration.ListBuilder layers, FeedForwardLayer.Builder<?> layer, boolean batchNorm) {
        if (batchNorm) {
            layers.layer(layer.activation(Activation.IDENTITY).build());
            layers.layer(new BatchNormalization.Builder()
                    .activation(Activation.IDENTITY)
                    .build());
            layers.layer(new ActivationLayer(Activation.RELU));
        } else {
            layers.layer(layer.build());
        }
    }
}
