package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.RampSchedule;

/** Trainings, networks and options of all kinds, under a listener with validation data. */
@Tag("slow")
class ValidationTrainingTest {

    private static final int BUDGET = 400;
    private static final int EVERY = 5;

    /** Leaves nothing of the weights, so that performance is stale and lambda is divided. */
    private static final double TOO_LARGE = 30;

    private static final Sgd SLOW = new Sgd(0.001);
    private static final DataSet BATCH = Networks.classes(30, 1);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    private static DataSetIterator heldOut() {
        return new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200));
    }

    private static AdaptiveOptions stale() {
        return AutoL2Options.adaptive(BUDGET).withInitialLambda(TOO_LARGE);
    }

    private static AutoL2Listener listener(AutoL2Options options) {
        return AutoL2Listener.builder(options).validation(heldOut(), EVERY).build();
    }

    private static void train(Model model, int iterations) {
        Networks.fit(model, BATCH, iterations);
    }

    private static ValidationState state(AutoL2Listener listener) {
        return listener.savedRun().state().validation().orElseThrow().state();
    }

    /** At the first iteration 1/(etaEff T) is 250, later 2.5. */
    @Test
    void dividesAfterAWarmUpOfTheLearningRate() {
        MultiLayerNetwork network =
                Networks.classifier(Networks.base(new Sgd(new RampSchedule(new FixedSchedule(0.001), 100))));
        AutoL2Listener listener = listener(stale());
        network.addListeners(listener);

        train(network, BUDGET);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(state(listener).etaEff()).isEqualTo(0.001);
    }

    @Test
    void knowsTheLargestEtaEffThatWasMeasured() {
        for (Model model : List.of(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                Networks.classifier(Networks.base(new Adam(0.01))))) {
            AutoL2Listener listener = listener(
                    AutoL2Options.adaptive(BUDGET).withInitialLambda(0.01).withMeasureEvery(1));
            model.addListeners(listener);
            train(model, 30);

            double largest = listener.history().stream()
                    .mapToDouble(point -> point.measurement().etaEff())
                    .max()
                    .orElseThrow();
            assertThat(state(listener).etaEff()).isBetween(largest * (1 - 1e-9), 5 * largest);
        }
    }

    @Test
    void computesNoMorePenaltiesThanWithoutHeldOutDataAndTwoForTwoEvaluations() {
        AdaptiveOptions options = AutoL2Options.adaptive(BUDGET).withInitialLambda(0.01);

        int without = penalties(new AutoL2Listener(options.withMinimumLambda(0.01)));
        int with = penalties(
                AutoL2Listener.builder(options).validation(heldOut(), 50).build());

        assertThat(with).isBetween(without, without + 2);
    }

    @SuppressWarnings("overrides") // of Deeplearning4j itself
    private static int penalties(AutoL2Listener listener) {
        AtomicInteger count = new AtomicInteger();
        MultiLayerNetwork network =
                new MultiLayerNetwork(Networks.classifier(Networks.base(SLOW)).getLayerWiseConfigurations()) {
                    @Override
                    public double calcRegularizationScore(boolean backpropParamsOnly) {
                        count.incrementAndGet();
                        return super.calcRegularizationScore(backpropParamsOnly);
                    }
                };
        network.init();
        network.addListeners(listener);
        train(network, 100);
        return count.get();
    }

    @Test
    void endsTheBudgetOfANetworkThatWasTrainedBeforeWithTheBestNetwork() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        network.setIterationCount(5_000);
        AutoL2Listener listener = listener(AutoL2Options.adaptive(17).withInitialLambda(0.03));
        network.addListeners(listener);
        train(network, 15);
        INDArray best = network.params().dup();
        train(network, 1);
        network.params().muli(0);

        train(network, 1);

        assertThat(listener.validationDecisions()).containsExactly(new RestoreAndHold(5_017, 5_015, 0.03, 0.03));
        assertThat(network.params().data().asFloat()).isEqualTo(best.data().asFloat());
    }

    @Test
    void holdsLambdaBeyondTheBudgetAndSaysSoOnce() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(SLOW));
        AutoL2Listener listener = listener(AutoL2Options.adaptive(60).withInitialLambda(TOO_LARGE));
        network.addListeners(listener);

        train(network, 400);

        assertThat(listener.validationDecisions())
                .allSatisfy(decision -> assertThat(iteration(decision)).isLessThanOrEqualTo(60));
        assertThat(listener.history()
                        .get(listener.history().size() - 1)
                        .measurement()
                        .iteration())
                .isGreaterThan(370);
        assertThat(log.of(Level.WARN))
                .singleElement()
                .asString()
                .contains("the run goes on after its budget; lambda is held");
    }

    private static long iteration(ValidationDecision decision) {
        return decision instanceof ValidationDecision.Divide division
                ? division.iteration()
                : ((RestoreAndHold) decision).iteration();
    }

    @Test
    void refusesAGraphWithSeveralInputsOrOutputsBeforeItsFirstUpdate() {
        INDArray features = BATCH.getFeatures();
        INDArray labels = BATCH.getLabels();
        ComputationGraph outputs = graph(hidden("in")
                .addLayer("other", Networks.softmax(8).build(), "hidden")
                .setOutputs("out", "other"));
        ComputationGraph inputs = graph(hidden("in", "second").setOutputs("out"));

        refuses(outputs, new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels, labels}));
        refuses(inputs, new MultiDataSet(new INDArray[] {features, features}, new INDArray[] {labels}));
    }

    private static GraphBuilder hidden(String... inputs) {
        return Networks.base(SLOW)
                .graphBuilder()
                .addInputs(inputs)
                .addLayer(
                        "hidden",
                        new DenseLayer.Builder().nIn(4 * inputs.length).nOut(8).build(),
                        inputs)
                .addLayer("out", Networks.softmax(8).build(), "hidden");
    }

    private static ComputationGraph graph(GraphBuilder builder) {
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    private static void refuses(ComputationGraph graph, MultiDataSet batch) {
        INDArray before = graph.params().dup();
        graph.addListeners(listener(stale()));

        assertThatThrownBy(() -> graph.fit(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("validation data are a DataSetIterator, whose batches have one input and one output: "
                        + "a network with several of them cannot be judged by them. Train it without validation(..)");
        assertThat(graph.params()).isEqualTo(before);
    }

    @Test
    void countsEachUpdateOnceWhereItWasAddedTwice() {
        AtomicInteger once = new AtomicInteger();
        AtomicInteger twice = new AtomicInteger();
        MultiLayerNetwork network = Networks.classifier(Networks.base(SLOW));
        MultiLayerNetwork other = Networks.classifier(Networks.base(SLOW));
        AutoL2Listener single = AutoL2Listener.builder(stale())
                .validation(counting(once), EVERY)
                .build();
        AutoL2Listener both = AutoL2Listener.builder(stale())
                .validation(counting(twice), EVERY)
                .build();
        network.addListeners(single);
        other.addListeners(both, both);

        train(network, 30);
        train(other, 30);

        assertThat(twice).hasValue(once.get());
        assertThat(state(both)).isEqualTo(state(single));
        assertThat(other.params()).isEqualTo(network.params());
        assertThat(log.of(Level.WARN))
                .containsExactly(
                        "The network has the same AutoL2Listener twice: each iteration counts once. Add it once.");
    }

    private static DataSetIterator counting(AtomicInteger resets) {
        return new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200)) {
            @Override
            public void reset() {
                resets.incrementAndGet();
                super.reset();
            }
        };
    }

    @Test
    void historyDivisionsObserversAndPageKnowWhatHeldOutDataDecide() throws Exception {
        // given
        List<Decision.Change> told = new ArrayList<>();
        try (LambdaPage page = LambdaPage.open()) {
            AutoL2Listener listener = AutoL2Listener.builder(stale())
                    .validation(heldOut(), EVERY)
                    .observer(page)
                    .observer(new AutoL2Observer() {
                        @Override
                        public void changed(Decision.Change division) {
                            told.add(division);
                        }
                    })
                    .build();
            MultiLayerNetwork network = Networks.classifier(Networks.base(SLOW));
            network.addListeners(listener);

            // when
            for (int i = 0; i < BUDGET && listener.validationDecisions().isEmpty(); i++) {
                train(network, 1);
            }

            // then
            ValidationDecision.Divide decision =
                    (ValidationDecision.Divide) listener.validationDecisions().get(0);
            assertThat(listener.changes()).isEqualTo(told).singleElement().satisfies(division -> {
                assertThat(division.cause()).isEqualTo(Decision.Cause.VALIDATION);
                assertThat(division.iteration()).isEqualTo(decision.iteration());
                assertThat(division.oldLambda()).isEqualTo(TOO_LARGE);
                assertThat(division.newLambda()).isEqualTo(decision.newLambda());
                assertThat(division.measurement().iteration()).isEqualTo(decision.iteration() - 1);
            });
            assertThat(listener.history())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(point -> assertThat(point.lambda()).isEqualTo(TOO_LARGE));
            train(network, 1); // is measured with the new lambda
            HistoryPoint last = listener.history().get(listener.history().size() - 1);
            assertThat(last.lambda()).isEqualTo(decision.newLambda());
            assertThat(last.measurement().iteration()).isEqualTo(decision.iteration());
            assertThat(listener.timescalesSinceDivision()).isLessThan(listener.timescales());
            assertThat(get(page, "data.json"))
                    .contains("\"cause\":\"validation\"", "\"decisions\":[\"Divide[iteration=" + decision.iteration());
            assertThat(get(page, "")).contains("validation", "Decisions by held-out data");
        }
    }

    private static String get(LambdaPage page, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page.address().resolve(path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void doesNotDivideBelowTheMinimumOfTheOptions() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(SLOW));
        AutoL2Listener listener = listener(stale().withMinimumLambda(15));
        network.addListeners(listener);

        train(network, BUDGET);

        // Such a lambda makes the outputs equal: the best network comes back at the end.
        assertThat(listener.validationDecisions())
                .singleElement()
                .isInstanceOfSatisfying(
                        RestoreAndHold.class,
                        back -> assertThat(back.iteration()).isEqualTo(BUDGET));
        assertThat(listener.lambda()).isEqualTo(TOO_LARGE);
    }

    @Test
    void measuresAsOftenAsTheOptionsSay() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(SLOW));
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(BUDGET).withInitialLambda(0.01).withMeasureEvery(3))
                .validation(heldOut(), 100)
                .build();
        network.addListeners(listener);

        train(network, 90);

        List<HistoryPoint> history = listener.history();
        for (int i = 1; i < history.size(); i++) {
            assertThat(history.get(i).measurement().iteration()
                            - history.get(i - 1).measurement().iteration())
                    .isBetween(1L, 3L);
        }
        assertThat(history).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void refusesOptionsThatOnlyTrainingSignalsKnow() {
        String message = "with validation data, held-out performance says when lambda is divided: "
                + "leave refractory at 0.4 and holdFrom at 0, got refractory ";

        assertThatThrownBy(() -> listener(stale().withRefractory(0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "0.1 and holdFrom 0");
        assertThatThrownBy(() -> listener(stale().withHoldFrom(300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "0.4 and holdFrom 300");
    }
}
