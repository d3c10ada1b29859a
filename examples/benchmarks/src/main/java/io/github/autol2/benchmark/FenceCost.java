package io.github.autol2.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.github.autol2.dl4j.fence.FencedArrayFactory;
import io.github.autol2.dl4j.fence.FencedExecutioner;
import io.github.autol2.dl4j.fence.FencedMemoryManager;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hipparchus.stat.StatUtils;
import org.nd4j.linalg.api.memory.MemoryManager;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.cpu.nativecpu.CpuMemoryManager;
import org.nd4j.linalg.cpu.nativecpu.CpuNDArrayFactory;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;
import org.nd4j.linalg.factory.NDArrayFactory;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the fence costs: the training step of {@link StressedJvm}, whose operations are small, in blocks with and without the fence in
 * turn, in one JVM. Times are the processor's (all threads: garbage collection and freeing, too), which other programs disturb least.
 */
@Command(
        name = "fence-cost",
        mixinStandardHelpOptions = true,
        description = "Measure the training step with and without the fence.")
public final class FenceCost implements Callable<Integer> {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Pairs that are not counted; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--pairs", defaultValue = "100", description = "Pairs of blocks; default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(
            names = "--steps",
            defaultValue = "300",
            description = "Training steps in a block; default: ${DEFAULT-VALUE}.")
    private int steps;

    /** The classes that ND4J works with. */
    private record Backend(OpExecutioner executioner, NDArrayFactory factory, MemoryManager memoryManager) {

        private static Backend plain() {
            return new Backend(
                    new NativeOpExecutioner(),
                    new CpuNDArrayFactory(Nd4j.dataType(), Nd4j.order()),
                    new CpuMemoryManager());
        }

        private static Backend fenced() {
            return new Backend(
                    new FencedExecutioner(),
                    new FencedArrayFactory(Nd4j.dataType(), Nd4j.order()),
                    new FencedMemoryManager());
        }

        /** ND4J has no way to change two of them once it is loaded. */
        private void use() throws ReflectiveOperationException {
            set("OP_EXECUTIONER_INSTANCE", executioner);
            set("memoryManager", memoryManager);
            Nd4j.setFactory(factory);
        }

        private static void set(String name, Object value) throws ReflectiveOperationException {
            Field field = Nd4j.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(null, value);
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FenceCost()).execute(arguments));
    }

    @Override
    public Integer call() throws ReflectiveOperationException {
        Runnable step = StressedJvm.Work.TRAINING.step(1);
        Backend[] backends = {Backend.plain(), Backend.fenced()};
        double[] ratios = new double[pairs];
        double[] plain = new double[pairs];
        double[] again = new double[pairs];
        for (int pair = -warmUp; pair < pairs; pair++) {
            double[] times = new double[2];
            for (int turn = 0; turn < 2; turn++) {
                int which = Math.floorMod(pair + turn, 2); // nobody always runs first
                times[which] = block(backends[which], step);
            }
            if (pair >= 0) {
                plain[pair] = times[0];
                ratios[pair] = times[0] / times[1];
                again[pair] = times[0] / block(backends[0], step);
            }
        }
        System.out.printf(Locale.ROOT, "microseconds a step without the fence: %s%n", spread("%.1f", plain));
        System.out.printf(
                Locale.ROOT, "steps a second, fenced to plain, %d pairs: %s%n", pairs, spread("%.3f", ratios));
        System.out.printf(Locale.ROOT, "plain to plain, for the noise: %s%n", spread("%.3f", again));
        return 0;
    }

    /** Microseconds a step. */
    private double block(Backend backend, Runnable step) throws ReflectiveOperationException {
        backend.use();
        long start = PROCESS.getProcessCpuTime();
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return (PROCESS.getProcessCpuTime() - start) / 1e3 / steps;
    }

    private static String spread(String format, double[] values) {
        return String.format(
                Locale.ROOT,
                format.replaceAll(".+", "median $0 (quartiles $0 to $0, all $0 to $0)"),
                StatUtils.percentile(values, 50),
                StatUtils.percentile(values, 25),
                StatUtils.percentile(values, 75),
                StatUtils.min(values),
                StatUtils.max(values));
    }
}
