package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A listener with held-out data and no race leaves a classifier alone until it overfits. */
@Tag("slow")
class BeginningWithValidationTest {

    private static final int BUDGET = 200;
    private static final double OWN = 3e-4;
    private static final DataSet BATCH = Networks.classes(30, 1);
    private static final String PLAN = ", and raises it if held-out data show that the network overfits";

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    private static NeuralNetConfiguration.Builder base() {
        return Networks.base(new Nesterovs(0.1, 0.9));
    }

    private static AutoL2Listener listener(AutoL2Options options) {
        return AutoL2Listener.builder(options)
                .validation(new ExistingDataSetIterator(Networks.classes(600, 2).batchBy(200)), 5)
                .build();
    }

    @Test
    void keepsTheNetworksOwnCoefficientBitForBitAndRaisesItOnceHarmed() {
        MultiLayerNetwork without = Networks.classifier(base().l2(OWN));
        MultiLayerNetwork with = Networks.classifier(base().l2(OWN));
        AutoL2Listener listener = listener(AutoL2Options.adaptive(BUDGET));
        with.addListeners(listener);

        Networks.fit(without, BATCH, 15);
        Networks.fit(with, BATCH, 15);
        assertThat(with.params()).isEqualTo(without.params());
        assertThat(listener.lambda()).isEqualTo(OWN);
        assertThat(log.of(Level.INFO)).anyMatch(line -> line.endsWith("lambda " + OWN + PLAN));
        with.params().muli(0);
        Networks.fit(with, BATCH, 15);

        double whole = firstLambda(AutoL2Options.adaptive(BUDGET).fromTheStart());
        assertThat(listener.validationDecisions()).first().isInstanceOfSatisfying(RestoreAndRaise.class, raise -> {
            assertThat(raise.bestIteration()).isEqualTo(15);
            assertThat(raise.oldLambda()).isEqualTo(OWN);
            assertThat(raise.newLambda()).isEqualTo(whole);
        });
    }

    @Test
    void beginsWithNextToNothingWhereTheNetworkHasNoCoefficient() {
        double whole = firstLambda(AutoL2Options.adaptive(BUDGET).fromTheStart());

        assertThat(firstLambda(AutoL2Options.adaptive(BUDGET))).isLessThan(0.031 * whole);
    }

    @Test
    void promisesNoRaiseOfALambdaThatTheUserChose() {
        assertThat(firstLambda(AutoL2Options.adaptive(BUDGET).withInitialLambda(0.03)))
                .isEqualTo(0.03);

        assertThat(log.of(Level.INFO)).anyMatch(line -> line.endsWith("AutoL2 begins with lambda 0.03"));
    }

    private static double firstLambda(AutoL2Options options) {
        MultiLayerNetwork network = Networks.classifier(base());
        AutoL2Listener listener = listener(options);
        network.addListeners(listener);
        Networks.fit(network, BATCH, 1);
        return listener.lambda();
    }
}
