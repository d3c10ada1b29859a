package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.parallelism.EarlyStoppingParallelTrainer;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Deeplearning4j's own ParallelWrapper with two workers. Each iteration of theirs is one update with one batch for each worker. */
@Tag("slow")
class ParallelTrainingTest {

    private static final int WORKERS = 2;
    private static final int BATCH = 32;
    private static final int EPOCHS = 10;
    private static final int ITERATIONS = 400;

    /** A replica may be some iterations late or early when lambda is decided. */
    private static final int LAG = 5;

    private static final List<DataSet> BATCHES =
            Networks.classes(ITERATIONS / EPOCHS * WORKERS * BATCH, 5).batchBy(BATCH);
    private static final List<DataSet> PAIRS_OF_BATCHES =
            Networks.classes(ITERATIONS / EPOCHS * WORKERS * BATCH, 5).batchBy(WORKERS * BATCH);

    private static List<Decision.Change> ofOneNetwork;
    private static List<Decision.Change> ofOneGraph;

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    @BeforeAll
    static void trainOnOneThread() {
        ofOneNetwork = divisionsOnOneThread(false);
        ofOneGraph = divisionsOnOneThread(true);
    }

    private static List<Decision.Change> divisionsOnOneThread(boolean graph) {
        AutoL2Listener alone = listener();
        Model single = graph ? graph(alone) : network(alone);
        train(single, PAIRS_OF_BATCHES);
        return alone.changes();
    }

