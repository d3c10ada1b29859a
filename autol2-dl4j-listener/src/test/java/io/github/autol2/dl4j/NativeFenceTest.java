package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class NativeFenceTest {

    @TempDir
    private Path folder;

    @AfterEach
    void takeItAway() {
        NativeFence.remove();
    }

    @Test
    void isInstalledOnceAndTakenAway() {
        OpExecutioner before = Nd4j.getExecutioner();
        assertThat(NativeFence.isInstalled()).isFalse();

        NativeFence.install();
        OpExecutioner fenced = Nd4j.getExecutioner();
        NativeFence.install();

        assertThat(NativeFence.isInstalled()).isTrue();
        assertThat(Nd4j.getExecutioner()).isSameAs(fenced).isNotSameAs(before);
        NativeFence.remove();
        NativeFence.remove();
        assertThat(NativeFence.isInstalled()).isFalse();
        assertThat(Nd4j.getExecutioner()).isSameAs(before);
    }

    @Test
    void trainingHasTheSameResultToTheLastBit() {
        INDArray without = trained(1).params();
        NativeFence.install();
        INDArray with = trained(1).params();

        assertThat(with.toFloatVector()).isEqualTo(without.toFloatVector());
    }

    @Test
    void operationsThatFailDoSoInTheSameWay() {
        INDArray one = Nd4j.zeros(2, 3);
        Throwable before = failure(() -> one.mmul(Nd4j.zeros(2, 3)));
        Throwable operation = failure(() -> one.addi(Nd4j.zeros(5, 5)));
        NativeFence.install();

        assertThatThrownBy(() -> one.mmul(Nd4j.zeros(2, 3))).isExactlyInstanceOf(before.getClass()).hasMessage(before.getMessage());
        assertThatThrownBy(() -> one.addi(Nd4j.zeros(5, 5))).isExactlyInstanceOf(operation.getClass()).hasMessage(operation.getMessage());
    }

    private static Throwable failure(Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("did not fail");
    }

    /** Broadcasts on four threads with a tiny young generation crash a JVM without the fence within seconds. */
    @Test
    void parallelOperationsSurviveFrequentCollections() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmn2m", "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("hs_err.log"), "-cp",
                System.getProperty("java.class.path"), Stress.class.getName()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("hs_err.log")).doesNotExist();
    }

    /** In a JVM of its own. */
    static final class Stress {

        public static void main(String[] arguments) throws InterruptedException {
            NativeFence.install();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> {
                    while (System.nanoTime() < end) {
                        Nd4j.rand(32, 64).addRowVector(Nd4j.rand(1, 64)).mulColumnVector(Nd4j.rand(32, 1)).sumNumber();
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static MultiLayerNetwork trained(long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(seed)
                .updater(new Adam(0.01)).list()
                .layer(new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(2).build())
                .layer(new BatchNormalization())
                .layer(new OutputLayer.Builder().nOut(3)
                        .activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutionalFlat(6, 6, 1)).build());
        network.init();
        INDArray labels = Nd4j.zeros(8, 3);
        for (int row = 0; row < 8; row++) {
            labels.putScalar(row, row % 3, 1);
        }
        for (int step = 0; step < 20; step++) {
            network.fit(new DataSet(Nd4j.linspace(-1, 1, 8 * 36).reshape(8, 36).mul(1 + step), labels));
        }
        return network;
    }
}
