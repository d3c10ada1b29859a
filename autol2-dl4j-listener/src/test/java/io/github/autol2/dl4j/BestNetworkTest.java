package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationState;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The best network of a training with validation data, brought back by hand. */
@Tag("slow")
class BestNetworkTest {

    private static final DataSet BATCH = Networks.classes(30, 1);
    private static final int BUDGET = 400;

    private static AutoL2ListenerBuilder heldOut(AutoL2ListenerBuilder builder) {
        return builder.validation(
                new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200)), 5);
    }

    private static AutoL2Listener listen(Model model, double lambda) {
        AutoL2Listener listener = heldOut(
                        AutoL2Listener.builder(AutoL2Options.adaptive(BUDGET).withInitialLambda(lambda)))
                .build();
        model.setListeners(listener);
        return listener;
    }

    private static void train(Model model, int iterations) {
        Networks.fit(model, BATCH, iterations);
    }

    private static INDArray updater(Model model) {
        return Network.of(model).updater().getStateViewArray();
    }

    private static void comesBackIn(Model trained, Model fresh) {
        AutoL2Listener listener = listen(trained, 0.03);
        train(trained, 15); // the end of the first window
        INDArray best = trained.params().dup();
        INDArray state = updater(trained).dup();
        trained.params().muli(0);
        train(trained, 3);

        assertThat(listener.restoreBest(fresh)).isEqualTo(15);

        assertThat(fresh.params().data().asFloat()).isEqualTo(best.data().asFloat());
        assertThat(updater(fresh).data().asFloat()).isEqualTo(state.data().asFloat());
    }

    @Test
    void comesBackInAFreshNetwork() {
        comesBackIn(
                Networks.classifier(Networks.base(new Adam(0.02))), Networks.classifier(Networks.base(new Adam(0.02))));
        comesBackIn(
                Networks.graphClassifier(Networks.base(new Adam(0.02))),
                Networks.graphClassifier(Networks.base(new Adam(0.02))));
    }

    @Test
    void isRefusedByANetworkOfAnotherKind() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Adam(0.02)));
        AutoL2Listener listener = listen(network, 0.03);
        train(network, 15);
        MultiLayerNetwork other = Networks.classifier(Networks.base(new Sgd(0.02)));
        INDArray before = other.params().dup();

        assertThatThrownBy(() -> listener.restoreBest(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the best network has 67 parameters and an updater's state of 134, this one has 67 and 0:"
                        + " it was saved without its updater, or belongs to another training");
        assertThat(other.params()).isEqualTo(before);
    }

    /** Its lambda was divided after the best network. */
    private static final class Divided {
        private final MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.001)));
        private final AutoL2Listener listener = listen(network, 30);
        private final double bestLambda;

        Divided() {
            for (int i = 0; i < BUDGET && listener.changes().isEmpty(); i++) {
                train(network, 1);
            }
            ValidationState state =
                    listener.savedRun().state().validation().orElseThrow().state();
            bestLambda = state.best().orElseThrow().lambda();
            assertThat(listener.lambda()).isLessThan(bestLambda);
        }
    }

    private static void assertHolds(MultiLayerNetwork network, double lambda) {
        double penalty = network.calcRegularizationScore(true);
        Lambda.set(network, lambda);
        assertThat(penalty).isPositive().isEqualTo(network.calcRegularizationScore(true));
    }

    @Test
    void bringsItsLambdaToAFreshNetworkAndLeavesTheTrainingAlone() {
        Divided run = new Divided();
        double lambda = run.listener.lambda();
        MultiLayerNetwork fresh = Networks.classifier(Networks.base(new Sgd(0.001)));

        run.listener.restoreBest(fresh);

        assertHolds(fresh, run.bestLambda);
        assertThat(run.listener.lambda()).isEqualTo(lambda);
        train(run.network, 1);
        assertHolds(run.network, lambda);
    }

    @Test
    void goesOnWithItsLambdaWhereTrainingGoesOn() throws IOException {
        Divided run = new Divided();

        run.listener.restoreBest(run.network);

        assertHolds(run.network, run.bestLambda);
        assertThat(run.listener.schedule().steps())
                .extracting(LambdaSchedule.Step::lambda)
                .endsWith(run.bestLambda);
        train(run.network, 1);
        assertThat(run.listener.lambda()).isEqualTo(run.bestLambda);
        assertHolds(run.network, run.bestLambda);
        assertThatThrownBy(run.listener::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("restoreBest brought the network back to an earlier one, and training went on");
    }

    @Test
    void hasNoScheduleOnceTrainingWentOnAlsoAfterAFile(@TempDir Path folder) throws IOException {
        // given a run that was brought back and saved
        Divided run = new Divided();
        run.listener.restoreBest(run.network);
        Path file = folder.resolve("model.zip");
        run.listener.save(run.network, file, true);
        SavedRun saved = SavedRun.readFrom(file);
        assertThat(saved.schedule()).isEqualTo(run.listener.schedule());

        // when it goes on
        Model read = SavedNetwork.read(file);
        AutoL2Listener resumed = heldOut(AutoL2Listener.resume(saved)).build();
        read.setListeners(resumed);
        assertThat(resumed.schedule()).isEqualTo(saved.schedule());
        train(read, 1);

        // then
        String problem = "restoreBest brought the network back to an earlier one, and training went on";
        assertThatThrownBy(resumed::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(problem);
        assertThatThrownBy(() -> resumed.savedRun().schedule())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(problem);

        // and a second time does not mend it
        resumed.restoreBest(read);
        assertThatThrownBy(resumed::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void aNetworkThatWasSavedWithoutItsUpdaterIsNamed(@TempDir Path folder) throws IOException {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Adam(0.02)));
        AutoL2Listener listener = listen(network, 0.03);
        train(network, 20);
        Path file = folder.resolve("model.zip");
        listener.save(network, file, false);
        Model read = SavedNetwork.read(file);
        read.setListeners(
                heldOut(AutoL2Listener.resume(SavedRun.readFrom(file))).build());

        assertThatThrownBy(() -> train(read, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the best network has 67 parameters and an updater's state of 134, this one has 67 and 0:"
                        + " it was saved without its updater, or belongs to another training");
    }
}
