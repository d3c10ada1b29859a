package io.github.autol2.program.model;

import io.github.autol2.config.Range;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The convolutional network of arXiv:2006.08643, Figure 3, with or without batch normalisation:
 *
 * <pre>
 * conv(c, stride 1), conv(c, stride 2), pool, conv(c, stride 1), conv(c, stride 2), pool, dense(5 c / 3), softmax
 * </pre>
 *
 * with c = 300 in the paper, and maxima over 6 x 6 pixels at every place (stride 1, no padding). An image of 32 x 32 pixels becomes
 * 32, 16, 11, 11, 6 and 1 pixels wide, which is where the 6 comes from; on smaller images the pools are as large as the image allows.
 *
 * <p><b>Not read off the PDF.</b> The order of the layers, c, the strides and the pools are what we know of the paper's supplement, without
 * its text at hand; that they end at exactly one pixel speaks for them. Assumed: 3 x 3 convolutions that keep the size (padding
 * "same"), a ReLU after every convolution and after the dense layer, batch normalisation between each of them and its ReLU, the
 * initialisation of He.
 *
 * @param channels  c, at least 1
 * @param batchNorm whether each hidden layer is followed by batch normalisation
 */
public record PaperCnn(int channels, boolean batchNorm) {

    /** c in the paper. */
    public static final int CHANNELS = 300;

    private static final Range COUNT = Range.atLeast(1);
    private static final int POOL = 6;

    public PaperCnn {
        COUNT.check("channels", channels);
    }

    /**
     * The configuration for rows that hold one image each, channel by channel.
     *
     * @param base   has the seed and the updater; gets the initialisation of He
     * @param target what the outputs mean
     */
    public MultiLayerConfiguration configuration(NeuralNetConfiguration.Builder base, InputShape image, Target target) {
        ListBuilder layers = base.weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .list()
                .setInputType(InputType.convolutionalFlat(image.height(), image.width(), image.channels()));
        int height = image.height();
        int width = image.width();
        for (int half = 0; half < 2; half++) {
            Models.activated(layers, convolution(1), batchNorm);
            Models.activated(layers, convolution(2), batchNorm);
            int[] pool = {Math.min(POOL, halved(height)), Math.min(POOL, halved(width))};
            layers.layer(new SubsamplingLayer.Builder(PoolingType.MAX)
                    .kernelSize(pool)
                    .stride(1, 1)
                    .build());
            height = halved(height) - pool[0] + 1;
            width = halved(width) - pool[1] + 1;
        }
        Models.activated(layers, new DenseLayer.Builder().nOut(Math.max(1, (int) (5L * channels / 3))), batchNorm);
        return layers.layer(Models.output(target)).build();
    }

    private ConvolutionLayer.Builder convolution(int stride) {
        return new ConvolutionLayer.Builder(3, 3)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(channels);
    }

    private static int halved(int pixels) {
        return (pixels + 1) / 2;
    }
}
