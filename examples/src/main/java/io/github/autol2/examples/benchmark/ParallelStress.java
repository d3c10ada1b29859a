package io.github.autol2.examples.benchmark;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.dl4j.NativeFence;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Several threads train in JVMs with a tiny young generation, which collect garbage all the time: without the fence ND4J M2.1 crashes
 * them. And what the fence costs.
 */
@Command(name = "parallel-stress", mixinStandardHelpOptions = true,
        description = "Train on several threads under frequent garbage collections, without and with the native fence.")
public final class ParallelStress implements Callable<Integer> {

    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final int BATCH = 32;

    @Option(names = "--runs", defaultValue = "5", description = "JVMs of each kind; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seconds", defaultValue = "20", description = "Of each JVM; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--threads", defaultValue = "4", description = "Of each JVM; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", defaultValue = "20", description = "Pairs without and with the fence for its cost; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--child", hidden = true)
    private Work child;

    @Option(names = "--fence", hidden = true)
    private boolean fence;

    /** What the threads do. */
    enum Work {
        TRAINING, BROADCAST
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ParallelStress()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (child != null) {
            work();
            return 0;
        }
        List<String[]> rows = new ArrayList<>();
        for (Work work : Work.values()) {
            for (boolean fenced : new boolean[] {false, true}) {
                for (int run = 1; run <= runs; run++) {
                    rows.add(start(work, fenced, run));
                    System.out.println(String.join(" | ", rows.get(rows.size() - 1)));
                }
            }
        }
        print(rows, "work", "fence", "run", "end", "steps", "collections");
        cost();
        return 0;
    }

    /** One JVM. */
    private String[] start(Work work, boolean fenced, int run) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("autol2-stress");
        Path output = folder.resolve("output");
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmn2m", "-Xmx1g",
                "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("hs_err.log"), "-cp",
                System.getProperty("java.class.path"), ParallelStress.class.getName(), "--child", work.name(), "--threads",
                Integer.toString(threads), "--seconds", Integer.toString(seconds)));
        if (fenced) {
            line.add("--fence");
        }
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).directory(folder.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        boolean ended = process.waitFor(seconds * 4L + 60, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(output);
        String last = lines.stream().filter(text -> text.startsWith("steps ")).reduce((a, b) -> b).orElse("steps ? collections ?");
        String[] words = last.split(" ");
        String end = !ended ? "hangs" : process.exitValue() == 0 ? "survived" : crash(process.exitValue(), folder.resolve("hs_err.log"));
        return new String[] {work.name().toLowerCase(Locale.ROOT), fenced ? "yes" : "no", Integer.toString(run), end, words[1], words[3]};
    }

    private static String crash(int exitValue, Path report) throws IOException {
        if (!Files.exists(report)) {
            return "exit code " + exitValue;
        }
        return "crashed: " + Files.readAllLines(report).stream().filter(line -> line.contains("SIG")).findFirst().orElse("?")
                .replaceAll("[# ]*(SIG[A-Z]+).*", "$1");
    }

    /** In the child. Tells how far it is once a second, as it may not live to tell the end. */
    private void work() throws InterruptedException {
        if (fence) {
            NativeFence.install();
        }
        AtomicLong steps = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> workers = start(child, threads, steps, end);
        while (System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
            System.out.println("steps " + steps + " collections " + collections());
        }
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.println("steps " + steps + " collections " + collections());
    }

    private static List<Thread> start(Work work, int threads, AtomicLong steps, long end) {
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(work == Work.TRAINING ? () -> train(i, steps, end) : () -> broadcast(steps, end))).toList();
        workers.forEach(Thread::start);
        return workers;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    private static void train(long seed, AtomicLong steps, long end) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(seed + 1).updater(new Nesterovs(0.05, 0.9))
                .l2(1e-3).activation(Activation.RELU).list()
                .layer(new DenseLayer.Builder().nIn(FEATURES).nOut(32).build())
                .layer(new DenseLayer.Builder().nIn(32).nOut(32).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).nIn(32).nOut(CLASSES).build()).build());
        network.init();
        while (System.nanoTime() < end) {
            INDArray labels = Nd4j.zeros(BATCH, CLASSES);
            for (int row = 0; row < BATCH; row++) {
                labels.putScalar(row, row % CLASSES, 1);
            }
            network.fit(new DataSet(Nd4j.rand(BATCH, FEATURES).muli(2).subi(1), labels));
            network.output(Nd4j.rand(BATCH, FEATURES)).argMax(1);
            steps.incrementAndGet();
        }
    }

    private static void broadcast(AtomicLong steps, long end) {
        while (System.nanoTime() < end) {
            INDArray sum = Nd4j.rand(BATCH, FEATURES).addRowVector(Nd4j.rand(1, FEATURES)).mulColumnVector(Nd4j.rand(BATCH, 1));
            if (Double.isNaN(sum.sub(sum.mean(0)).sumNumber().doubleValue())) {
                throw new IllegalStateException("numbers in [0, 2] have a NaN sum");
            }
            steps.incrementAndGet();
        }
    }

    /** Rounds of a second without and with the fence, in turn, in this JVM with its ordinary heap. */
    private void cost() throws InterruptedException {
        double[] ratios = new double[rounds];
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        for (int round = -2; round < rounds; round++) { // the first two warm up
            double[] rate = new double[2];
            for (int turn = 0; turn < 2; turn++) {
                boolean fenced = (turn + round) % 2 == 0;
                if (fenced) {
                    NativeFence.install();
                } else {
                    NativeFence.remove();
                }
                rate[fenced ? 1 : 0] = rate(cores);
            }
            if (round >= 0) {
                ratios[round] = rate[1] / rate[0];
            }
        }
        NativeFence.remove();
        System.out.printf(Locale.ROOT, "Training steps a second with the fence / without, %d threads, %d pairs: median %.3f, quartiles %.3f and "
                + "%.3f, mean %.3f +- %.3f%n", cores, rounds, StatUtils.percentile(ratios, 50), StatUtils.percentile(ratios, 25),
                StatUtils.percentile(ratios, 75), StatUtils.mean(ratios), Math.sqrt(StatUtils.variance(ratios) / ratios.length));
    }

    private static double rate(int threads) throws InterruptedException {
        AtomicLong steps = new AtomicLong();
        long start = System.nanoTime();
        for (Thread worker : start(Work.TRAINING, threads, steps, start + TimeUnit.SECONDS.toNanos(1))) {
            worker.join();
        }
        return steps.get() / ((System.nanoTime() - start) / 1e9);
    }

    private static void print(List<String[]> rows, String... header) {
        System.out.println(AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows.toArray(String[][]::new)));
    }
}
