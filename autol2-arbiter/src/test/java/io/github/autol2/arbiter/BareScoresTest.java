package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.run.CandidateTask;
import io.github.autol2.arbiter.run.OnMachine;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Scores that contain the penalty: what chooses does not see it. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BareScoresTest {

    private static final DataSet VALIDATION = ((DataSetIterator) new Searches.TwoClasses().testData()).next();

    private static double bare(Object network) {
        return Network.of((Model) network).loss(VALIDATION);
    }

    private static double penalised(Object network) {
        return Network.of((Model) network).score(VALIDATION);
    }

    private static LambdaOptions shortest(LambdaOptions options) {
        return options.withSeeds(List.of(1L)).withoutRace().withShare(0.05);
    }

    private static OptimizationConfiguration configuration(CandidateGenerator generator) {
        return Searches.configuration(generator, 1)
                .rngSeed(3)
                .scoreFunction(new TestSetLossScoreFunction())
                .modelSaver(new InMemoryResultSaver())
                .build();
    }

    private static OptimizationResult only(SearchRunner runner) throws Exception {
        runner.execute();
        assertThat(runner.numCandidatesCompleted())
                .as("%s", runner.getCandidateStatus())
                .isEqualTo(1);
        return runner.getResults().get(0).getResult();
    }

    /** Trains the same candidate with a given lambda. */
    private static OptimizationResult trained(Candidate<?> inner, double lambda) {
        LambdaCandidate candidate =
                new LambdaCandidate(0, inner, new CandidateNetwork(inner.getValue()), 0, LambdaOptions.predicted(), 1);
        candidate.setLambda(new CandidateLambda(lambda, lambda, lambda, lambda, 1, 1, 1, 160, 0, "none"));
        return new CandidateTask(
                        candidate,
                        new OnMachine(new SearchData.Source(Searches.TwoClasses.class, null)),
                        new TestSetLossScoreFunction(),
                        Optional.of(new InMemoryResultSaver()),
                        ScoreBoard.withoutPruning())
                .call();
    }

    @ParameterizedTest
    @CsvSource({"true, 0.06", "false, 0.03"})
    void theBestOfOneNetworksLambdasIsNotThatWithTheSmallestPenalty(boolean graph, double lambda) throws Exception {
        // given
        BaseNetworkSpace<?> space =
                graph ? Searches.graphSpace() : Searches.space().build();
        RandomSearchGenerator generator = new RandomSearchGenerator(space);
        generator.setRngSeed(3);
        Candidate<?> inner = generator.getCandidate();

        // when
        OptimizationResult small = trained(inner, 1e-5);
        OptimizationResult large = trained(inner, lambda);

        // then
        Object smallNetwork = small.getResultReference().getResultModel();
        Object largeNetwork = large.getResultReference().getResultModel();
        assertThat(penalised(largeNetwork)).isGreaterThan(penalised(smallNetwork));
        assertThat(large.getScore()).isLessThan(small.getScore());
        assertThat(small.getScore()).isCloseTo(bare(smallNetwork), within(1e-5));
        assertThat(large.getScore()).isCloseTo(bare(largeNetwork), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicted", "adaptive"})
    void reportsForPruningAreWithoutThePenalty(String method) throws Exception {
        // given
        LambdaOptions options = method.equals("predicted") ? LambdaOptions.predicted() : LambdaOptions.adaptive();
        List<Double> losses = new ArrayList<>();
        List<Double> penalties = new ArrayList<>();
        SearchRunner runner = SearchRunner.builder(
                        1,
                        configuration(new LambdaGenerator(
                                new RandomSearchGenerator(Searches.space().build()), shortest(options))))
                .pruning(Pruning.median(Searches.BATCHES * Searches.EPOCHS))
                .build();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                losses.add(bare(candidate));
                penalties.add(penalised(candidate) - bare(candidate));
            }
        });

        // when
        OptimizationResult result = only(runner);

        // then
        List<Report> reports = runner.outcomes().get(0).reports().stream()
                .filter(report -> !report.fromCalibration())
                .toList();
        assertThat(reports).hasSize(9);
        for (Report report : reports) {
            int number = (int) report.iteration() - 1;
            assertThat(report.score()).isCloseTo(losses.get(number), within(1e-5));
            assertThat(penalties.get(number)).isGreaterThan(1e-3);
        }
        Object network = result.getResultReference().getResultModel();
        assertThat(result.getScore()).isCloseTo(bare(network), within(1e-5));
        assertThat(penalised(network)).isGreaterThan(bare(network) + 1e-3);
    }

    private static TaskCreator autoL2() {
        return new LambdaTaskCreator(new AutoL2TaskListener(
                AutoL2Options.adaptive(Searches.BATCHES * Searches.EPOCHS).withInitialLambda(0.1)));
    }

    @Test
    void aTaskListenersAutoL2LeavesItsPenaltyOutToo() throws Exception {
        SearchRunner runner = SearchRunner.builder(
                        1,
                        configuration(new RandomSearchGenerator(
                                Searches.space().numEpochs(5).build())))
                .taskCreator(autoL2())
                .build();

        OptimizationResult result = only(runner);

        Object network = result.getResultReference().getResultModel();
        assertThat(penalised(network)).isGreaterThan(bare(network) + 0.01);
        assertThat(result.getScore()).isCloseTo(bare(network), within(1e-5));
    }

    @Test
    void aPlainSearchScoresAsArbiterDoes() throws Exception {
        MultiLayerSpace space = Searches.space().l2(0.1).numEpochs(5).build();

        OptimizationResult result = only(new SearchRunner(1, configuration(new RandomSearchGenerator(space))));

        Object network = result.getResultReference().getResultModel();
        assertThat(penalised(network)).isGreaterThan(bare(network) + 0.01);
        assertThat(result.getScore()).isCloseTo(penalised(network), within(1e-5));
    }

    /** Notes which penalty it would count. Arbiter gives each candidate a copy of its own. */
    private static final class Noting implements ScoreCalculator<MultiLayerNetwork> {
        private static final long serialVersionUID = 1;
        private static final List<Double> PENALTIES = new ArrayList<>();

        @Override
        public double calculateScore(MultiLayerNetwork network) {
            PENALTIES.add(network.calcRegularizationScore(true));
            return network.score(VALIDATION);
        }

        @Override
        public boolean minimizeScore() {
            return true;
        }
    }

    private static MultiLayerSpace.Builder stopping() {
        Noting.PENALTIES.clear();
        return Searches.space()
                .earlyStoppingConfiguration(new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                        .modelSaver(new InMemoryModelSaver<>())
                        .scoreCalculator(new Noting())
                        .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicted", "adaptive", "task listener"})
    void earlyStoppingIsWithoutThePenalty(String kind) throws Exception {
        CandidateGenerator plain = new RandomSearchGenerator(stopping().build());
        LambdaOptions options = kind.equals("predicted") ? LambdaOptions.predicted() : LambdaOptions.adaptive();
        SearchRunner runner = kind.equals("task listener")
                ? SearchRunner.builder(1, configuration(plain))
                        .taskCreator(autoL2())
                        .build()
                : new SearchRunner(
                        1,
                        configuration(new LambdaGenerator(
                                plain, shortest(options).withIterations(Searches.BATCHES * Searches.EPOCHS))));

        OptimizationResult result = only(runner);

        assertThat(Noting.PENALTIES).hasSize(5).containsOnly(0.0);
        Object best = result.getResultReference().getResultModel();
        assertThat(result.getScore()).isCloseTo(bare(best), within(1e-5));
        assertThat(penalised(best)).isGreaterThan(bare(best) + 1e-3);
    }

    @Test
    void earlyStoppingOfAPlainSearchIsTheUsersOwn() throws Exception {
        only(new SearchRunner(
                1, configuration(new RandomSearchGenerator(stopping().l2(0.1).build()))));

        assertThat(Noting.PENALTIES)
                .hasSize(5)
                .allSatisfy(penalty -> assertThat(penalty).isGreaterThan(0.01));
    }

    /** The first epoch's network is the best. */
    private static final class Epochs implements ScoreCalculator<MultiLayerNetwork> {
        private static final long serialVersionUID = 1;

        @Override
        public double calculateScore(MultiLayerNetwork network) {
            return network.getLayerWiseConfigurations().getEpochCount();
        }

        @Override
        public boolean minimizeScore() {
            return true;
        }
    }

    @Test
    void theFinalLambdaIsThatOfTheNetworkThatEarlyStoppingHasChosen() throws Exception {
        // given
        MultiLayerSpace space = Searches.space()
                .earlyStoppingConfiguration(new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                        .modelSaver(new InMemoryModelSaver<>())
                        .scoreCalculator(new Epochs())
                        .epochTerminationConditions(new MaxEpochsTerminationCondition(Searches.EPOCHS))
                        .build())
                .build();
        List<Double> lambdas = new ArrayList<>();
        SearchRunner runner = new SearchRunner(
                1,
                configuration(new LambdaGenerator(
                        new RandomSearchGenerator(space),
                        shortest(LambdaOptions.adaptive()).withIterations(Searches.BATCHES * Searches.EPOCHS))));
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                lambdas.add(Lambda.get((Model) candidate));
            }
        });

        // when
        OptimizationResult result = only(runner);

        // then
        CandidateLambda found = Searches.lambda(runner.getResults().get(0));
        assertThat(lambdas.get(lambdas.size() - 1)).isLessThan(lambdas.get(Searches.BATCHES - 1));
        assertThat(found.finalLambda())
                .isEqualTo(lambdas.get(Searches.BATCHES - 1))
                .isEqualTo(Lambda.get((Model) result.getResultReference().getResultModel()));
    }
}
