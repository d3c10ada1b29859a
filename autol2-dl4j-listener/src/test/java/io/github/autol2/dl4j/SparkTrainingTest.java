package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Measurement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * The driver's rule and the workers' probes, with what Deeplearning4j's master does between them written out: it copies the network and the
 * probe to each worker, takes the mean of what comes back, and hands over what the probes saw. Spark itself is in .ci/spark.
 */
class SparkTrainingTest {

    private static final int WORKERS = 2;
    private static final int SPLIT = 5;
    private static final int SPLITS = 40;
    private static final int BATCH = 20;
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(100).withInitialLambda(0.1);

    @TempDir
    private Path folder;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dividesWhereOneThreadWithTheSameExamplesInEachUpdateDoes(boolean graph) throws Exception {
        // given
        AutoL2Options options = AutoL2Options.adaptive(100).fromTheStart();
        AutoL2Listener alone = new AutoL2Listener(options);
        Model single = network(graph, new Nesterovs(0.1, 0.9));
        single.addListeners(alone);
        for (int i = 0; i < SPLITS * SPLIT; i++) {
            Networks.fit(single, together(i), 1);
        }

        // when
        Model network = network(graph, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, options);
        double first = training.lambda();
        splits(training, network, 0, SPLITS);

        // then
        assertThat(first).isEqualTo(alone.history().get(0).lambda());
        assertThat(alone.changes()).isNotEmpty();
        assertThat(told(training.changes())).isEqualTo(told(alone.changes()));
    }

    /**
     * The workers' weights differ within a split, so that their penalty is not quite that of their mean; and on Spark the shares of the classes
     * are those of the first batch.
     */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 0.001"})
    void raisesLambdaOnceAndWhereOneThreadWithTheSameExamplesInEachUpdateDoes(boolean graph, double own)
            throws Exception {
        // given
        AutoL2Options options = AutoL2Options.adaptive(100);
        BiFunction<Integer, Integer, DataSet> batches =
                (iteration, worker) -> Networks.separableClasses(BATCH, 10L * (iteration % 20) + worker);
        AutoL2Listener alone = new AutoL2Listener(options);
        Model single = network(graph, new Nesterovs(0.004, 0.9), own);
        single.addListeners(alone);
        for (int i = 0; i < 20 * SPLIT; i++) {
            Networks.fit(single, together(i, batches), 1);
        }

        // when
        Model network = network(graph, new Nesterovs(0.004, 0.9), own);
        SparkTraining training = training(network, true, AutoL2Listener.builder(options));
        training.begin(copy -> copy.fit(together(0, batches)));
        double quiet = training.lambda();
        List<Double> lambdas = new ArrayList<>();
        for (int split = 0; split < 20; split++) {
            lambdas.add(split(training, network, split, batches));
        }

        // then the workers have it from the next split on
        assertThat(quiet).isEqualTo(alone.history().get(0).lambda()).isEqualTo(own > 0 ? own : InitialLambda.NOTHING);
        assertThat(training.changes()).extracting(Decision.Change::cause).containsExactly(Decision.Cause.LEARNED);
        Decision.Change raise = training.changes().get(0);
        Decision.Change expected = alone.changes().get(0);
        assertThat(raise.iteration()).isEqualTo(expected.iteration());
        assertThat(raise.newLambda()).isCloseTo(expected.newLambda(), withinPercentage(3));
        int next = (int) raise.iteration() / SPLIT + 1;
        assertThat(raise.newLambda()).isGreaterThan(3 * quiet);
        assertThat(lambdas.subList(0, next)).containsOnly(own); // what moves no weight is no coefficient
        assertThat(lambdas.subList(next, lambdas.size())).isNotEmpty().containsOnly(raise.newLambda());
        assertThat(training.savedRun().state().steps())
                .containsExactly(
                        new LambdaSchedule.Step(0, quiet),
                        new LambdaSchedule.Step((long) next * SPLIT, raise.newLambda()));
    }

