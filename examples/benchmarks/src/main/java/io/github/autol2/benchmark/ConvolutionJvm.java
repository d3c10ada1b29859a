package io.github.autol2.benchmark;

import io.github.autol2.dl4j.onednn.OneDnn;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.model.PaperCnn;
import io.github.autol2.program.model.WideResNet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The JVM that {@link ConvolutionSpeed} starts. Arguments: network, batch size, most steps, whether with helpers, whether CPU time of this thread
 * counts. The last line is the median of the training steps and that of the forward passes, in milliseconds.
 */
final class ConvolutionJvm {

    private static final int CLASSES = 10;
    private static final int WARM_UP = 3;

    /** A slow network is measured in fewer steps: after this time no further step of warm-up or measurement begins. */
    private static final long MOST_NANOSECONDS = 8_000_000_000L;

    private static final InputShape COLOUR = new InputShape(3, 32, 32);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final DataSet batch;
    private final boolean cpuTime;
    private Runnable training;
    private Runnable forward;

    private ConvolutionJvm(String name, int size, boolean cpuTime) {
        this.cpuTime = cpuTime;
        INDArray labels = Nd4j.zeros(DataType.FLOAT, size, CLASSES);
        for (int row = 0; row < size; row++) {
            labels.putScalar(row, row % CLASSES, 1);
        }
        batch = new DataSet(Nd4j.rand(DataType.FLOAT, size, COLOUR.inputs()), labels);
        String[] parts = name.split("-", -1);
        NeuralNetConfiguration.Builder base = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.01, 0.9))
                .l2(1e-3);
        switch (parts[0]) {
            case "lenet" -> use(leNet(base));
            case "paper" ->
                use(new MultiLayerNetwork(
                        new PaperCnn(Integer.parseInt(parts[parts.length - 1]), name.startsWith("paper-cnn-bn"))
                                .configuration(base, COLOUR, Target.Classes.numbered(CLASSES))));
            case "wrn" ->
                use(new ComputationGraph(new WideResNet(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                        .configuration(base, COLOUR, Target.Classes.numbered(CLASSES))));
            default -> throw new IllegalArgumentException("no network " + name);
        }
    }

    public static void main(String[] arguments) {
        if (Boolean.parseBoolean(arguments[3])) {
            OneDnn.install();
        }
        ConvolutionJvm jvm =
                new ConvolutionJvm(arguments[0], Integer.parseInt(arguments[1]), Boolean.parseBoolean(arguments[4]));
        int steps = Integer.parseInt(arguments[2]);
        System.out.printf(Locale.ROOT, "%.3f %.3f%n", jvm.median(jvm.training, steps), jvm.median(jvm.forward, steps));
    }

    private void use(MultiLayerNetwork network) {
        network.init();
        training = () -> network.fit(batch);
        forward = () -> network.output(batch.getFeatures());
    }

    private void use(ComputationGraph network) {
        network.init();
        training = () -> network.fit(batch);
        forward = () -> network.output(batch.getFeatures());
    }

    private double median(Runnable step, int steps) {
        warmUp(step);
        double[] milliseconds = new double[steps];
        long begin = System.nanoTime();
        int measured = 0;
        while (measured < steps && (measured == 0 || System.nanoTime() - begin < MOST_NANOSECONDS)) {
            long start = now();
            step.run();
            milliseconds[measured++] = (now() - start) / 1e6;
        }
        Arrays.sort(milliseconds, 0, measured);
        return milliseconds[measured / 2];
    }

    private static void warmUp(Runnable step) {
        long begin = System.nanoTime();
        for (int i = 0; i < WARM_UP && (i == 0 || System.nanoTime() - begin < MOST_NANOSECONDS); i++) {
            step.run();
        }
    }

    private long now() {
        return cpuTime ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** LeCun et al. 1998 as Deeplearning4j's examples have it, on 32 x 32 colour images. */
    private static MultiLayerNetwork leNet(NeuralNetConfiguration.Builder base) {
        return new MultiLayerNetwork(base.weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .list()
                .setInputType(InputType.convolutionalFlat(COLOUR.height(), COLOUR.width(), COLOUR.channels()))
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
                .layer(pool())
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
                .layer(pool())
                .layer(new DenseLayer.Builder().nOut(500).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .build());
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
