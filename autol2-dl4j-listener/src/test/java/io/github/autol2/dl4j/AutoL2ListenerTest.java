package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.parallelism.trainer.WorkerOf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class AutoL2ListenerTest {

    private static final AutoL2Options EAGER =
            AutoL2Options.paper().withInitialLambda(1).withRefractory(0).withMeasureEvery(1);

    private final Logger logger = (Logger) LogManager.getLogger(AutoL2Listener.class);
    private final List<LogEvent> logged = new ArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("test", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.add(event.toImmutable());
        }
    };

    @BeforeEach
    void listenToTheLog() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void leaveTheLog() {
        logger.removeAppender(appender);
        logger.setLevel(null);
    }

    @Test
    void everyDivisionIsOneLineInTheLogOneEntryInTheHistoryAndOneCallOfTheObserver() {
        // given
        List<Decision.Change> observed = new ArrayList<>();
        AutoL2Listener listener = AutoL2Listener.builder(EAGER)
                .observer(new AutoL2Observer() {
                    @Override
                    public void changed(Decision.Change division) {
                        observed.add(division);
                    }
                })
                .build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(listener);

        // when
        fit(network, 60);

        // then
        assertThat(observed).isNotEmpty().isEqualTo(listener.changes());
        assertThat(logged)
                .filteredOn(event -> event.getMessage().getFormattedMessage().contains(" -> "))
                .hasSameSizeAs(observed);
        Decision.Change first = observed.get(0);
        assertThat(logged)
                .anySatisfy(event -> assertThat(event.getMessage().getFormattedMessage())
                        .startsWith("iteration " + first.iteration() + ": lambda 1.0 -> 0.1, cause: "
                                + first.cause().label()));
    }

    @Test
    void theNetworkHoldsTheLastLambdaWhenTheListenerIsTakenOff() {
        AutoL2Listener listener = new AutoL2Listener(EAGER);
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(listener);
        fit(network, 30);
        assertThat(listener.lambda()).isLessThan(1);

        network.setListeners();
        fit(network, 30);

        assertThat(network.getLayerWiseConfigurations().toJson()).contains("\"value\" : " + listener.lambda());
    }

    @Test
    void aBatchWithoutAFiniteScoreIsSkippedWithOneWarning() {
        // given
        AutoL2Listener listener = new AutoL2Listener(EAGER.withRefractory(1e9));
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(1e-9)));
        network.addListeners(listener);
        DataSet bad = Networks.classes(8, 1);
        bad.getLabels().putScalar(0, 0, Double.NaN);

        // when
        network.fit(Networks.classes(8, 1));
        var parameters = network.params().dup();
        network.fit(bad);
        network.fit(bad);
        network.setParams(parameters);
        network.fit(Networks.classes(8, 2));

        // then
        assertThat(listener.history())
                .extracting(point -> point.measurement().iteration())
                .containsExactly(0L, 3L);
        assertThat(logged)
                .filteredOn(event -> event.getLevel().equals(Level.WARN))
                .hasSize(1)
                .first()
                .satisfies(event ->
                        assertThat(event.getMessage().getFormattedMessage()).contains("iteration 1: the score is NaN"));
    }

    @Test
    void theHistoryIsBoundedAndThinnedEvenly() {
        AutoL2Listener listener =
                AutoL2Listener.builder(EAGER.withRefractory(1e9)).historySize(8).build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.01)));
        network.addListeners(listener);

        fit(network, 50);

        assertThat(listener.history())
                .extracting(point -> point.measurement().iteration())
                .containsExactly(0L, 8L, 16L, 24L, 32L, 40L, 48L);
    }

    @Test
    void betweenSamplesNothingIsAllocated() {
        // given a network in the middle of a long window
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.paper().withMeasureEvery(Integer.MAX_VALUE));
        AutoL2Listener window =
                new AutoL2Listener(AutoL2Options.adaptive(1_000_000).withInitialLambda(1e-9));
        for (AutoL2Listener each : List.of(listener, window)) {
            MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.01)));
            network.addListeners(each);
            fit(network, 260);
            long last =
                    each.history().get(each.history().size() - 1).measurement().iteration();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();

            // when the hooks are called as in further iterations without a sample (the next one is 20 iterations later)
            int calls = 15;
            long before = threads.getThreadAllocatedBytes(thread);
            long overhead = threads.getThreadAllocatedBytes(thread) - before;
            before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < calls; i++) {
                network.setIterationCount((int) last + 1 + i);
                each.onForwardPass(network, List.of());
                each.onBackwardPass(network);
            }
            long allocated = threads.getThreadAllocatedBytes(thread) - before - overhead;

            // then
            assertThat(allocated).isZero();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void replicasInSeveralThreadsFollowOneLambda() throws Exception {
        // given two replicas of one network that share a listener, as ParallelWrapper does
        AutoL2Listener listener = new AutoL2Listener(EAGER);
        List<MultiLayerNetwork> replicas = List.of(
                Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))),
                Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2); // in the first iteration of both
        try {
            // when
            List<Callable<Void>> tasks = new ArrayList<>();
            for (MultiLayerNetwork replica : replicas) {
                replica.addListeners(listener, waitingAtFirst(together));
                tasks.add(new WorkerOf(() -> {
                    fit(replica, 100);
                    return null;
                }));
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(10, TimeUnit.SECONDS);
        }

        // then each takes the common lambda over, at the latest with its next iteration
        assertThat(listener.changes()).isNotEmpty();
        for (MultiLayerNetwork replica : replicas) {
            fit(replica, 1);
        }
        for (MultiLayerNetwork replica : replicas) {
            assertThat(replica.getLayerWiseConfigurations().toJson()).contains("\"value\" : " + listener.lambda());
        }
    }

    private static TrainingListener waitingAtFirst(CyclicBarrier together) {
        return new BaseTrainingListener() {
            private boolean waited;

            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                if (!waited) {
                    waited = true;
                    try {
                        together.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        };
    }

    @Test
    void aSecondNetworkIsRefused() {
        AutoL2Listener listener = new AutoL2Listener(EAGER);
        MultiLayerNetwork first = Networks.classifier(Networks.base(new Sgd(0.01)));
        first.addListeners(listener);
        fit(first, 250);
        MultiLayerNetwork second = Networks.classifier(Networks.base(new Sgd(0.01)));
        second.addListeners(listener);

        assertThatThrownBy(() -> fit(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use a new listener for each training run");
    }

    @Test
    void aNetworkThatHasTrainedBeforeBeginsItsRefractoryPeriodNow() {
        // given a network at iteration 100
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.01)));
        fit(network, 100);
        AutoL2Listener listener =
                new AutoL2Listener(EAGER.withInitialLambda(0.5).withRefractory(10));
        network.addListeners(listener);

        // when
        fit(network, 60);

        // then
        assertThat(listener.changes()).isNotEmpty();
        assertThat(listener.changes().get(0).iteration()).isGreaterThan(120);
    }

    @Test
    void layerWisePretrainingIsNotFollowed() {
        // given
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.01))
                .list()
                .layer(new AutoEncoder.Builder().nIn(4).nOut(5).build())
                .layer(Networks.softmax(5).build())
                .build());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(EAGER);
        network.addListeners(listener);

        // when
        network.pretrainLayer(0, Networks.classes(8, 1).getFeatures());

        // then
        assertThat(listener.history()).isEmpty();
    }

    @Test
    void aNetworkWithoutOutputLayerIsRefused() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.01))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).build())
                .build());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(EAGER);

        assertThatThrownBy(() -> listener.onForwardPass(network, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the network ends in DenseLayer, which has no loss");
    }

    @Test
    void aGraphIsFollowedLikeTheSameMultiLayerNetwork() {
        ComputationGraph graph = Networks.graphClassifier(Networks.base(new Sgd(0.1)));
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        graph.setParams(network.params().dup());
        AutoL2Listener ofGraph = new AutoL2Listener(EAGER);
        AutoL2Listener ofNetwork = new AutoL2Listener(EAGER);
        graph.addListeners(ofGraph);
        network.addListeners(ofNetwork);

        for (int i = 0; i < 40; i++) {
            DataSet batch = Networks.classes(16, i % 3);
            graph.fit(batch);
            network.fit(batch);
        }

        assertThat(ofGraph.changes())
                .isNotEmpty()
                .extracting(Decision.Change::iteration)
                .isEqualTo(ofNetwork.changes().stream()
                        .map(Decision.Change::iteration)
                        .toList());
    }

    private static void fit(MultiLayerNetwork network, int iterations) {
        for (int i = 0; i < iterations; i++) {
            network.fit(Networks.classes(16, i % 3));
        }
    }
}
