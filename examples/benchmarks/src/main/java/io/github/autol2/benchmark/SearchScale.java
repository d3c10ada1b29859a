package io.github.autol2.benchmark;

import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.TpeGenerator;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.store.JsonStore;
import io.github.autol2.arbiter.store.SearchFolder;
import io.github.autol2.files.PartsFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many candidates the driver of a search can serve: thousands of trainings that only wait, in many slots. */
@Command(
        name = "search-scale",
        mixinStandardHelpOptions = true,
        description = "Simulate a large search: what a candidate costs the driver in time and in memory.")
public final class SearchScale implements Callable<Integer> {

    @Option(names = "--candidates", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int candidates;

    @Option(names = "--slots", defaultValue = "1000", description = "Trainings at a time; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--generator",
            defaultValue = "random",
            description = "random or tpe, which uses eight slots; default: ${DEFAULT-VALUE}.")
    private String generator;

    @Option(names = "--folder", description = "Keep the candidates in this folder, which must be empty; default: none.")
    private Optional<Path> folder = Optional.empty();

    /**
     * What a search came to.
     *
     * @param driverSeconds of the processor, on the driver's thread
     * @param megabytes     of the heap in use after a collection of garbage, more than before the search
     */
    record Outcome(String pruning, int finished, int pruned, double seconds, double driverSeconds, double megabytes) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchScale()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<String[]> rows = new ArrayList<>();
        for (Pruning pruning :
                List.of(Pruning.none(), Pruning.asha(SimulatedSearch.BUDGET), Pruning.median(SimulatedSearch.BUDGET))) {
            Outcome outcome =
                    search(candidates, slots, generator, pruning, folder.map(path -> path.resolve(name(pruning))));
            rows.add(new String[] {
                outcome.pruning,
                Integer.toString(outcome.finished),
                Integer.toString(outcome.pruned),
                String.format(Locale.ROOT, "%.1f", outcome.seconds),
                String.format(Locale.ROOT, "%.0f", candidates / outcome.seconds),
                String.format(Locale.ROOT, "%.2f", 1000 * outcome.driverSeconds / candidates),
                String.format(Locale.ROOT, "%.1f", outcome.megabytes)
            });
        }
        Tables.print(
                rows,
                "pruning",
                "finished",
                "pruned",
                "seconds",
                "candidates/s",
                "driver ms/candidate",
                "heap MB more");
        return 0;
    }

    static Outcome search(int candidates, int slots, String generator, Pruning pruning, Optional<Path> folder) {
        long before = usedBytes();
        boolean learns = generator.equals("tpe");
        LambdaGenerator proposals = new LambdaGenerator(inner(learns));
        proposals.setRngSeed(1);
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(proposals)
                .terminationConditions(new MaxCandidatesCondition(candidates))
                .build();
        SimulatedSearch search = new SimulatedSearch(
                configuration,
                learns,
                pruning,
                slots,
                folder.map(path -> new SearchFolder(new JsonStore(new PartsFolder(path)), "simulated")));
        long start = System.nanoTime();
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        search.execute();
        double seconds = (System.nanoTime() - start) / 1e9;
        double driver = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e9;
        double megabytes = (usedBytes() - before) / 1e6;
        return new Outcome(
                name(pruning), search.status().completed(), search.status().pruned(), seconds, driver, megabytes);
    }

    private static CandidateGenerator inner(boolean learns) {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .updater(new NesterovsSpace(
                        new ContinuousParameterSpace(new LogUniformDistribution(1e-3, 1)), new FixedValue<>(0.9)))
                .setInputType(InputType.feedForward(20))
                .addLayer(
                        new DenseLayerSpace.Builder()
                                .nOut(new IntegerParameterSpace(8, 512))
                                .build(),
                        new IntegerParameterSpace(1, 4))
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(5)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .build();
        return learns ? new TpeGenerator(space, false, 1) : new RandomSearchGenerator(space);
    }

    private static String name(Pruning pruning) {
        return pruning.equals(Pruning.none())
                ? "none"
                : pruning.equals(Pruning.asha(SimulatedSearch.BUDGET)) ? "asha" : "median";
    }

    /** Twice, because what a finaliser or a reference queue held is free only then. */
    private static long usedBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
