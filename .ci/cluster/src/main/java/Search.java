import io.github.autol2.arbiter.BestModelSaver;
import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.SearchRunnerBuilder;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.program.search.OnSpark;
import io.github.autol2.program.search.QuestionsOnSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What a search on Spark promises: the same candidates, lambdas, scores and best network as on one machine, bit for bit, whichever executor
 * is killed, and also if the driver is. Any failure is an exception.
 */
public final class Search {

    private static final int WORKERS = 2;
    private static final int CANDIDATES = 24;
    private static final Pruning ASHA = Pruning.asha(160);

    /**
     * @param arguments the folder to work in; how many executors are killed, each in a search of its own; how many drivers
     */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        if (arguments[1].startsWith("spark://")) { // a driver that may be killed
            try (JavaSparkContext context = Cluster.context(arguments[1], work)) {
                runner(WORKERS, context, work).folder(work.resolve("parts")).build().execute();
            }
            return;
        }
        long start = System.nanoTime();
        SearchRunner alone = new SearchRunner(1, configuration(work.resolve("alone.zip")));
        alone.execute();
        Results.tell(
                "search on one machine",
                seconds(start) + " s, " + alone.numCandidatesCompleted() + " candidates finished, "
                        + alone.numCandidatesFailed() + " failed");
        Results.require(alone.numCandidatesCompleted() > CANDIDATES / 2, "most candidates must finish");
        double local = onThisMachine(alone, work);
        try (Standalone cluster = new Standalone(work, WORKERS)) {
            prune(cluster, work);
            killExecutors(Integer.parseInt(arguments[1]), cluster, alone, local, work);
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                killTheDriver(i, cluster, alone, work);
            }
        }
    }

    /** @return how many seconds the same search takes with as many threads as there are workers, in a virtual machine that is warm */
    private static double onThisMachine(SearchRunner alone, Path work) throws Exception {
        long start = System.nanoTime();
        SearchRunner runner = new SearchRunner(WORKERS, configuration(work.resolve("best.zip")));
        runner.execute();
        double seconds = seconds(start);
        check(runner, alone, work);
        return seconds;
    }

    private static void prune(Standalone cluster, Path work) throws Exception {
        SearchRunner thread = SearchRunner.builder(1, configuration(work.resolve("pruned.zip"))).pruning(ASHA).build();
        thread.execute();
        Results.require(thread.numCandidatesPruned() > 0, "a candidate must be given up");
        System.setProperty("spark.plugins", QuestionsOnSpark.class.getName());
        try (JavaSparkContext context = Cluster.context(cluster.address(), work)) {
            SearchRunner one = runner(1, context, work).pruning(ASHA).build();
            one.execute();
            check(one, thread, work, "pruned.zip");
            SearchRunner two = runner(WORKERS, context, work).pruning(ASHA).build();
            cluster.killAnExecutorIn(2000, 0);
            two.execute();
            Results.require(cluster.killed(), "an executor must have been killed");
            Results.require(two.numCandidatesFailed() == 0, "no candidate may fail: " + told(two));
            Results.tell(
                    "search with pruning, one job at a time",
                    "the results of one thread, " + one.numCandidatesPruned() + " of " + CANDIDATES + " given up");
            Results.tell(
                    "search with pruning, two jobs, an executor killed",
                    two.numCandidatesPruned() + " given up, none failed, decided by timing " + two.decidedByTiming());
        } finally {
            System.clearProperty("spark.plugins");
        }
    }

    private static void killExecutors(int kills, Standalone cluster, SearchRunner alone, double local, Path work)
            throws Exception {
        try (JavaSparkContext context = Cluster.context(cluster.address(), work)) {
            AtomicInteger jobs = new AtomicInteger();
            AtomicInteger tasks = new AtomicInteger();
            context.sc().addSparkListener(new SparkListener() {
                @Override
                public void onJobStart(SparkListenerJobStart job) {
                    jobs.incrementAndGet();
                }

                @Override
                public void onTaskStart(SparkListenerTaskStart task) {
                    tasks.incrementAndGet();
                }
            });
            search(context, alone, work); // with executors that have to start first
            long start = System.nanoTime();
            search(context, alone, work);
            double calm = seconds(start);
            Results.tell("search without a kill", calm + " s, " + jobs + " jobs in two searches");
            Results.tell(
                    "a candidate on Spark, the same without it",
                    Math.round(1000 * calm / CANDIDATES) + " ms, " + Math.round(1000 * local / CANDIDATES)
                            + " ms, both " + WORKERS + " at a time");
            context.sc().listenerBus().waitUntilEmpty();
            Results.require(jobs.get() == tasks.get(), "each job must run once");
            Random random = new Random(kills);
            int hit = 0;
            for (int i = 0; i < kills; i++) {
                int before = tasks.get() - jobs.get();
                long moment = (long) (random.nextDouble() * 1000 * calm);
                cluster.killAnExecutorIn(moment, random.nextInt(WORKERS));
                search(context, alone, work);
                Results.require(cluster.killed(), "an executor must have been killed");
                context.sc().listenerBus().waitUntilEmpty();
                int again = tasks.get() - jobs.get() - before;
                Results.require(again <= 1, "only what ran on the executor may run again, got " + again);
                hit += again;
            }
            Results.tell(
                    "search, " + kills + " executors killed, " + hit + " at work",
                    "the same results and best network each time, no other job ran again");
        }
    }

    private static void search(JavaSparkContext context, SearchRunner alone, Path work) throws Exception {
        SearchRunner runner = runner(WORKERS, context, work).build();
        runner.execute();
        check(runner, alone, work);
    }

    private static void killTheDriver(int number, Standalone cluster, SearchRunner alone, Path work) throws Exception {
        int begun = 1 + new Random(number).nextInt(CANDIDATES - WORKERS);
        Path parts = work.resolve("parts");
        Process driver = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx1g",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "Search",
                        work.toString(),
                        cluster.address())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("driver.log").toFile())
                .start();
        while (candidates(parts) < begun) {
            Results.require(driver.isAlive(), "the driver ended before it was killed");
            Thread.sleep(5);
        }
        driver.destroyForcibly().waitFor();
        int there = candidates(parts);
        try (JavaSparkContext context = Cluster.context(cluster.address(), work)) {
            SearchRunner runner = runner(WORKERS, context, work).folder(parts).build();
            runner.execute();
            check(runner, alone, work);
        }
        Results.tell(
                "search, driver killed with " + there + " candidates begun",
                "resumed: the same results and best network");
        delete(parts);
    }

    private static int candidates(Path parts) throws Exception {
        if (!Files.exists(parts)) {
            return 0;
        }
        try (var files = Files.list(parts)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith("candidate-"))
                    .count();
        }
    }

    private static void delete(Path parts) throws Exception {
        try (var files = Files.list(parts)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(parts);
    }

    private static SearchRunnerBuilder runner(int jobs, JavaSparkContext context, Path work) {
        return SearchRunner.builder(jobs, configuration(work.resolve("best.zip"))).cluster(new OnSpark(context));
    }

    private static void check(SearchRunner found, SearchRunner alone, Path work) throws Exception {
        check(found, alone, work, "alone.zip");
    }

    private static void check(SearchRunner found, SearchRunner alone, Path work, String model) throws Exception {
        Results.require(told(found).equals(told(alone)), "results must be those of one machine: " + told(found));
        Path best = work.resolve("best.zip");
        Results.require(
                new BestModelSaver(best.toString(), false).best().params()
                        .equals(new BestModelSaver(work.resolve(model).toString(), false).best().params()),
                "the best network must be that of one machine");
        Files.delete(best);
    }

    /** All but times and stack traces. */
    private static List<String> told(SearchRunner runner) {
        List<String> told = new ArrayList<>();
        runner.outcomes().forEach(outcome -> told.add(outcome.candidate() + " " + outcome.ending().status() + " "
                + outcome.ending().reason() + " " + outcome.iterations() + " " + outcome.calibrationIterations()));
        runner.getCandidateStatus()
                .forEach(info -> told.add(info.getScore() + " " + Arrays.toString(info.getFlatParams())));
        return told;
    }

    private static double seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }

    private static OptimizationConfiguration configuration(Path model) {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .updater(new NesterovsSpace(
                        new ContinuousParameterSpace(new LogUniformDistribution(0.03, 0.2)), new FixedValue<>(0.9)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new IntegerParameterSpace(4, 12))
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .numEpochs(40)
                .build();
        LambdaOptions options = LambdaOptions.refined(1).withSeeds(List.of(1L)).withoutRace().withShare(0.05);
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(new LambdaGenerator(new RandomSearchGenerator(space), options))
                .dataSource(TwoClasses.class, new Properties())
                .scoreFunction(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY))
                .modelSaver(new BestModelSaver(model.toString(), false))
                .terminationConditions(new MaxCandidatesCondition(CANDIDATES))
                .rngSeed(5)
                .build();
    }

    /** Two classes with a noisy border; the same on each machine. */
    public static final class TwoClasses implements DataSource {

        @Override
        public void configure(Properties properties) {}

        @Override
        public Object trainData() {
            return rows(80, 7, 20);
        }

        @Override
        public Object testData() {
            return rows(200, 8, 200);
        }

        private static ListDataSetIterator<DataSet> rows(int count, long seed, int batch) {
            Random random = new Random(seed);
            INDArray features = Nd4j.create(count, 4);
            INDArray labels = Nd4j.zeros(count, 2);
            for (int row = 0; row < count; row++) {
                for (int column = 0; column < 4; column++) {
                    features.putScalar(row, column, 2 * random.nextDouble() - 1);
                }
                int label = features.getDouble(row, 0) + 0.3 * random.nextGaussian() > 0 ? 1 : 0;
                labels.putScalar(row, label, 1);
            }
            return new ListDataSetIterator<>(new DataSet(features, labels).asList(), batch);
        }

        @Override
        public Class<?> getDataType() {
            return ListDataSetIterator.class;
        }
    }
}
