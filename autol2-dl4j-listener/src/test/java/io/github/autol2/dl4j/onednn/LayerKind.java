package io.github.autol2.dl4j.onednn;

import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.nd4j.linalg.activations.Activation;

/** Layers after a first 3 x 3 convolution, or instead of it, for networks with and without helpers. */
enum LayerKind {
    /** Padding to the same size. */
    SAME(layers -> layers.layer(same().build())),
    TRUNCATE(layers ->
            layers.layer(plain().convolutionMode(ConvolutionMode.Truncate).build())),
    PADDED(layers -> layers.layer(plain().padding(2, 1).build())),
    STRIDED(layers -> layers.layer(same().stride(2, 2).build())),
    STRIDED_UNEVENLY(layers -> layers.layer(same().stride(2, 1).build())),
    DILATED(layers -> layers.layer(same().dilation(2, 2).build())),
    ONE_PIXEL(layers -> layers.layer(new ConvolutionLayer.Builder(1, 1)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Same)
            .nOut(5)
            .build())),
    EVEN_KERNEL(layers -> layers.layer(new ConvolutionLayer.Builder(4, 2)
            .convolutionMode(ConvolutionMode.Same)
            .nOut(5)
            .build())),
    NO_BIAS(layers -> layers.layer(same().hasBias(false).build())),
    IDENTITY(layers -> layers.layer(same().activation(Activation.IDENTITY).build())),
    TANH(layers -> layers.layer(same().activation(Activation.TANH).build())),
    DROP_CONNECT(layers -> layers.layer(same().weightNoise(new DropConnect(0.8)).build())),
    DROPOUT(layers -> layers.layer(same().dropOut(0.8).build())),
    BATCH_NORM(layers -> layers.layer(same().activation(Activation.IDENTITY).build())
            .layer(new BatchNormalization.Builder()
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new ActivationLayer(Activation.RELU))),
    BATCH_NORM_WITH_VARIANCE(layers ->
            layers.layer(new BatchNormalization.Builder().useLogStd(false).build())),
    BATCH_NORM_LOCKED(layers ->
            layers.layer(new BatchNormalization.Builder().lockGammaBeta(true).build())),
    BATCH_NORM_AFTER_DENSE(layers ->
            layers.layer(new DenseLayer.Builder().nOut(6).build()).layer(new BatchNormalization.Builder().build())),
    MAXIMA(layers -> layers.layer(pool(PoolingType.MAX).build())),
    MAXIMA_PADDED(layers -> layers.layer(pool(PoolingType.MAX).padding(1, 1).build())),
    MEANS(layers -> layers.layer(pool(PoolingType.AVG).build())),
    MEANS_PADDED(layers -> layers.layer(pool(PoolingType.AVG).padding(1, 1).build())),
    MEANS_WITH_THE_PADDING(layers -> layers.layer(
            pool(PoolingType.AVG).padding(1, 1).avgPoolIncludePadInDivisor(true).build())),
    NORMS(layers -> layers.layer(pool(PoolingType.PNORM).pnorm(2).build())),
    GLOBAL_MEANS(layers -> layers.layer(new GlobalPoolingLayer(PoolingType.AVG))),
    UPSAMPLING(layers -> layers.layer(new Upsampling2D.Builder(2).build())),
    DECONVOLUTION(layers ->
            layers.layer(new Deconvolution2D.Builder(2, 2).stride(2, 2).nOut(4).build())),
    DEPTHWISE(layers -> layers.layer(
            new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).nOut(8).build())),
    SEPARABLE(layers ->
            layers.layer(new SeparableConvolution2D.Builder(3, 3).nOut(5).build())),
    LOCAL_RESPONSE(layers -> layers.layer(new LocalResponseNormalization.Builder().build())),
    FROZEN(layers -> layers.layer(new FrozenLayer(same().build()))),
    DENSE(layers -> layers.layer(new DenseLayer.Builder().nOut(6).build()));

    private final Consumer<ListBuilder> layers;

    LayerKind(Consumer<ListBuilder> layers) {
        this.layers = layers;
    }

    void addTo(ListBuilder network) {
        network.layer(same().nOut(4).build());
        layers.accept(network);
    }

    private static ConvolutionLayer.Builder plain() {
        return new ConvolutionLayer.Builder(3, 3).nOut(5);
    }

    private static ConvolutionLayer.Builder same() {
        return plain().convolutionMode(ConvolutionMode.Same);
    }

    private static SubsamplingLayer.Builder pool(PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(3, 3).stride(2, 2);
    }
}
