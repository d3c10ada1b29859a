package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.List;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Candidates whose lambda the validation data lead while they train. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ValidatedSearchTest {

    private static final int BETWEEN_EVALUATIONS = 10;
    private static final int ITERATIONS = Searches.BATCHES * Searches.EPOCHS;
    private static final LambdaOptions OPTIONS =
            LambdaOptions.validated().withSeeds(List.of(1L)).withoutRace().withShare(0.05);

    private static OptimizationConfiguration configuration(BaseNetworkSpace<?> space, LambdaOptions options) {
        return Searches.configuration(new LambdaGenerator(new RandomSearchGenerator(space), options), 1)
                .rngSeed(3)
                .scoreFunction(new TestSetLossScoreFunction())
                .modelSaver(new InMemoryResultSaver())
                .build();
    }

    private static BaseNetworkSpace<?> space(boolean graph) {
        return graph ? Searches.graphSpace() : Searches.space().build();
    }

    /** The training as a user would write it. */
    private static Network byHand(boolean graph, double lambda) {
        RandomSearchGenerator generator = new RandomSearchGenerator(space(graph));
        generator.setRngSeed(3);
        Network network = new CandidateNetwork(generator.getCandidate().getValue()).network();
        network.init();
        Searches.TwoClasses data = new Searches.TwoClasses();
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(ITERATIONS).withInitialLambda(lambda))
                .validation((DataSetIterator) data.testData(), BETWEEN_EVALUATIONS)
                .build();
        network.addListener(listener);
        DataSetIterator training = (DataSetIterator) data.trainData();
        network.either(
                multiLayer -> {
                    multiLayer.fit(training, Searches.EPOCHS);
                    return multiLayer;
                },
                built -> {
                    built.fit(training, Searches.EPOCHS);
                    return built;
                });
        listener.restoreBest(network.model());
        return network;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainsAsTheListenerWithValidationDataDoesAndKeepsTheBestNetwork(boolean graph) throws Exception {
        // given, with reports for pruning in between
        SearchRunner runner = SearchRunner.builder(1, configuration(space(graph), OPTIONS))
                .pruning(Pruning.median(ITERATIONS))
                .build();

        // when
        runner.execute();

        // then
        assertThat(runner.numCandidatesCompleted())
                .as("%s", runner.getCandidateStatus())
                .isEqualTo(1);
        assertThat(runner.outcomes().get(0).reports())
                .extracting(Report::iteration)
                .contains(16L, 144L);
        OptimizationResult result = runner.getResults().get(0).getResult();
        CandidateLambda lambda = Searches.lambda(runner.getResults().get(0));
        Network found = Network.of(
                (org.deeplearning4j.nn.api.Model) result.getResultReference().getResultModel());
        Network expected = byHand(graph, lambda.lambda());
        assertThat(found.model().params()).isEqualTo(expected.model().params());
        assertThat(found.json()).isEqualTo(expected.json());
        DataSet validation = ((DataSetIterator) new Searches.TwoClasses().testData()).next();
        assertThat(result.getScore()).isCloseTo(found.loss(validation), within(1e-5));
        assertThat(found.score(validation) - found.loss(validation)).isPositive();
        assertThat(lambda.finalLambda()).isPositive();
    }

    @Test
    void aTrainingFarShorterThanSaidFailsWithItsReason() {
        OptimizationConfiguration configuration =
                configuration(Searches.space().numEpochs(1).build(), OPTIONS.withIterations(ITERATIONS));
        SearchRunner runner = new SearchRunner(1, configuration);

        runner.execute();

        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace())
                .contains("there were fewer than 3 evaluations");
    }

    @Test
    void earlyStoppingIsRefusedBeforeAnythingTrains() {
        // given
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(
                        new DataSetLossCalculator((DataSetIterator) new Searches.TwoClasses().testData(), true))
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .build();
        SearchRunner runner = new SearchRunner(
                1,
                configuration(
                        Searches.space().earlyStoppingConfiguration(stopping).build(),
                        OPTIONS.withIterations(ITERATIONS)));

        // then
        assertThatThrownBy(runner::execute)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LambdaOptions.validated() does not go with early stopping");
        assertThat(runner.numCandidatesTotal()).isZero();
    }
}
