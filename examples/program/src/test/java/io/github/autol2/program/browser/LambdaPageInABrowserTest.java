package io.github.autol2.program.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.AutoL2ListenerBuilder;
import io.github.autol2.dl4j.HistoryPoint;
import io.github.autol2.dl4j.LambdaPage;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The live page as a person sees it. Visible as skipped where there is no browser. */
@Tag("slow")
@Tag("browser")
class LambdaPageInABrowserTest {

    private static final List<String> CHARTS = List.of(
            "loss without penalty",
            "penalty",
            "share of the penalty in the score",
            "lambda",
            "tau in iterations",
            "training error");

    @TempDir
    private Path folder;

    private Browser browser;
    private LambdaPage page;
    private MultiLayerNetwork network;

    @BeforeEach
    void open() throws Exception {
        browser = Browser.start(folder.resolve("profile"));
        page = LambdaPage.open();
    }

    @AfterEach
    void close() throws Exception {
        if (page != null) { // there was a browser
            page.close();
            browser.close();
        }
    }

    @Test
    void showsCurvesLambdaAndItsChangesWithTheirCauses() throws Exception {
        AutoL2Listener listener = listener().build();
        train(listener, 120);

        browser.show(page.address(), Browser.Screen.DESK);

        assertThat(listener.changes()).isNotEmpty();
        assertThat(each("svg", "it.getAttribute('aria-label')")).containsExactlyElementsOf(CHARTS);
        for (String chart : CHARTS) {
            JsonNode curve = browser.evaluate("(() => { const line = document.querySelector('svg[aria-label=\"" + chart
                    + "\"] polyline'); const box = line.getBoundingClientRect(), around = line.ownerSVGElement.getBoundingClientRect();"
                    + " return [line.points.numberOfItems, box.width / around.width, box.height / around.height,"
                    + " +(box.top >= around.top && box.bottom <= around.bottom && around.right <= innerWidth)]; })()");
            assertThat(curve.get(0).asInt())
                    .as(chart)
                    .isEqualTo(listener.history().size());
            assertThat(curve.get(1).asDouble()).as(chart).isCloseTo(270.0 / 340, within(0.02));
            assertThat(curve.get(2).asDouble()).as(chart).isCloseTo(122.0 / 170, within(0.02));
            assertThat(curve.get(3).asInt()).as(chart).isEqualTo(1);
        }
        HistoryPoint last = listener.history().get(listener.history().size() - 1);
        assertThat(value("iteration"))
                .isEqualTo(Long.toString(last.measurement().iteration()));
        assertThat(value("lambda")).isEqualTo(number(last.lambda()));
        assertThat(value("loss without penalty"))
                .isEqualTo(number(last.measurement().loss()));
        assertThat(each("tr + tr", "[...it.cells].map(cell => cell.innerText).join(' ')"))
                .containsExactlyElementsOf(listener.changes().stream()
                        .map(LambdaPageInABrowserTest::row)
                        .toList());
        assertNothingIsWrong();
    }

    @Test
    void showsWhatHeldOutDataDecided() throws Exception {
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(300).withInitialLambda(0.3))
                .observer(page)
                .validation(new ListDataSetIterator<>(classes(64, 99).asList(), 64), 10)
                .build();
        train(listener, 300);

        browser.show(page.address(), Browser.Screen.DESK);

        assertThat(listener.validationDecisions()).isNotEmpty();
        assertThat(each("h2", "it.innerText")).containsExactly("Changes of lambda", "Decisions by held-out data");
        assertThat(each("h2 + table:last-child tr + tr", "it.lastChild.innerText"))
                .hasSameSizeAs(listener.validationDecisions())
                .allMatch(decision ->
                        decision.matches("divide|best network back(, | with a larger lambda, )of iteration \\d+"));
        assertNothingIsWrong();
    }

    @Test
    void aPageThatIsOpenFollowsTheTraining() throws Exception {
        browser.show(page.address(), Browser.Screen.DESK);
        assertThat(browser.evaluate("document.body.innerText").asText()).contains("Nothing has been measured yet");
        AutoL2Listener listener = listener().build();

        train(listener, 60);
        String early = Browser.eventually("the first numbers", () -> shown("iteration"));
        train(listener, 60);
        String late = Browser.eventually("the next numbers", () -> {
            String now = shown("iteration");
            return early.equals(now) ? null : now;
        });

        assertThat(Integer.parseInt(late)).isGreaterThan(Integer.parseInt(early));
        assertNothingIsWrong();
    }

    @Test
    void fitsAPhone() throws Exception {
        train(listener().build(), 120);

        browser.show(page.address(), Browser.Screen.PHONE);

        assertThat(browser.sideways()).isZero();
        assertThat(browser.smallestChartText()).isGreaterThanOrEqualTo(11);
        assertThat(each("svg", "it.getBoundingClientRect().width")).allMatch(width -> Double.parseDouble(width) > 340);
        assertNothingIsWrong();
    }

    private void assertNothingIsWrong() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(request -> request.startsWith(page.address().toString()) || request.equals("data:,"));
    }

    /** One text for each element that a selector finds; the script calls it {@code it}. */
    private List<String> each(String selector, String script) throws Exception {
        JsonNode found = browser.evaluate(
                "[...document.querySelectorAll('" + selector + "')].map(it => String(" + script + "))");
        List<String> texts = new ArrayList<>();
        found.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private String value(String name) throws Exception {
        return Browser.eventually(name, () -> shown(name));
    }

    /** Null if the page does not show it, or is just being loaded. */
    private String shown(String name) throws Exception {
        JsonNode value = browser.evaluate("([...document.querySelectorAll('dt')].find(dt => dt.innerText === '" + name
                + "')?.nextElementSibling.innerText) ?? null");
        return value.isTextual() ? value.asText() : null;
    }

    private static String row(Decision.Change division) {
        return division.iteration() + " " + number(division.oldLambda()) + " \u2192 " + number(division.newLambda())
                + " " + division.cause().label();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private AutoL2ListenerBuilder listener() {
        return AutoL2Listener.builder(
                        AutoL2Options.adaptive(300).withInitialLambda(0.3).withRefractory(0.1))
                .observer(page);
    }

    /** Goes on with the network, if there is one. */
    private void train(AutoL2Listener listener, int iterations) throws IOException {
        if (network == null) {
            network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .seed(7)
                    .updater(new Sgd(0.1))
                    .activation(Activation.RELU)
                    .list()
                    .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                    .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .nIn(8)
                            .nOut(3)
                            .build())
                    .build());
            network.init();
            network.addListeners(listener);
        }
        for (int i = 0; i < iterations; i++) {
            network.fit(classes(16, i % 5));
        }
    }

    /** Rows of 4 features with one of 3 classes, partly learnable. */
    private static DataSet classes(int rows, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(rows, 4);
        INDArray labels = Nd4j.zeros(rows, 3);
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(3);
            for (int column = 0; column < 4; column++) {
                features.putScalar(row, column, random.nextGaussian() + (column == label ? 1 : 0));
            }
            labels.putScalar(row, label, 1);
        }
        return new DataSet(features, labels);
    }
}