    static Stream<IUpdater> adaptiveUpdaters() {
        return Stream.of(new Adam(0.01), new AMSGrad(0.01), new Nadam(0.01), new RmsProp(0.01));
    }

    /** What they remember is the same as on one thread until lambda changes, with the next split. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("adaptiveUpdaters")
    void anAdaptiveUpdaterDividesAsOnOneThreadWhereAllWorkersSeeTheSameBatch(IUpdater updater) throws Exception {
        // given
        AutoL2Options options = AutoL2Options.adaptive(100).fromTheStart().withRefractory(0.2);
        AutoL2Listener alone = new AutoL2Listener(options);
        Model single = network(false, updater);
        single.addListeners(alone);
        for (int i = 0; i < SPLITS * SPLIT; i++) {
            Networks.fit(single, batch(i, 0), 1);
        }

        // when
        Model network = network(false, updater);
        SparkTraining training = training(network, true, AutoL2Listener.builder(options));
        training.begin(copy -> copy.fit(batch(0, 0)));
        for (int split = 0; split < SPLITS; split++) {
            split(training, network, split, (iteration, worker) -> batch(iteration, 0));
        }

        // then
        assertThat(alone.changes()).isNotEmpty();
        assertThat(told(training.changes())).isEqualTo(told(alone.changes()));
        long first = alone.changes().get(0).iteration();
        assertThat(untilFirst(training.history(), first)).isEqualTo(untilFirst(alone.history(), first));
    }

    private static List<Double> untilFirst(List<HistoryPoint> history, long division) {
        return history.stream()
                .map(HistoryPoint::measurement)
                .filter(measurement -> measurement.iteration() <= division)
                .map(Measurement::etaEff)
                .toList();
    }

    /** Where noise makes the gradients, their mean square is inverse to the batch. */
    @Tag("slow")
    @Test
    void adamMovesWeightsLessOnWorkersThanOnOneThreadWithBatchesOfAllTogether() throws Exception {
        AutoL2Options options = AutoL2Options.adaptive(100).fromTheStart().withRefractory(0.2);
        AutoL2Listener alone = new AutoL2Listener(options);
        Model single = network(false, new Adam(0.01));
        single.addListeners(alone);
        for (int i = 0; i < SPLITS * SPLIT; i++) {
            Networks.fit(single, together(i), 1);
        }
        Model network = network(false, new Adam(0.01));
        SparkTraining training = begin(network, options);
        splits(training, network, 0, SPLITS);

        double onWorkers = last(training.history()).measurement().etaEff();
        double together = last(alone.history()).measurement().etaEff();

        assertThat(onWorkers / together).isCloseTo(Math.sqrt(1.0 / WORKERS), within(0.1));
        assertThat(training.changes().get(0).iteration())
                .isGreaterThan(alone.changes().get(0).iteration());
    }

    @Test
    void theWorkersHaveTheFirstLambdaInTheFirstSplitAndANewOneInTheNext() throws Exception {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);

        List<Double> lambdas = splits(training, network, 0, 6);

