import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2Spark;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.SparkListenable;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.parameterserver.training.SharedTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.parameterserver.distributed.conf.VoidConfiguration;

/**
 * What AutoL2 promises for Spark. Each fit is one split, ten iterations of two workers, so
 * that no order of the batches is drawn at random. Any failure is an exception.
 */
public final class Cluster {

    private static final int WORKERS = 2;
    private static final int SPLIT = 10;
    private static final int FITS = 20;
    private static final int PARTS = 2;
    private static final int BATCH = 20;
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(100).fromTheStart();

    /** What a run has come to. */
    private record Trained(AutoL2Spark run, float[] parameters) {
        List<Decision.Change> changes() {
            return run.changes();
        }
    }

    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        List<DataSet> batches = examples(PARTS * WORKERS * SPLIT * BATCH).batchBy(BATCH);
        try (JavaSparkContext context = context("local[" + WORKERS + "]", work)) {
            Trained network = compareWithOneThread(context, batches, false, work);
            repeatWithoutTheLibrary(context, batches, network);
            compareWithOneThread(context, batches, true, work);
            refuse(context, batches);
        }
        for (boolean graph : new boolean[] {false, true}) {
            loseAWorker(work, batches, graph);
        }
    }

    private static Trained compareWithOneThread(
            JavaSparkContext context, List<DataSet> batches, boolean graph, Path work) throws Exception {
        AutoL2Listener alone = onOneThread(OPTIONS, batches, graph);
        Trained whole = trainAll(context, network(graph), OPTIONS, batches, fit -> {});
        Results.require(!alone.changes().isEmpty(), "lambda must fall");
        Results.require(told(whole).equals(told(alone.changes())), "divisions must be those of one thread: "
                + told(whole) + ", one thread " + told(alone.changes()));

        SparkListenable spark = spark(context, network(graph));
        AutoL2Spark first = AutoL2Spark.attach(spark, OPTIONS, together(batches, 0, 0));
        train(context, spark, batches, 0, FITS / 4, fit -> {});
        Path file = work.resolve("model.zip");
        first.save(file);
        Model read = graph ? ComputationGraph.load(file.toFile(), true) : MultiLayerNetwork.load(file.toFile(), true);
        SparkListenable again = spark(context, read);
        AutoL2Spark second = AutoL2Spark.resume(again, SavedRun.readFrom(file));
        train(context, again, batches, FITS / 4, FITS, fit -> {});
        Files.delete(file);
        Results.require(first.changes().isEmpty(), "lambda must fall after the resume");
        Results.require(told(second.changes()).equals(told(whole)), "divisions must be the same after a resume");
        Results.require(
                Arrays.equals(whole.parameters, read.params().toFloatVector()),
                "parameters must be the same after a resume");
        String where = "local, " + (graph ? "graph" : "network");
        Results.tell(where, "divisions " + Results.brief(whole.changes()) + ", one thread " + Results.brief(alone.changes()));
        Results.tell(where + ", saved and resumed", "the parameters are the same bit for bit");
        return whole;
    }

    private static AutoL2Listener onOneThread(AutoL2Options options, List<DataSet> batches, boolean graph) {
        AutoL2Listener alone = new AutoL2Listener(options);
        Model single = network(graph);
        single.addListeners(alone);
        for (int fit = 0; fit < FITS; fit++) {
            for (int i = 0; i < SPLIT; i++) {
                step(single, together(batches, fit, i));
            }
        }
        return alone;
    }

    private static void repeatWithoutTheLibrary(JavaSparkContext context, List<DataSet> batches, Trained found) {
        MultiLayerNetwork again = new MultiLayerNetwork(
                found.run.schedule().applyTo(((MultiLayerNetwork) network(false)).getLayerWiseConfigurations()));
        again.init();
        train(context, spark(context, again), batches, 0, FITS, fit -> {});
        Results.require(Arrays.equals(found.parameters, again.params().toFloatVector()), "the schedule must repeat the run");
        Results.tell("local, network, schedule without the library", "the parameters are the same bit for bit");
    }

    private static void loseAWorker(Path work, List<DataSet> batches, boolean graph) throws Exception {
        AutoL2Options options = OPTIONS.withInitialLambda(0.1); // which is divided more often
        try (Standalone cluster = new Standalone(work, WORKERS);
                JavaSparkContext context = context(cluster.address(), work)) {
            Trained calm = trainAll(context, network(graph), options, batches, fit -> {});
            Trained disturbed = trainAll(context, network(graph), options, batches, fit -> {
                if (fit == FITS / 2) {
                    cluster.killAWorkerSoon();
                }
                if (fit == FITS - 1) { // at the latest, so that at least this one has to do without it
                    Results.require(cluster.killed(), "a worker must have been killed in mid-training");
                }
            });
            String where = "standalone cluster, " + (graph ? "graph" : "network");
            Results.require(calm.changes().size() > 2, "lambda must fall");
            List<Decision.Change> alone = onOneThread(options, batches, graph).changes();
            Results.require(told(calm).equals(told(alone)), "divisions must be those of one thread: " + told(alone));
            Results.require(told(calm).equals(told(disturbed)), "divisions must be the same with a lost worker");
            Results.require(Arrays.equals(calm.parameters, disturbed.parameters), "and so must the parameters");
            Results.tell(where, "divisions " + Results.brief(calm.changes()) + ", one thread " + Results.brief(alone));
            Results.tell(where + ", a worker killed", "divisions and parameters are the same bit for bit");
        }
    }

    private static void refuse(JavaSparkContext context, List<DataSet> batches) {
        TrainingMaster<?, ?> shared = new SharedTrainingMaster.Builder(
                        VoidConfiguration.builder().unicastPort(40123).networkMask("127.0.0.0/8").build(), BATCH)
                .batchSizePerWorker(BATCH)
                .build();
        MultiLayerNetwork network = (MultiLayerNetwork) network(false);
        try {
            AutoL2Spark.attach(new SparkDl4jMultiLayer(context, network, shared), OPTIONS, batches.get(0));
        } catch (IllegalArgumentException e) {
            Results.require(
                    e.getMessage().startsWith("AutoL2 needs a ParameterAveragingTrainingMaster, got SharedTrainingMaster"),
                    e.getMessage());
            Results.tell("SharedTrainingMaster", "refused");
            return;
        }
        throw new IllegalStateException("SharedTrainingMaster must be refused");
    }

    private static Trained trainAll(
            JavaSparkContext context,
            Model network,
            AutoL2Options options,
            List<DataSet> batches,
            Consumer<Integer> before) {
        SparkListenable spark = spark(context, network);
        AutoL2Spark autoL2 = AutoL2Spark.attach(spark, options, together(batches, 0, 0));
        train(context, spark, batches, 0, FITS, before);
        return new Trained(autoL2, network.params().toFloatVector());
    }

    private static void train(
            JavaSparkContext context,
            SparkListenable spark,
            List<DataSet> batches,
            int from,
            int to,
            Consumer<Integer> before) {
        for (int fit = from; fit < to; fit++) {
            before.accept(fit);
            JavaRDD<DataSet> examples = context.parallelize(part(batches, fit), WORKERS);
            if (spark instanceof SparkDl4jMultiLayer network) {
                network.fit(examples);
            } else {
                ((SparkComputationGraph) spark).fit(examples);
            }
        }
    }

    /** The batches of one fit: the first half goes to one worker. */
    private static List<DataSet> part(List<DataSet> batches, int fit) {
        int size = WORKERS * SPLIT;
        int from = fit % PARTS * size;
        return batches.subList(from, from + size);
    }

    /** What the workers see in one iteration. */
    private static DataSet together(List<DataSet> batches, int fit, int iteration) {
        List<DataSet> part = part(batches, fit);
        return DataSet.merge(List.of(part.get(iteration), part.get(SPLIT + iteration)));
    }

    private static SparkListenable spark(JavaSparkContext context, Model network) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(SPLIT)
                .saveUpdater(true)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        return network instanceof MultiLayerNetwork multiLayer
                ? new SparkDl4jMultiLayer(context, multiLayer, master)
                : new SparkComputationGraph(context, (ComputationGraph) network, master);
    }

    static JavaSparkContext context(String master, Path work) {
        return new JavaSparkContext(new SparkConf()
                .setMaster(master)
                .setAppName("autol2")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.cores", "1")
                .set("spark.executor.memory", "1g")
                .set("spark.default.parallelism", Integer.toString(WORKERS))
                .set("spark.executorEnv.OMP_NUM_THREADS", "1")
                .set("spark.executor.extraClassPath", work.resolve("classes") + ":" + work.resolve("ours") + "/*"));
    }

    private static List<String> told(Trained run) {
        return told(run.changes());
    }

    private static List<String> told(List<Decision.Change> divisions) {
        return divisions.stream()
                .map(division -> division.iteration() + " -> " + division.newLambda() + " " + division.cause())
                .toList();
    }

    private static void step(Model network, DataSet batch) {
        if (network instanceof MultiLayerNetwork multiLayer) {
            multiLayer.fit(batch);
        } else {
            ((ComputationGraph) network).fit(batch);
        }
    }

    private static Model network(boolean graph) {
        NeuralNetConfiguration.Builder base = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Nesterovs(0.1, 0.9))
                .activation(Activation.RELU);
        DenseLayer hidden = new DenseLayer.Builder().nIn(20).nOut(64).build();
        OutputLayer out = new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(64)
                .nOut(3)
                .build();
        Model network = graph
                ? new ComputationGraph(base.graphBuilder()
                        .addInputs("in")
                        .addLayer("hidden", hidden, "in")
                        .addLayer("out", out, "hidden")
                        .setOutputs("out")
                        .build())
                : new MultiLayerNetwork(base.list().layer(hidden).layer(out).build());
        network.init();
        return network;
    }

    /** Rows of 20 features with one of 3 classes, a fifth of which is wrong. */
    private static DataSet examples(int rows) {
        Random random = new Random(5);
        INDArray features = Nd4j.create(rows, 20);
        INDArray labels = Nd4j.zeros(rows, 3);
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(3);
            for (int column = 0; column < 20; column++) {
                features.putScalar(row, column, random.nextGaussian() + (column % 3 == label ? 0.5 : 0));
            }
            labels.putScalar(row, random.nextInt(5) == 0 ? random.nextInt(3) : label, 1);
        }
        return new DataSet(features, labels);
    }
}
