package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class ValidationListenerTest {

    private static final int BUDGET = 200;
    private static final DataSet BATCH = Networks.classes(30, 1);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    private static DataSetIterator heldOut() {
        return new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200));
    }

    private static AutoL2ListenerBuilder builder() {
        return AutoL2Listener.builder(AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03))
                .validation(heldOut(), 5);
    }

    private static void train(Model model, int iterations) {
        Networks.fit(model, BATCH, iterations);
    }

    /** A network that has forgotten everything is harmed, and comes back. */
    @Test
    void goesBackToTheBestNetworkOfBothKinds() {
        for (Model model : List.of(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                Networks.graphClassifier(Networks.base(new Nesterovs(0.1, 0.9))))) {
            List<ValidationDecision> told = new ArrayList<>();
            AutoL2Listener listener = builder()
                    .observer(new AutoL2Observer() {
                        @Override
                        public void decided(ValidationDecision decision) {
                            told.add(decision);
                        }
                    })
                    .build();
            model.addListeners(listener);

            forget(model);

            assertThat(listener.validationDecisions()).isNotEmpty().isEqualTo(told);
            assertThat(told.get(0)).isInstanceOf(RestoreAndRaise.class);
            assertThat(((RestoreAndRaise) told.get(0)).bestIteration()).isEqualTo(15);
            assertThat(model.params().norm2Number().doubleValue()).isGreaterThan(0.5);
            assertThat(listener.changes()).isEmpty();
        }
    }

    @Test
    void putsTheDecidedLambdaOnTheNetwork() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = builder().build();
        network.addListeners(listener);

        forget(network);

        assertThat(listener.lambda())
                .isEqualTo(((RestoreAndRaise) listener.validationDecisions().get(0)).newLambda());
        train(network, 1);
        double penalty = network.calcRegularizationScore(true);
        Lambda.set(network, listener.lambda());
        assertThat(network.calcRegularizationScore(true)).isEqualTo(penalty);
    }

    @Test
    void itsScheduleRepeatsDivisionsButNoReturn() {
        // given a penalty that leaves nothing of the weights, which begin worse than nothing
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.001)));
        MultiLayerConfiguration configuration =
                network.getLayerWiseConfigurations().clone();
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(2 * BUDGET).withInitialLambda(30))
                .validation(heldOut(), 5)
                .build();
        network.addListeners(listener);
        for (int i = 0; i < 2 * BUDGET && listener.validationDecisions().isEmpty(); i++) {
            train(network, 1);
        }
        train(network, 7);
        assertThat(listener.validationDecisions()).isNotEmpty().hasOnlyElementsOfType(ValidationDecision.Divide.class);

        // when
        MultiLayerNetwork again = new MultiLayerNetwork(listener.schedule().applyTo(configuration));
        again.init();
        train(again, network.getIterationCount());

        // then
        assertThat(again.params().toFloatVector()).isEqualTo(network.params().toFloatVector());

        // and a run that went back is refused
        AutoL2Listener harmed = builder().build();
        MultiLayerNetwork other = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        other.addListeners(harmed);
        forget(other);
        SavedRun saved = harmed.savedRun();
        assertThatThrownBy(harmed::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the network went back to an earlier one");
        assertThatThrownBy(saved::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the network went back to an earlier one");
    }

    /** Until it has come back. */
    private static void forget(Model model) {
        train(model, 15);
        model.params().muli(0);
        train(model, 15);
    }

    /** As where somebody took passes over the data for iterations. */
    @Test
    void evaluatesSeldomBeyondABudgetThatIsFarTooSmallUnlessToldHowOften() {
        assertThat(evaluations(OptionalInt.empty())).containsExactly(10, 20, 25, 29);
        assertThat(evaluations(OptionalInt.of(10))).containsExactly(10, 20, 30, 40);
    }

    /** Within one, two, three and four budgets of 100 iterations. */
    private static List<Integer> evaluations(OptionalInt every) {
        AtomicInteger batches = new AtomicInteger();
        DataSetIterator counted =
                new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200)) {
                    @Override
                    public DataSet next() {
                        batches.incrementAndGet();
                        return super.next();
                    }
                };
        AutoL2ListenerBuilder builder = AutoL2Listener.builder(AutoL2Options.adaptive(100));
        AutoL2Listener listener = every.isPresent()
                ? builder.validation(counted, every.getAsInt()).build()
                : builder.validation(counted).build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(1e-6)));
        network.addListeners(listener);
        train(network, 9);
        int before = batches.get();
        List<Integer> evaluations = new ArrayList<>();
        for (int iterations : new int[] {91, 100, 100, 100}) {
            train(network, iterations);
            evaluations.add((batches.get() - before) / 3);
        }
        return evaluations;
    }

    @Test
    void trainsAsWithoutEvaluationsUntilItDecides() {
        MultiLayerNetwork with = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        MultiLayerNetwork without = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = builder().build();
        with.addListeners(listener);
        without.addListeners(new AutoL2Listener(
                AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03).withMinimumLambda(0.03)));

        train(with, 15);
        train(without, 15);

        assertThat(listener.validationDecisions()).isEmpty();
        assertThat(with.params()).isEqualTo(without.params());
    }

    @Test
    void bringsTheBestNetworkBack() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = builder().build();
        network.addListeners(listener);
        train(network, 15);
        INDArray best = network.params().dup(); // the end of the first window
        network.params().muli(0);
        train(network, 5);

        long iteration = listener.restoreBest(network);

        assertThat(iteration).isEqualTo(15);
        assertThat(network.params().data().asFloat()).isEqualTo(best.data().asFloat());
    }

    @Test
    void endsWithTheBestNetworkAlsoBetweenTwoEvaluations() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(17).withInitialLambda(0.03))
                .validation(heldOut(), 5)
                .build();
        network.addListeners(listener);
        train(network, 15);
        INDArray best = network.params().dup();
        train(network, 1);
        network.params().muli(0);

        train(network, 1);

        assertThat(listener.validationDecisions()).singleElement().isInstanceOf(RestoreAndHold.class);
        assertThat(network.params().data().asFloat()).isEqualTo(best.data().asFloat());
    }

    @Test
    void refusesToTellTheBestNetworkTooEarly() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        AutoL2Listener listener = builder().build();
        network.addListeners(listener);
        train(network, 5);

        assertThatThrownBy(() -> listener.restoreBest(network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there were fewer than 3 evaluations: the best network is not known");
    }

    @Test
    void refusesASecondNetwork() {
        AutoL2Listener listener = builder().build();
        MultiLayerNetwork first = Networks.classifier(Networks.base(new Sgd(0.1)));
        first.addListeners(listener);
        train(first, 1);
        MultiLayerNetwork second = Networks.classifier(Networks.base(new Sgd(0.1)));
        second.addListeners(listener);

        assertThatThrownBy(() -> train(second, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("follows a single network");
    }

    @Test
    void needsABudgetAndAnInterval() {
        assertThatThrownBy(() -> AutoL2Listener.builder(AutoL2Options.adaptive())
                        .validation(heldOut(), 5)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("validation needs options with a budget");
        assertThatThrownBy(() -> builder().validation(heldOut(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("everyIterations must be >= 1, got 0");
    }

    private static AutoL2Listener every(int budget, int iterations) {
        return AutoL2Listener.builder(AutoL2Options.adaptive(budget))
                .validation(heldOut(), iterations)
                .build();
    }

    /** An evaluation an epoch in a training of two: the rule would decide nothing. */
    @Test
    void refusesFewerThanThreeEvaluationsInTheBudget() {
        assertThatThrownBy(() -> every(2000, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation needs 3 evaluations in the budget of 2000 iterations to judge a network: "
                        + "everyIterations must be <= 666, got 1000. A fiftieth of the budget suits");
        assertThatThrownBy(() -> every(2000, 667)).isInstanceOf(IllegalArgumentException.class);
        assertThat(every(2000, 666)).isNotNull();
    }

    /** Without an interval of one's own none can be too long. */
    @Test
    void refusesABudgetThatHasNoRoomForThreeEvaluations() {
        assertThatThrownBy(() -> AutoL2Listener.builder(AutoL2Options.adaptive(2))
                        .validation(heldOut())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "validation needs a budget of at least 3 iterations, because the rule judges by as many evaluations, got 2");
        assertThat(AutoL2Listener.builder(AutoL2Options.adaptive(3))
                        .validation(heldOut())
                        .build())
                .isNotNull();
    }

    @Test
    void saysSoWhereEvaluationsAreTooFarApartForTheRefractoryPeriod() {
        every(2000, 66);
        assertThat(log.of(Level.WARN)).isEmpty();

        every(2000, 67);

        assertThat(log.of(Level.WARN))
                .containsExactly(
                        "Held-out data judge the network by 3 evaluations, which take 201 iterations: longer than "
                                + "the refractory period of 200.0. lambda is divided late, and seldom. Evaluate every 40 iterations, "
                                + "or leave everyIterations out.");
    }

    @Test
    void evaluatesAfterEachFiftiethOfTheBudgetWhereNothingElseIsSaid() {
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(600).withInitialLambda(0.03))
                .validation(heldOut())
                .build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        network.addListeners(listener);
        train(network, 37);

        assertThat(listener.restoreBest(network)).isEqualTo(36); // the third evaluation
    }

    @Test
    void knowsNoBestNetworkWithoutValidationData() {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(BUDGET));

        assertThat(listener.validationDecisions()).isEmpty();
        assertThatThrownBy(() -> listener.restoreBest(Networks.classifier(Networks.base(new Sgd(0.1)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("only a listener with validation data");
    }
}
