package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.files.ZipCopy;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** A run in which held-out data decide is saved and goes on. */
@Tag("slow")
class SavedValidationTest {

    private static final int BUDGET = 400;
    private static final int SAVED_AT = 20;
    private static final DataSet BATCH = Networks.classes(30, 1);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.zip");
    }

    private static AutoL2ListenerBuilder heldOut(AutoL2ListenerBuilder builder, int examples) {
        return builder.validation(
                new ExistingDataSetIterator(Networks.classes(examples, 2).batchBy(200)), 5);
    }

    private static AutoL2Listener begin(Model model) {
        AutoL2Listener listener = heldOut(
                        AutoL2Listener.builder(AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03)), 600)
                .build();
        model.setListeners(listener);
        return listener;
    }

    private static void train(Model model, int iterations) {
        Networks.fit(model, BATCH, iterations);
    }

    /** Held-out data bring the best network back, from before it was saved. */
    private static void harmAndGoOn(Model model) {
        model.params().muli(0);
        train(model, BUDGET - SAVED_AT);
    }

    private void goesOn(Model whole, Model stopped) throws IOException {
        // given a training without a stop
        AutoL2Listener listener = begin(whole);
        train(whole, SAVED_AT);
        harmAndGoOn(whole);
        AutoL2Listener first = begin(stopped);
        train(stopped, SAVED_AT);

        // when
        first.save(stopped, file, true);
        Model read = SavedNetwork.read(file);
        AutoL2Listener second =
                heldOut(AutoL2Listener.resume(SavedRun.readFrom(file)), 600).build();
        read.setListeners(second);
        harmAndGoOn(read);

        // then
        assertThat(second.validationDecisions())
                .isEqualTo(listener.validationDecisions())
                .hasAtLeastOneElementOfType(ValidationDecision.RestoreAndRaise.class);
        assertThat(second.lambda()).isEqualTo(listener.lambda());
        assertThat(read.params().data().asFloat())
                .isEqualTo(whole.params().data().asFloat());
        assertThat(second.restoreBest(read)).isEqualTo(listener.restoreBest(whole));
        assertThat(read.params().data().asFloat())
                .isEqualTo(whole.params().data().asFloat());
    }

    @Test
    void itGoesOnBitForBit() throws IOException {
        goesOn(Networks.classifier(Networks.base(new Adam(0.02))), Networks.classifier(Networks.base(new Adam(0.02))));
    }

    @Test
    void soDoesAGraphWithoutAnUpdatersState() throws IOException {
        goesOn(
                Networks.graphClassifier(Networks.base(new Sgd(0.3))),
                Networks.graphClassifier(Networks.base(new Sgd(0.3))));
    }

    @Test
    void itsBestNetworkIsThereRightAfterReading() throws IOException {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = begin(network);
        train(network, 15);
        INDArray best = network.params().dup(); // the end of the first window
        train(network, 3);
        listener.save(network, file, true);

        AutoL2Listener resumed =
                heldOut(AutoL2Listener.resume(SavedRun.readFrom(file)), 600).build();

        assertThat(resumed.restoreBest(network)).isEqualTo(15);
        assertThat(network.params().data().asFloat()).isEqualTo(best.data().asFloat());
    }

    @Test
    void asksForTheHeldOutDataAgain() throws IOException {
        saved();
        SavedRun run = SavedRun.readFrom(file);

        assertThatThrownBy(() -> AutoL2Listener.resume(run).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("held-out data decide in the run that goes on: give them again, with validation(..)");
        assertThatThrownBy(() -> heldOut(AutoL2Listener.resume(run), 599).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation must give the same 600 examples as before the run was saved, got 599");
    }

    @Test
    void refusesAnotherNetwork() throws IOException {
        saved();
        MultiLayerNetwork other = Networks.classifier(Networks.base(new Sgd(0.1)));
        other.setIterationCount(SAVED_AT);
        other.setListeners(
                heldOut(AutoL2Listener.resume(SavedRun.readFrom(file)), 600).build());

        assertThatThrownBy(() -> train(other, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the best network has 67 parameters and an updater's state of 134, this one has 67 and 0:"
                        + " it was saved without its updater, or belongs to another training");
    }

    @Test
    void isWrittenWithItsBestNetworkToAFileOfItsOwn() throws IOException {
        SavedRun run = saved().savedRun();
        Path state = folder.resolve("state");

        run.write(state);

        SavedRun read = SavedRun.read(state);
        assertThat(read.toJson()).isEqualTo(run.toJson());
        assertThat(parameters(read)).isEqualTo(parameters(run));
    }

    private static float[] parameters(SavedRun run) {
        return run.state().validation().orElseThrow().best().parameters().data().asFloat();
    }

    @Test
    void isDamagedWithoutItsBestNetwork() throws IOException {
        saved();
        Map<String, byte[]> without = new HashMap<>();
        without.put("autol2-best-parameters.bin", null);
        Path damaged = folder.resolve("damaged.zip");
        ZipCopy.write(file, damaged, without);
        assertThatThrownBy(() -> SavedRun.readFrom(damaged))
                .isInstanceOf(IOException.class)
                .hasMessage(damaged + " is damaged: it has no entry autol2-best-parameters.bin");
    }

    @Test
    void keepsDecisionsOfAllKinds() throws IOException {
        SavedRun run = saved().savedRun();
        List<ValidationDecision> decisions = List.of(
                new ValidationDecision.Divide(10, 0.3, 0.1),
                new ValidationDecision.RestoreAndHold(20, 5, 0.1, 0.3),
                new ValidationDecision.RestoreAndRaise(30, 5, 0.3, 0.5));
        SavedRun changed = new SavedRun(new SavedRun.State(
                run.state().version(),
                run.state().nextIteration(),
                run.state().iterationOffset(),
                run.state().penalty(),
                run.state().biases(),
                run.state().ratios(),
                run.state().own(),
                run.state().gains(),
                run.state().steps(),
                run.state().repetition(),
                run.state().sampledPenalty(),
                run.state().run(),
                Optional.of(new SavedValidation(ValidationState.begin(0, 0.3, 0), decisions, null))));

        changed.addTo(file);

        SavedValidation read = SavedRun.readFrom(file).state().validation().orElseThrow();
        assertThat(read.decisions()).isEqualTo(decisions);
        assertThat(read.state()).isEqualTo(ValidationState.begin(0, 0.3, 0));
    }

    @Test
    void cannotBeSavedBeforeItsFirstUpdate() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        AutoL2Listener listener = begin(network);

        assertThatThrownBy(listener::savedRun).isInstanceOf(IllegalStateException.class);
    }

    private AutoL2Listener saved() throws IOException {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Adam(0.02)));
        AutoL2Listener listener = begin(network);
        train(network, SAVED_AT);
        listener.save(network, file, true);
        return listener;
    }
}
