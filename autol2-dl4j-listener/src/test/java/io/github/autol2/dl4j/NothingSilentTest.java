package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.parallelism.trainer.WorkerOf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Uses of a listener that would go wrong without a word: each works, or says in one exception or warning what is wrong. */
@Tag("slow")
class NothingSilentTest {

    private static final DataSet DATA = Networks.classes(16, 1);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    /** Tells of the listeners of other tests as well, whenever they are garbage. */
    @RegisterExtension
    final CapturedLog watch = new CapturedLog(ListenerWatch.class);

    private static MultiLayerNetwork network() {
        return Networks.classifier(Networks.base(new Sgd(0.05)));
    }

    private static void fit(MultiLayerNetwork network, int iterations) {
        for (int i = 0; i < iterations; i++) {
            network.fit(DATA);
        }
    }

    private static AutoL2Listener listener() {
        return new AutoL2Listener(AutoL2Options.adaptive());
    }

    @Test
    void aListenerThatALaterSetListenersTookOffIsMissed() throws InterruptedException {
        // given
        MultiLayerNetwork network = network();
        network.addListeners(listener());

        // when
        network.setListeners(new ScoreIterationListener(10));
        fit(network, 1);

        // then: as soon as it is garbage
        for (int i = 0; i < 100 && watch.of(Level.WARN).isEmpty(); i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(watch.of(Level.WARN))
                .first()
                .asString()
                .contains("never saw a training iteration", "setListeners(..) took it off");
    }

    @Test
    void bothListenersInOneSetListenersWork() {
        AutoL2Listener listener = listener();
        MultiLayerNetwork network = network();

        network.setListeners(new ScoreIterationListener(10), listener);
        fit(network, 3);

        assertThat(listener.history()).isNotEmpty();
    }

    @Test
    void layerWisePretrainingIsNamedOnce() {
        // given
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.01))
                .list()
                .layer(new AutoEncoder.Builder().nIn(4).nOut(5).build())
                .layer(Networks.softmax(5).build())
                .build());
        network.init();
        AutoL2Listener listener = listener();
        network.addListeners(listener);

        // when
        network.pretrainLayer(0, DATA.getFeatures());
        network.pretrainLayer(0, DATA.getFeatures());

        // then
        assertThat(log.of(Level.WARN))
                .containsExactly(
                        "Layer-wise pretraining shows single layers: AutoL2 takes no part in it and begins with fit.");

        // and it follows the training proper
        fit(network, 3);
        assertThat(listener.history()).isNotEmpty();
    }

    @Test
    void aSecondAutoL2ListenerOnOneNetworkIsRefused() {
        MultiLayerNetwork network = network();
        network.addListeners(listener(), listener());

        assertThatThrownBy(() -> fit(network, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the network has two AutoL2 listeners");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 199, 250})
    void aListenerThatIsUsedAgainForTheNextFoldIsRefused(int iterations) {
        AutoL2Listener listener = listener();
        MultiLayerNetwork first = network();
        first.addListeners(listener);
        fit(first, iterations);
        MultiLayerNetwork second = network();
        second.addListeners(listener);

        assertThatThrownBy(() -> fit(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("up to iteration " + iterations)
                .hasMessageContaining("use a new listener for each training run");
    }

    /** Each fold begins with the same network, which was trained before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150, 250})
    void aListenerThatIsUsedAgainForTheNextFoldOfAFineTuningIsRefused(int iterations) {
        MultiLayerNetwork trained = network();
        fit(trained, 300);
        AutoL2Listener listener = listener();
        MultiLayerNetwork first = trained.clone();
        first.addListeners(listener);
        fit(first, iterations);
        MultiLayerNetwork second = trained.clone();
        second.addListeners(listener);

        assertThatThrownBy(() -> fit(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("up to iteration " + (300 + iterations) + " and meets one at iteration 300")
                .hasMessageContaining("use a new listener for each training run");
    }

    @Test
    void aCopyOfTheNetworkGoesOn() {
        AutoL2Listener listener = listener();
        MultiLayerNetwork network = network();
        network.addListeners(listener);
        fit(network, 20);
        MultiLayerNetwork copy = network.clone();
        copy.addListeners(listener);

        fit(copy, 1);

        assertThat(listener.savedRun().state().nextIteration()).isEqualTo(21);
    }

    @Test
    void aListenerThatIsUsedAgainFromAnotherThreadIsRefused() throws InterruptedException {
        AutoL2Listener listener = listener();
        MultiLayerNetwork first = network();
        first.addListeners(listener);
        Thread fold = new Thread(() -> fit(first, 60));
        fold.start();
        fold.join();
        MultiLayerNetwork second = network();
        second.addListeners(listener);

        assertThatThrownBy(() -> fit(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use a new listener for each training run");
    }

    /** A second network at iteration 0, or one that was trained before, is no replica of the first because it has a thread of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void aListenerOfTwoFoldsThatTrainAtTheSameTimeIsRefused(int trainedBefore) throws InterruptedException {
        // given a fold that is in the middle of its training
        AutoL2Listener listener = listener();
        MultiLayerNetwork first = network();
        fit(first, trainedBefore);
        CountDownLatch inTraining = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        first.addListeners(listener, new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                inTraining.countDown();
                try {
                    refused.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        Thread fold = new Thread(() -> fit(first, 20), "fold-1");
        fold.setDaemon(true);
        fold.start();
        inTraining.await();
        MultiLayerNetwork second = network();
        fit(second, trainedBefore);
        second.addListeners(listener);

        // when the next begins on another thread, then
        assertThatThrownBy(() -> fit(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("follows a network that trains on the thread fold-1, and meets a second one")
                .hasMessageContaining("use a new listener for each training run");

        // and the first goes on
        refused.countDown();
        fold.join();
        assertThat(listener.savedRun().state().nextIteration()).isEqualTo(trainedBefore + 20);
    }

    @Test
    void aSavedRunKeepsWhatTakesPart() {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = listener();
        network.addListeners(listener);
        fit(network, 1);
        AutoL2ListenerBuilder resumed = AutoL2Listener.resume(listener.savedRun());

        assertThatThrownBy(() -> resumed.penalty(Penalty.WEIGHT_DECAY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("penalty(..) cannot be set for a run that goes on");
        assertThatThrownBy(() -> resumed.biases(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("biases(..) cannot be set for a run that goes on");
        assertThatThrownBy(() -> resumed.scales(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("scales(..) cannot be set for a run that goes on");
    }

    /** As under ParallelWrapper: replicas begin late, in threads of their own, and report iterations that others have reported. */
    @Test
    void aReplicaThatBeginsLateIsFollowed() throws Exception {
        AutoL2Listener listener = listener();
        MultiLayerNetwork root = network();
        root.addListeners(listener);
        fit(root, 20);
        MultiLayerNetwork replica = root.clone();
        replica.addListeners(listener);
        replica.setIterationCount(1);
        CountDownLatch done = new CountDownLatch(1);
        FutureTask<Void> worker = new FutureTask<>(new WorkerOf(() -> {
            fit(replica, 20);
            done.countDown();
            return null;
        }));

        new Thread(worker).start();
        worker.get();

        assertThat(done.getCount()).isZero();
        assertThat(listener.changes()).isEmpty();
    }

    /** Threshold encoding makes the start slow under SHARED_GRADIENTS: a loss that hardly falls is no sign to divide. */
    @Test
    void aSlowStartDividesNothing() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(1e-4)));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(400));
        network.addListeners(listener);

        fit(network, 400);

        assertThat(listener.changes()).extracting(Decision.Change::cause).isEmpty();
    }

    /** The share of the loss that is left: a tenth, and three hundredths of that until the network has learned more. */
    @ParameterizedTest
    @CsvSource({"true, 0.1", "false, 0.003"})
    void aNetworkThatWasTrainedBeforeBeginsWithAPenaltyThatItStands(boolean fromTheStart, double share) {
        // given a network that knows its data
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Adam(0.02)));
        DataSet easy = Networks.classes(16, 3);
        for (int i = 0; i < 400; i++) {
            network.fit(easy);
        }
        double before = network.score(easy);
        AdaptiveOptions options = AutoL2Options.adaptive();
        network.addListeners(new AutoL2Listener(fromTheStart ? options.fromTheStart() : options));

        // when
        network.fit(easy);
        double penalty = network.calcRegularizationScore(true);
        for (int i = 1; i < 100; i++) {
            network.fit(easy);
        }

        // then
        assertThat(before).isLessThan(0.01);
        assertThat(penalty).isPositive().isLessThan(1.01 * share * before);
        assertThat(network.score(easy)).as("with its penalty").isLessThan(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checkpointsCarryTheState(boolean saverFirst, @TempDir Path folder) throws IOException {
        // given
        AutoL2Listener autoL2 = listener();
        CheckpointListener saver = new CheckpointListener.Builder(folder.toFile())
                .keepAll()
                .saveEveryNIterations(10)
                .build();
        List<TrainingListener> listeners = saverFirst ? List.of(saver, autoL2) : List.of(autoL2, saver);
        MultiLayerNetwork network = network();
        network.setListeners(listeners);

        // when
        network.fit(new ListDataSetIterator<>(Networks.classes(16 * 25, 1).asList(), 16));

        // then
        assertThat(saver.availableCheckpoints()).hasSize(2);
        for (Checkpoint checkpoint : saver.availableCheckpoints()) {
            SavedRun saved =
                    SavedRun.readFrom(saver.getFileForCheckpoint(checkpoint).toPath());
            MultiLayerNetwork restored = saver.loadCheckpointMLN(checkpoint);
            restored.addListeners(AutoL2Listener.resume(saved).build());
            assertThatCode(() -> fit(restored, 1)).doesNotThrowAnyException();
        }
        assertThat(log.of(Level.WARN)).hasSize(saverFirst ? 0 : 1);
    }

    @Test
    void theListOfCheckpointsIsNotReadInEachIteration(@TempDir Path folder) throws IOException {
        // given a list that cannot be read any more, after the first checkpoint
        CheckpointListener saver = new CheckpointListener.Builder(folder.toFile())
                .keepAll()
                .saveEveryNIterations(10)
                .build();
        MultiLayerNetwork network = network();
        network.setListeners(saver, listener());
        fit(network, 12);
        assertThat(saver.availableCheckpoints()).hasSize(1);
        Files.writeString(folder.resolve("checkpointInfo.txt"), "header\nnot a checkpoint\n");

        assertThatCode(() -> fit(network, 5)).doesNotThrowAnyException();
        assertThat(log.of(Level.WARN)).isEmpty();
    }

    @Test
    void aProgramThatEndsNamesTheListenerThatWasTakenOff() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TakenOff.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .containsOnlyOnce("AutoL2: the program ends, and 1 of its listeners never saw a training iteration.");
    }

    /** A program with two listeners, of which one was taken off. */
    static final class TakenOff {
        private static final AutoL2Listener KEPT = listener(); // so that it is not garbage before the end

        public static void main(String[] arguments) {
            MultiLayerNetwork network = network();
            network.addListeners(KEPT);
            network.setListeners(listener());
            fit(network, 2);
        }
    }

    @Test
    void aMinimumAboveTheFirstLambdaIsNamed() {
        MultiLayerNetwork network = network();
        network.addListeners(new AutoL2Listener(AutoL2Options.adaptive().withMinimumLambda(0.5)));

        fit(network, 1);

        assertThat(log.of(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("The minimum lambda 0.5 is above the first lambda ");
    }

    @Test
    void aRunBeyondItsBudgetIsNamedOnceAndLambdaStaysSensible() {
        // given epochs instead of iterations
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(20));
        MultiLayerNetwork network = network();
        network.addListeners(listener);

        // when
        fit(network, 1_000);

        // then
        assertThat(log.of(Level.WARN))
                .singleElement()
                .asString()
                .contains("goes on after its budget", "A budget counts iterations");
        assertThat(listener.lambda()).isEqualTo(InitialLambda.NOTHING);
    }

    @Test
    void aRunThatIsTooShortIsNamed() {
        MultiLayerNetwork network = network();
        network.addListeners(new AutoL2Listener(AutoL2Options.adaptive(50)));

        fit(network, 50);

        assertThat(log.of(Level.INFO)).anyMatch(line -> line.startsWith("The run is too short"));
        assertThat(log.of(Level.WARN)).isEmpty();
    }
}