        assertThat(training.changes()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lambdas.get(0)).isEqualTo(0.1);
        for (int split = 0; split < 6; split++) {
            long begin = (long) split * SPLIT;
            double expected = training.changes().stream()
                    .filter(division -> division.iteration() < begin)
                    .mapToDouble(Decision.Change::newLambda)
                    .min()
                    .orElse(0.1);
            assertThat(lambdas.get(split)).as("split %s", split).isEqualTo(expected);
        }
    }

    @Test
    void theStepsOfLambdaBeginWithASplit() throws Exception {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);

        splits(training, network, 0, 6);

        assertThat(training.schedule().steps())
                .hasSizeGreaterThan(2)
                .allSatisfy(step -> assertThat(step.iteration() % SPLIT).isZero());
    }

    /** Deeplearning4j adds the whole averagingFrequency after a split whose workers had fewer batches. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsTheUpdatesThatWereMadeInSplitsThatAreNotFull(boolean graph) throws Exception {
        // given an updater that makes the same of a penalty at each iteration
        int made = 3;
        Model full = network(graph, new Nesterovs(0.5, 0));
        SparkTraining expected = new SparkTraining(() -> full, made, true, AutoL2Listener.builder(OPTIONS));
        expected.begin(copy -> copy.fit(together(0)));
        Model network = network(graph, new Nesterovs(0.5, 0));
        SparkTraining training = begin(network, OPTIONS);

        // when
        for (int split = 0; split < 20; split++) {
            split(expected, full, split, made, made, SparkTrainingTest::batch);
            split(training, network, split, made, SPLIT, SparkTrainingTest::batch);
        }

        // then the rule counts them, and the schedules of the learning rate and of lambda go on by Deeplearning4j's
        // count
        assertThat(training.savedRun().state().nextIteration()).isEqualTo(20L * made);
        assertThat(training.changes()).isNotEmpty().isEqualTo(expected.changes());
        assertThat(training.history()).isEqualTo(expected.history());
        assertThat(network.params().toFloatVector()).isEqualTo(full.params().toFloatVector());
        assertThat(trainedBefore(training, network)).isEqualTo(20 * SPLIT);
        List<LambdaSchedule.Step> steps = training.savedRun().state().steps();
        List<LambdaSchedule.Step> inFullSplits = expected.savedRun().state().steps();
        assertThat(steps).hasSameSizeAs(inFullSplits);
        for (int i = 0; i < steps.size(); i++) {
            long split = inFullSplits.get(i).iteration() / made;
            assertThat(steps.get(i).iteration()).isEqualTo(split * SPLIT);
        }
    }

    @Test
    void goesOnWithTheUpdatesThatWereMade() throws Exception {
        Model unbroken = network(false, new Adam(0.01));
        SparkTraining whole = begin(unbroken, OPTIONS);
        Model stopped = network(false, new Adam(0.01));
        SparkTraining first = begin(stopped, OPTIONS);
        for (int split = 0; split < 12; split++) {
            split(whole, unbroken, split, 3, SPLIT, SparkTrainingTest::batch);
            if (split < 6) {
                split(first, stopped, split, 3, SPLIT, SparkTrainingTest::batch);
            }
        }
        Path file = folder.resolve("model.zip");
        first.save(file);

        Model restored = MultiLayerNetwork.load(file.toFile(), true);
        SavedRun saved = SavedRun.readFrom(file);
        SparkTraining second = training(restored, true, AutoL2Listener.resume(saved));
        second.resume(saved);
        for (int split = 6; split < 12; split++) {
            split(second, restored, split, 3, SPLIT, SparkTrainingTest::batch);
        }

        assertThat(saved.state().nextIteration()).isEqualTo(6 * 3);
        assertThat(second.savedRun().state().nextIteration()).isEqualTo(12 * 3);
        assertThat(second.savedRun().state().run())
                .isEqualTo(whole.savedRun().state().run());
        assertThat(second.schedule()).isEqualTo(whole.schedule());
        assertThat(restored.params().toFloatVector())
                .isEqualTo(unbroken.params().toFloatVector());
    }

    @Test
    void thereIsNoScheduleOfBothPartsOfARunThatGoesOnOnOneMachine() throws Exception {
        MultiLayerNetwork network = (MultiLayerNetwork) network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);
        for (int split = 0; split < 2; split++) {
            split(training, network, split, 3, SPLIT, SparkTrainingTest::batch);
        }
        AutoL2Listener listener = AutoL2Listener.resume(training.savedRun()).build();
        network.setListeners(listener);

        network.fit(together(0));

        assertThat(listener.savedRun().state().nextIteration()).isEqualTo(2 * 3 + 1);
        assertThatThrownBy(listener::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Deeplearning4j counted more iterations than there were updates");

        // nor where it is saved and goes on on Spark
        SavedRun saved = listener.savedRun();
        assertThatThrownBy(saved::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Deeplearning4j counted more iterations than there were updates");
        network.setListeners();
        SparkTraining again = training(network, true, AutoL2Listener.resume(saved));
        again.resume(saved);
        assertThatThrownBy(again::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Deeplearning4j counted more iterations than there were updates");
    }

    @Test
    void aGraphHasNoScheduleBecauseItsIterationsBeginAnewInEachSplit() throws Exception {
        Model network = network(true, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);
        splits(training, network, 0, 2);
        SavedRun saved = training.savedRun();
        AutoL2Listener onOneMachine = AutoL2Listener.resume(saved).build();
        network.setListeners(onOneMachine);
        Networks.fit(network, together(0), 1);

        assertThatThrownBy(training::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the iterations of a SparkComputationGraph begin at 0 in each split");
        assertThatThrownBy(saved::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the iterations of a SparkComputationGraph begin at 0 in each split");
        assertThatThrownBy(onOneMachine::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the iterations of a SparkComputationGraph begin at 0 in each split");
    }

    @Test
    void advisesNoScheduleForAMasterWhoseWorkersDoNotCountTheirUpdates() {
        assertThatThrownBy(() -> SparkGuard.averaging("another master"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AutoL2 needs a ParameterAveragingTrainingMaster, got String")
                .hasMessageContaining("give the network a constant lambda before the training")
                .hasMessageContaining("A schedule of lambda does not help");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestoredRunEqualsAnUnbrokenOne(boolean graph) throws Exception {
        // given
        Model unbroken = network(graph, new Adam(0.01));
        SparkTraining whole = begin(unbroken, OPTIONS);
        splits(whole, unbroken, 0, 30);
        Model stopped = network(graph, new Adam(0.01));
        SparkTraining first = begin(stopped, OPTIONS);
        splits(first, stopped, 0, 11);
        Path file = folder.resolve("model.zip");
        first.save(file);

        // when
        Model restored =
                graph ? ComputationGraph.load(file.toFile(), true) : MultiLayerNetwork.load(file.toFile(), true);
        SavedRun saved = SavedRun.readFrom(file);
        SparkTraining second = training(restored, true, AutoL2Listener.resume(saved));
        second.resume(saved);
        splits(second, restored, 11, 30);

        // then
        List<Decision.Change> divisions = new ArrayList<>(first.changes());
        divisions.addAll(second.changes());
        assertThat(divisions).isNotEmpty().isEqualTo(whole.changes());
        assertThat(restored.params().toFloatVector())
                .isEqualTo(unbroken.params().toFloatVector());
    }

    @Test
    void refusesToGoOnWithANetworkOfAnotherMoment() throws Exception {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);
        splits(training, network, 0, 2);
        SavedRun saved = training.savedRun();
        Model other = network(false, new Nesterovs(0.1, 0.9));

        assertThatThrownBy(() ->
                        training(other, true, AutoL2Listener.resume(saved)).resume(saved))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("they belong to different moments");
    }

    @Test
    void theIterationsOfAGraphGoOnFromSplitToSplit() throws Exception {
        Model network = network(true, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);
        splits(training, network, 0, 2);

        assertThat(trainedBefore(training, network)).isEqualTo(2 * SPLIT);
    }

    /** The iterations that a worker counts before the next split. */
    private static int trainedBefore(SparkTraining training, Model driver) throws Exception {
        Network worker = Network.of(driver).copy();
        if (driver instanceof ComputationGraph) {
            worker.setIteration(0);
        }
        SparkProbe probe = copy(training.probe());
        probe.setStorageRouter(
                new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        worker.addListener(probe);
        worker.fit(together(0));
        return worker.iteration() - 1;
    }

    @Test
    void choosingTheFirstLambdaLeavesTheNetworkAsItIs() {
        Model network = network(false, new Adam(0.01));
        float[] before = network.params().toFloatVector();

        SparkTraining training = begin(network, AutoL2Options.adaptive(100));

        assertThat(training.lambda()).isGreaterThan(0);
        assertThat(network.params().toFloatVector()).isEqualTo(before);
        assertThat(Network.of(network).iteration()).isZero();
        assertThat(Network.of(network).listeners()).isEmpty();
    }

    @Test
    void handsOnWhatOtherListenersReport() {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);
        List<Persistable> reported = new ArrayList<>();
        training.forwardTo(new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), reported));
        Persistable foreign = (Persistable) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Persistable.class}, (proxy, method, arguments) -> null);

        training.putUpdate(List.of(foreign, new SparkIteration("worker", 0, 1.2, 0.1, OptionalDouble.empty(), 0.1)));

        assertThat(reported).singleElement().isSameAs(foreign);
    }

    @Test
    void anIterationThatNoWorkerCanMeasureIsSkipped() {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        SparkTraining training = begin(network, OPTIONS);

        training.putUpdate(List.of(
                new SparkIteration("a", 0, Double.NaN, 0.1, OptionalDouble.empty(), 0.1),
                new SparkIteration("b", 0, 1.2, 0.1, OptionalDouble.empty(), 0.1)));

        assertThat(training.history()).isEmpty();
        assertThat(training.lambda()).isEqualTo(0.1);
    }

    @Test
    void refusesANetworkThatTookAnothersPlace() {
        List<Model> current = new ArrayList<>(List.of(network(false, new Nesterovs(0.1, 0.9))));
        SparkTraining training = new SparkTraining(() -> current.get(0), SPLIT, true, AutoL2Listener.builder(OPTIONS));
        training.begin(copy -> copy.fit(together(0)));
        current.set(0, network(false, new Nesterovs(0.1, 0.9)));
        Persistable seen = new SparkIteration("a", 0, 1.2, 0.1, OptionalDouble.empty(), 0.1);

        assertThatThrownBy(() -> training.putUpdate(seen))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been replaced since AutoL2 was attached");
    }

    @Test
    void refusesHeldOutData() {
        AutoL2ListenerBuilder settings = AutoL2Listener.builder(OPTIONS)
                .validation(new ListDataSetIterator<>(together(0).asList(), BATCH), 10);

        assertThatThrownBy(() -> training(network(false, new Nesterovs(0.1, 0.9)), true, settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("held-out data cannot decide on Spark");
    }

    @Test
    void refusesAListenerOnTheDriver() {
        Model network = network(false, new Nesterovs(0.1, 0.9));
        network.addListeners(new AutoL2Listener(OPTIONS));

        assertThatThrownBy(() -> training(network, true, AutoL2Listener.builder(OPTIONS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has an AutoL2Listener, which Spark never calls");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAnUpdaterThatBeginsAnewInEachSplit(boolean adam) {
        Model network = network(false, adam ? new Adam(0.01) : new Nesterovs(0.1, 0.9));

        assertThatThrownBy(() -> training(network, false, AutoL2Listener.builder(OPTIONS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("begins anew in each split")
                .hasMessageContaining("saveUpdater(true)");
    }

    @Test
    void takesAnUpdaterThatBeginsAnewWhereItDoesNotMatter() {
        AutoL2ListenerBuilder decay = AutoL2Listener.builder(OPTIONS).penalty(Penalty.WEIGHT_DECAY);

        training(network(false, new Adam(0.01)), false, decay);
        training(network(false, new Adam(0.01)), false, AutoL2Listener.builder(AutoL2Options.paper()));
    }

    @Test
    void refusesAnUpdaterThatIsNotKnown() {
        Model network = network(false, new StrangeUpdater(new FixedSchedule(0.1)));

        assertThatThrownBy(() -> training(network, true, AutoL2Listener.builder(OPTIONS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("StrangeUpdater is not known to AutoL2, and on Spark it cannot be measured");
    }

    @Test
    void refusesABatchWithoutALoss() {
        SparkTraining training =
                training(network(false, new Nesterovs(0.1, 0.9)), true, AutoL2Listener.builder(OPTIONS));
        DataSet broken = together(0);
        broken.getFeatures().putScalar(0, 0, Double.NaN);

        assertThatThrownBy(() -> training.begin(copy -> copy.fit(broken)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the loss of the batch for the first lambda is NaN");
    }

    private static SparkTraining begin(Model network, AutoL2Options options) {
        SparkTraining training = training(network, true, AutoL2Listener.builder(options));
        training.begin(copy -> copy.fit(together(0)));
        return training;
    }

    private static SparkTraining training(Model network, boolean keepsState, AutoL2ListenerBuilder settings) {
        return new SparkTraining(() -> network, SPLIT, keepsState, settings);
    }

    private static Model network(boolean graph, IUpdater updater) {
        return network(graph, updater, 0);
    }

    private static Model network(boolean graph, IUpdater updater, double l2) {
        NeuralNetConfiguration.Builder base = Networks.base(updater).l2(l2);
        return graph ? Networks.graphClassifier(base) : Networks.classifier(base);
    }

    /** The lambda that the workers had in each split. */
    private static List<Double> splits(SparkTraining training, Model driver, int from, int to) throws Exception {
        List<Double> lambdas = new ArrayList<>();
        for (int split = from; split < to; split++) {
            lambdas.add(split(training, driver, split));
        }
        return lambdas;
    }

    private static List<String> told(List<Decision.Change> divisions) {
        return divisions.stream()
                .map(division -> division.iteration() + " -> " + division.newLambda() + " " + division.cause())
                .toList();
    }

    private static HistoryPoint last(List<HistoryPoint> history) {
        return history.get(history.size() - 1);
    }

    private static double split(SparkTraining training, Model driver, int split) throws Exception {
        return split(training, driver, split, SparkTrainingTest::batch);
    }

    private static double split(
            SparkTraining training, Model driver, int split, BiFunction<Integer, Integer, DataSet> batches)
            throws Exception {
        return split(training, driver, split, SPLIT, SPLIT, batches);
    }

    /**
     * A split.
     *
     * @param made    by each worker
     * @param counted by Deeplearning4j: averagingFrequency
     */
    private static double split(
            SparkTraining training,
            Model driver,
            int split,
            int made,
            int counted,
            BiFunction<Integer, Integer, DataSet> batches)
            throws Exception {
        List<Persistable> seen = new ArrayList<>();
        List<Model> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            Network network = Network.of(driver).copy();
            if (driver instanceof ComputationGraph) {
                network.setIteration(0); // as Deeplearning4j does
            }
            SparkProbe probe = copy(training.probe());
            probe.setStorageRouter(new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), seen));
            probe.setWorkerID("worker" + worker);
            network.addListener(probe);
            for (int i = 0; i < made; i++) {
                network.fit(batches.apply(split * made + i, worker));
            }
            workers.add(network.model());
        }
        INDArray parameters =
                workers.get(0).params().add(workers.get(1).params()).divi(WORKERS);
        INDArray state = updater(workers.get(0))
                .getStateViewArray()
                .add(updater(workers.get(1)).getStateViewArray());
        driver.params().assign(parameters);
        updater(driver).getStateViewArray().assign(state.divi(WORKERS));
        double lambda = Networks.coefficient(workers.get(0), Penalty.L2);
        training.putUpdate(seen);
        Network.of(driver).setIteration(Network.of(driver).iteration() + counted);
        return lambda;
    }

    private static BaseMultiLayerUpdater<?> updater(Model model) {
        return model instanceof MultiLayerNetwork network
                ? (BaseMultiLayerUpdater<?>) network.getUpdater()
                : ((ComputationGraph) model).getUpdater();
    }

    /** As Spark sends it. */
    private static SparkProbe copy(SparkProbe probe) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(probe);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SparkProbe) in.readObject();
        }
    }

    private static DataSet together(int iteration) {
        return together(iteration, SparkTrainingTest::batch);
    }

    private static DataSet together(int iteration, BiFunction<Integer, Integer, DataSet> batches) {
        return DataSet.merge(List.of(batches.apply(iteration, 0), batches.apply(iteration, 1)));
    }

    private static DataSet batch(int iteration, int worker) {
        return Networks.classes(BATCH, 10L * (iteration % 20) + worker);
    }
}
