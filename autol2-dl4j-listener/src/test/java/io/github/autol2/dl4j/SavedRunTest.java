package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Stopping and going on: in the network's zip file, and in a file of its own. */
@Tag("slow")
class SavedRunTest {

    private static final int ITERATIONS = 300;
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(ITERATIONS).withInitialLambda(0.3).withRefractory(0.1);

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void nameTheModel() {
        model = folder.resolve("model.zip");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 21, 137, 299})
    void aRestoredRunEqualsAnUnbrokenOneInEveryDecisionAndParameterBit(int stop) throws IOException {
        // given an unbroken run
        MultiLayerNetwork unbroken = network();
        AutoL2Listener whole = new AutoL2Listener(OPTIONS);
        unbroken.addListeners(whole);
        List<Double> lambdas = train(unbroken, whole, 0, ITERATIONS);
        assertThat(whole.changes()).hasSizeGreaterThanOrEqualTo(2);

        // when the same run stops in between, is saved, and goes on in fresh objects
        MultiLayerNetwork first = network();
        AutoL2Listener before = new AutoL2Listener(OPTIONS);
        first.addListeners(before);
        List<Double> broken = train(first, before, 0, stop);
        before.save(first, model, true);
        MultiLayerNetwork second = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
        AutoL2Listener after = AutoL2Listener.resume(SavedRun.readFrom(model)).build();
        second.addListeners(after);
        broken.addAll(train(second, after, stop, ITERATIONS));

        // then nothing differs
        List<Decision.Change> divisions = new ArrayList<>(before.changes());
        divisions.addAll(after.changes());
        assertThat(divisions).isEqualTo(whole.changes());
        assertThat(broken).isEqualTo(lambdas);
        assertThat(second.params().toDoubleVector()).isEqualTo(unbroken.params().toDoubleVector());
    }

    @Test
    void aModelSavedInsideIterationDoneGoesOnAtItsTrueIteration() throws IOException {
        // given a model that a checkpoint saved during iteration 5: Deeplearning4j then stores the count 5 although 6
        // updates are done
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 6);
        listener.save(network, model, true);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
        restored.setIterationCount(5);

        // when
        AutoL2Listener resumed = AutoL2Listener.resume(SavedRun.readFrom(model)).build();
        restored.addListeners(resumed);
        train(restored, resumed, 6, 7);

        // then
        assertThat(resumed.savedRun().state().nextIteration()).isEqualTo(7);

        // and when that run is stopped in the same way: two updates are missing in Deeplearning4j's count
        resumed.save(restored, model, true);
        MultiLayerNetwork again = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
        again.setIterationCount(restored.getIterationCount() - 1);
        AutoL2Listener second = AutoL2Listener.resume(SavedRun.readFrom(model)).build();
        again.addListeners(second);
        train(again, second, 7, 8);
        assertThat(second.savedRun().state().nextIteration()).isEqualTo(8);
    }

    @Test
    void theSameLayersTakePartAfterAResume() throws IOException {
        // given a run without the first layer
        MultiLayerNetwork network = network();
        AutoL2Listener listener = AutoL2Listener.builder(OPTIONS)
                .layers(name -> !name.equals("layer0"))
                .build();
        network.addListeners(listener);
        train(network, listener, 0, 3);
        listener.save(network, model, true);

        // when
        MultiLayerNetwork restored = MultiLayerNetwork.load(model.toFile(), true);
        AutoL2Listener resumed = AutoL2Listener.resume(SavedRun.readFrom(model)).build();
        restored.addListeners(resumed);
        train(restored, resumed, 3, 5);

        // then
        assertThat(resumed.savedRun().state().ratios()).containsOnlyKeys("layer1 weights");
    }

    @Test
    void filesHaveTheUsualPermissions() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 1);
        Path usual = Files.createFile(folder.resolve("usual"));
        assumeTrue(Files.getFileStore(usual).supportsFileAttributeView("posix"));

        listener.save(network, model, true);

        assertThat(Files.getPosixFilePermissions(model)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void aStateFromAnotherMomentIsRefused() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 9);
        SavedRun saved = listener.savedRun();

        MultiLayerNetwork fresh = network();
        fresh.addListeners(AutoL2Listener.resume(saved).build());

        assertThatThrownBy(() -> fresh.fit(Networks.classes(8, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("saved before iteration 9, but the network is at iteration 0");
    }

    @Test
    void aStateFromAnotherNetworkIsRefused() {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 1);

        ComputationGraph other = Networks.graphClassifier(Networks.base(new Adam(0.01)));
        other.fit(Networks.classes(8, 0));
        other.addListeners(AutoL2Listener.resume(listener.savedRun()).build());

        assertThatThrownBy(() -> other.fit(Networks.classes(8, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "a network with [layer0 weights, layer1 weights], but this one has [hidden weights, out weights]");
    }

    @Test
    void theSavedModelIsPlainDeeplearning4jWithTheCurrentLambda() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 120);

        listener.save(network, model, true);

        MultiLayerNetwork plain = MultiLayerNetwork.load(model.toFile(), true);
        assertThat(plain.getLayerWiseConfigurations().toJson())
                .doesNotContain("autol2")
                .contains("\"value\" : " + listener.lambda());
        assertThat(plain.calcRegularizationScore(true)).isEqualTo(network.calcRegularizationScore(true));
    }

    @Test
    void theStateIsReadableAndReadsBackWithoutLoss() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = AutoL2Listener.builder(
                        OPTIONS.withMeasureEvery(7).withMinimumLambda(1e-7))
                .build();
        network.addListeners(listener);
        train(network, listener, 0, 33);
        Path file = folder.resolve("state.json");

        listener.savedRun().write(file);

        assertThat(Files.readString(file))
                .contains("\"lambda\"", "\"minimumLambda\" : 1.0E-7", "\"nextIteration\" : 33");
        assertThat(SavedRun.read(file)).isEqualTo(listener.savedRun());
    }

    @Test
    void addingTheStateTwiceReplacesIt() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 3);
        ModelSerializer.writeModel(network, model.toFile(), true);

        listener.savedRun().addTo(model);
        train(network, listener, 3, 5);
        listener.savedRun().addTo(model);

        assertThat(SavedRun.readFrom(model).state().nextIteration()).isEqualTo(5);
    }

    @Test
    void aFileWithoutStateOrWithAnotherVersionIsAnErrorThatNamesIt() throws IOException {
        ModelSerializer.writeModel(network(), model.toFile(), true);
        assertThatThrownBy(() -> SavedRun.readFrom(model))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.zip holds no AutoL2 state");

        Path json = Files.writeString(folder.resolve("state.json"), "{\"version\": 2}");
        assertThatThrownBy(() -> SavedRun.read(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state.json: not an AutoL2 state");

        Path noZip = Files.writeString(folder.resolve("no.zip"), "text");
        assertThatThrownBy(() -> SavedRun.readFrom(noZip))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.zip is not a zip file");
    }

    @Test
    void aFailedSaveLeavesTheEarlierFileAndNoTemporaryOne() throws IOException {
        // given a good file
        MultiLayerNetwork network = network();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, listener, 0, 3);
        listener.save(network, model, true);
        byte[] good = Files.readAllBytes(model);

        // when the next save fails half way: this network has no parameters yet
        MultiLayerNetwork broken = new MultiLayerNetwork(network.getLayerWiseConfigurations());
        assertThatThrownBy(() -> listener.save(broken, model, true)).isInstanceOf(RuntimeException.class);

        // then
        assertThat(Files.readAllBytes(model)).isEqualTo(good);
        assertThat(folder).isDirectoryContaining(path -> path.equals(model)).satisfies(path -> {
            try (var files = Files.list(path)) {
                assertThat(files).hasSize(1);
            }
        });
    }

    private static MultiLayerNetwork network() {
        return Networks.classifier(Networks.base(new Adam(0.02)).l2(0.1));
    }

    /** The lambda after each iteration; batch i is the same whoever asks for it. */
    private static List<Double> train(MultiLayerNetwork network, AutoL2Listener listener, int from, int to) {
        List<Double> lambdas = new ArrayList<>();
        for (int i = from; i < to; i++) {
            DataSet batch = Networks.classes(8, i % 5);
            network.fit(batch);
            lambdas.add(listener.lambda());
        }
        return lambdas;
    }

    @Test
    void namesTheFileThatIsNotText() throws IOException {
        Path file = Files.write(folder.resolve("state.json"), new byte[] {'{', (byte) 0xff, '}'});

        assertThatThrownBy(() -> SavedRun.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": not an AutoL2 state: it is not UTF-8 text");
    }

    /** Its parts are the listeners' own, and change with the version of the format. */
    @Test
    void showsItsUserNothingButWhereToKeepIt() {
        assertThat(SavedRun.class.getConstructors()).isEmpty();
        assertThat(Arrays.stream(SavedRun.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .containsExactlyInAnyOrder(
                        "write", "read", "addTo", "readFrom", "entries", "schedule", "equals", "hashCode", "toString");
    }
}