    private static void train(Model single, List<DataSet> batches) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            data(batches).forEachRemaining(Network.of(single)::fit);
        }
    }

    @ParameterizedTest
    @CsvSource({"AVERAGING, false", "AVERAGING, true", "SHARED_GRADIENTS, false"})
    void dividesWhereOneThreadWithTheSameExamplesInEachUpdateDoesAndGoesOnWhereTheNetworkTrainsAlone(
            TrainingMode mode, boolean graph) throws InterruptedException {
        AutoL2Listener listener = listener();
        Model network = graph ? graph(listener) : network(listener);

        inTime(() -> fit(network, mode, BATCHES));

        assertDividesAsOneThread(listener, graph);
        assertThat(log.of(Level.WARN))
                .filteredOn(
                        message -> message.contains(
                                "may wait for each other for ever, with or without AutoL2. Call network.getUpdater() before each fit(..)"))
                .hasSize(mode == TrainingMode.SHARED_GRADIENTS ? 1 : 0);

        // when the network trains alone after its replicas
        double lambda = listener.lambda();
        Network.of(network).fit(Networks.classes(BATCH, 5));

        assertThat(listener.lambda()).isEqualTo(lambda);
        assertThat(Network.of(network).json()).contains("\"value\" : " + lambda);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void raisesLambdaOnceForAllReplicasWhereOneThreadDoes(boolean graph) throws InterruptedException {
        // given networks that fit their data soon
        DataSet all = Networks.separableClasses(ITERATIONS / EPOCHS * WORKERS * BATCH, 5);
        AutoL2Listener alone = new AutoL2Listener(AutoL2Options.adaptive(ITERATIONS));
        Model single = graph ? graph(alone) : network(alone);
        train(single, all.batchBy(WORKERS * BATCH));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(ITERATIONS));
        Model network = graph ? graph(listener) : network(listener);
        Map<Model, Map<Integer, Double>> lambdas =
                Collections.synchronizedMap(new IdentityHashMap<>()); // of the replicas
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model replica, int iteration, int epoch) {
                lambdas.computeIfAbsent(replica, met -> new ConcurrentHashMap<>())
                        .put(iteration, Networks.coefficient(replica, Penalty.L2));
            }
        });

        // when
        inTime(() -> fit(network, TrainingMode.AVERAGING, all.batchBy(BATCH)));

        // then
        assertThat(listener.changes())
                .extracting(Decision.Change::cause)
                .startsWith(Decision.Cause.LEARNED, Decision.Cause.PATIENCE)
                .containsOnlyOnce(Decision.Cause.LEARNED);
        Decision.Change expected = alone.changes().get(0);
        Decision.Change raise = listener.changes().get(0);
        assertThat(raise.oldLambda()).isEqualTo(expected.oldLambda()).isEqualTo(InitialLambda.NOTHING);
        assertThat(raise.newLambda())
                .isCloseTo(expected.newLambda(), withinPercentage(5)) // by the weights of another iteration
                .isGreaterThan(3 * raise.oldLambda());
        assertThat(raise.iteration()).isCloseTo(expected.iteration(), within((long) LAG));
        assertThat(lambdas).hasSizeGreaterThanOrEqualTo(WORKERS);
        long next = listener.changes().get(1).iteration();
        lambdas.values()
                .forEach(replica -> replica.forEach((iteration, lambda) -> {
                    if (iteration < raise.iteration() - LAG) {
                        assertThat(lambda).isZero(); // what moves no weight is no coefficient
                    } else if (iteration > raise.iteration() + LAG && iteration < next - LAG) {
                        assertThat(lambda).isEqualTo(raise.newLambda());
                    }
                }));
    }

    @Test
    void followsTheParallelTrainerOfEarlyStopping() throws InterruptedException {
        AutoL2Listener listener = listener();
        MultiLayerNetwork network = network(listener);
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = AutoL2EarlyStopping.beside(
                new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                        .epochTerminationConditions(new MaxEpochsTerminationCondition(EPOCHS))
                        .scoreCalculator(new DataSetLossCalculator(data(BATCHES), true))
                        .modelSaver(new InMemoryModelSaver<>())
                        .build(),
                listener);
        EarlyStoppingParallelTrainer<MultiLayerNetwork> trainer =
                new EarlyStoppingParallelTrainer<>(configuration, network, data(BATCHES), null, WORKERS, 0, 3);
        List<EarlyStoppingResult<MultiLayerNetwork>> results = new ArrayList<>();

        inTime(() -> results.add(trainer.fit()));

        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.getTotalEpochs()).isEqualTo(EPOCHS));
        assertDividesAsOneThread(listener, false);
    }

    private static void assertDividesAsOneThread(AutoL2Listener listener, boolean graph) {
        List<Decision.Change> alone = graph ? ofOneGraph : ofOneNetwork;
        assertThat(listener.changes())
                .hasSameSizeAs(alone)
                .hasSize(2)
                .allSatisfy(division -> assertThat(division.cause()).isEqualTo(Decision.Cause.PATIENCE));
        for (int i = 0; i < 2; i++) {
            Decision.Change expected = alone.get(i);
            Decision.Change division = listener.changes().get(i);
            assertThat(division.newLambda()).isEqualTo(expected.newLambda());
            assertThat(division.iteration()).isCloseTo(expected.iteration(), within((long) LAG));
        }
    }

    private static AutoL2Listener listener() {
        return new AutoL2Listener(AutoL2Options.adaptive(ITERATIONS).fromTheStart());
    }

    private static MultiLayerNetwork network(AutoL2Listener listener) {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        network.setListeners(listener);
        return network;
    }

    private static ComputationGraph graph(AutoL2Listener listener) {
        ComputationGraph graph = Networks.graphClassifier(Networks.base(new Nesterovs(0.1, 0.9)));
        graph.setListeners(listener);
        return graph;
    }

    private static ListDataSetIterator<DataSet> data(List<DataSet> batches) {
        return new ListDataSetIterator<>(batches, 1);
    }

    private static void fit(Model network, TrainingMode mode, List<DataSet> batches) {
        ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                .workers(WORKERS)
                .prefetchBuffer(0)
                .averagingFrequency(3)
                .trainingMode(mode)
                .build();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Network.of(network).makeUpdater(); // or SHARED_GRADIENTS stalls: two threads wait for each other to make it
            wrapper.fit(data(batches));
        }
        wrapper.shutdown();
    }

    /** Deeplearning4j's replicas stall now and then, with or without a listener: then this test says nothing. */
    private static void inTime(Runnable training) throws InterruptedException {
        Thread thread = new Thread(training, "training");
        thread.setDaemon(true);
        thread.start();
        thread.join(TimeUnit.MINUTES.toMillis(2));
        assumeTrue(!thread.isAlive(), "Deeplearning4j's ParallelWrapper stalled");
    }
}
