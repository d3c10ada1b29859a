package io.github.autol2.program.model;

import io.github.autol2.config.Range;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * Wide ResNet N-k (Zagoruyko and Komodakis, arXiv:1605.07146v4, Table 1), the network of most experiments in arXiv:2006.08643.
 *
 * <p>A 3 x 3 convolution to 16 channels; three groups of n = (N - 4) / 6 blocks with 16 k, 32 k and 64 k channels, of which the second
 * and third halve the image; batch normalisation, ReLU, the mean over the image, softmax. A block is pre-activated: twice batch
 * normalisation, ReLU and a 3 x 3 convolution, added to its input. Where channels or size change, which is in the first block of a group
 * (except for k = 1 in the first group), a 1 x 1 convolution of the block's first activation takes the place of the input. No
 * convolution has a bias, so all that L2 sees are the weights of the convolutions and of the output. No dropout.
 *
 * <p>28-10 with 10 classes on three colours has 36,479,194 parameters that are trained. Deeplearning4j's {@code numParams()} also counts
 * the running mean and variance of the 8,976 normalised channels, which are not: 36,497,146. The code beside arXiv:2006.08643 takes 3 x 3
 * convolutions of the block's input for the shortcuts, in the first group always; here they are those of the original network.
 *
 * @param depth N, the number of convolutions on the longest way plus one: 6 n + 4 with n at least 1
 * @param width k, at least 1
 */
public record WideResNet(int depth, int width) {

    private static final Range WIDTH = Range.atLeast(1);
    private static final int FIRST_CHANNELS = 16;
    private static final int GROUPS = 3;

    public WideResNet {
        ModelSettings.WRN_DEPTH.check("depth", depth);
        WIDTH.check("width", width);
    }

    /**
     * The configuration for rows that hold one image each, channel by channel.
     *
     * @param base   has the seed and the updater; gets the initialisation of He
     * @param target what the outputs mean
     */
    public ComputationGraphConfiguration configuration(
            NeuralNetConfiguration.Builder base, InputShape image, Target target) {
        GraphBuilder graph = base.weightInit(WeightInit.RELU)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(InputType.convolutionalFlat(image.height(), image.width(), image.channels()));
        graph.addLayer("conv", convolution(3, 1, FIRST_CHANNELS), "image");
        String last = "conv";
        int blocks = (depth - 4) / 6;
        int channels = FIRST_CHANNELS;
        for (int group = 0; group < GROUPS; group++) {
            int groupChannels = (FIRST_CHANNELS << group) * width;
            for (int block = 0; block < blocks; block++) {
                int stride = group > 0 && block == 0 ? 2 : 1;
                last = block(graph, "g" + (group + 1) + "b" + (block + 1), last, channels, groupChannels, stride);
                channels = groupChannels;
            }
        }
        graph.addLayer(
                "mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), activated(graph, "final", last));
        graph.addLayer("output", Models.output(target), "mean");
        return graph.setOutputs("output").build();
    }

    /** Adds a block and gives the name of its last vertex. */
    private static String block(
            GraphBuilder graph, String name, String input, int channelsBefore, int channels, int stride) {
        String first = activated(graph, name + "-1", input);
        graph.addLayer(name + "-1-conv", convolution(3, stride, channels), first);
        graph.addLayer(name + "-2-conv", convolution(3, 1, channels), activated(graph, name + "-2", name + "-1-conv"));
        String shortcut = input;
        if (channelsBefore != channels || stride > 1) {
            shortcut = name + "-shortcut";
            graph.addLayer(shortcut, convolution(1, stride, channels), first);
        }
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), name + "-2-conv", shortcut);
        return name;
    }

    /** Adds batch normalisation and ReLU and gives the name of the latter. */
    private static String activated(GraphBuilder graph, String name, String input) {
        graph.addLayer(
                name + "-norm",
                new BatchNormalization.Builder().activation(Activation.IDENTITY).build(),
                input);
        graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), name + "-norm");
        return name + "-relu";
    }

    private static ConvolutionLayer convolution(int side, int stride, int channels) {
        return new ConvolutionLayer.Builder(side, side)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(channels)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
    }
}
