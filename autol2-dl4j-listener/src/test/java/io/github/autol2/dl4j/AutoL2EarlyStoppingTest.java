package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxScoreIterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Early stopping as people write it, with and without our listener. */
@Tag("slow")
class AutoL2EarlyStoppingTest {

    private static final int EPOCHS = 60;
    private static final DataSet TRAIN = Networks.classes(160, 1);
    private static final DataSet VALIDATION = Networks.classes(200, 2);
    private static final DataSet TEST = Networks.classes(2_000, 3);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    private static DataSetIterator batches(DataSet data) {
        return new ListDataSetIterator<>(data.asList(), 16);
    }

    private static MultiLayerConfiguration network(long seed) {
        return Networks.base(new Adam(0.01))
                .seed(seed)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(40).build())
                .layer(new DenseLayer.Builder().nIn(40).nOut(40).build())
                .layer(Networks.softmax(40).build())
                .build();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Deeplearning4j's calculators are of Model
    private static <T extends Model> EarlyStoppingConfiguration<T> configuration(ScoreCalculator calculator) {
        return new EarlyStoppingConfiguration.Builder<T>()
                .epochTerminationConditions(
                        new ScoreImprovementEpochTerminationCondition(8), new MaxEpochsTerminationCondition(EPOCHS))
                .scoreCalculator(calculator)
                .modelSaver(new InMemoryModelSaver<>())
                .build();
    }

    private static ScoreCalculator<?> calculator(String kind) {
        return kind.equals("loss")
                ? new DataSetLossCalculator(batches(VALIDATION), true)
                : new ClassificationScoreCalculator(Evaluation.Metric.ACCURACY, batches(VALIDATION));
    }

    private static double accuracy(EarlyStoppingResult<MultiLayerNetwork> result) {
        Evaluation evaluation = new Evaluation();
        evaluation.eval(TEST.getLabels(), result.getBestModel().output(TEST.getFeatures()));
        return evaluation.accuracy();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"loss", "accuracy"})
    void theBestModelIsAsGoodAsWithoutUsOrBetter(String kind) {
        double without = 0;
        double with = 0;
        for (long seed = 1; seed <= 3; seed++) {
            MultiLayerNetwork plain = new MultiLayerNetwork(network(seed));
            plain.init();
            without += accuracy(new EarlyStoppingTrainer(configuration(calculator(kind)), plain, batches(TRAIN)).fit())
                    / 3;
            with += accuracy(AutoL2EarlyStopping.trainer(
                                    configuration(calculator(kind)),
                                    network(seed),
                                    batches(TRAIN),
                                    AutoL2Options.adaptive(10 * EPOCHS))
                            .fit())
                    / 3;
        }

        assertThat(with).isGreaterThan(without - 0.01);
    }

    @Test
    void warnsWhereTheTrainerDoesNotKnowOfUs() {
        MultiLayerNetwork network = new MultiLayerNetwork(network(1));
        network.init();
        network.addListeners(new AutoL2Listener(AutoL2Options.adaptive(1_000)));
        EarlyStoppingConfiguration<MultiLayerNetwork> plain =
                configuration(new DataSetLossCalculator(batches(VALIDATION), true));
        plain.setEpochTerminationConditions(List.of(new MaxEpochsTerminationCondition(2)));

        new EarlyStoppingTrainer(plain, network, batches(TRAIN)).fit();

        assertThat(log.of(Level.WARN))
                .filteredOn(message -> message.contains("early stopping"))
                .hasSize(1);
    }

    @Test
    void doesNotWarnBesideUs() {
        EarlyStoppingConfiguration<MultiLayerNetwork> plain =
                configuration(new DataSetLossCalculator(batches(VALIDATION), true));
        plain.setEpochTerminationConditions(List.of(new MaxEpochsTerminationCondition(2)));

        AutoL2EarlyStopping.trainer(plain, network(1), batches(TRAIN), AutoL2Options.adaptive(1_000))
                .fit();

        assertThat(log.of(Level.WARN)).isEmpty();
    }

    @Test
    void theScoreIsTheLossWithoutThePenalty() {
        // given a trained network with a large lambda
        MultiLayerNetwork network = new MultiLayerNetwork(network(1));
        network.init();
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.paper().withRefractory(1e9));
        network.addListeners(listener);
        network.fit(TRAIN);
        double penalty = network.calcRegularizationScore(true);
        double withPenalty = network.score(VALIDATION);

        // when
        double score = AutoL2EarlyStopping.beside(
                        AutoL2EarlyStoppingTest.<MultiLayerNetwork>configuration(calculator("loss")), listener)
                .getScoreCalculator()
                .calculateScore(network);

        // then, and lambda is as it was
        assertThat(penalty).isGreaterThan(1);
        assertThat(score).isCloseTo(withPenalty - penalty, within(1e-4));
        assertThat(new BareLossCalculator(batches(VALIDATION)).calculateScore(network))
                .isCloseTo(score, within(1e-4));
        assertThat(network.calcRegularizationScore(true)).isEqualTo(penalty);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void atAConstantLambdaScoresAreWithoutItsPenaltyToo(double lambda) {
        // given
        MultiLayerNetwork network = new MultiLayerNetwork(network(1));
        network.init();
        network.fit(TRAIN);
        double bare = network.score(VALIDATION);
        double bareOfBatch = network.score();
        Lambda.set(network, lambda);
        double penalty = network.calcRegularizationScore(true);
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = configuration(calculator("loss"));
        configuration.setIterationTerminationConditions(
                List.of(new MaxScoreIterationTerminationCondition(bareOfBatch + 0.01)));

        // when
        EarlyStoppingConfiguration<MultiLayerNetwork> beside = AutoL2EarlyStopping.beside(configuration, network);

        // then, and lambda is as it was
        assertThat(beside.getScoreCalculator().calculateScore(network)).isCloseTo(bare, within(1e-4));
        assertThat(beside.getIterationTerminationConditions())
                .allSatisfy(condition -> {
                    assertThat(condition.terminate(bareOfBatch + penalty)).isFalse();
                    assertThat(condition.terminate(bareOfBatch + penalty + 0.02))
                            .isTrue();
                })
                .hasSize(1);
        assertThat(beside.getEpochTerminationConditions()).isEqualTo(configuration.getEpochTerminationConditions());
        assertThat(network.calcRegularizationScore(true)).isEqualTo(penalty);
        assertThat(penalty > 1).isEqualTo(lambda > 0);
    }

    @Test
    void aDivisionGivesTheNextLambdaItsChance() {
        // given a score that never improves
        AutoL2Listener listener = new AutoL2Listener(
                AutoL2Options.paper().withRefractory(0).withMeasureEvery(1).withInitialLambda(1));
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(listener);
        NoImprovementSinceDivision condition = new NoImprovementSinceDivision(listener, 2, 0);
        condition.initialize();
        network.fit(Networks.classes(16, 0));
        assertThat(condition.terminate(0, 1, true)).isFalse();
        assertThat(condition.terminate(1, 1, true)).isFalse();

        // when lambda is divided
        double before = listener.lambda();
        for (int i = 0; listener.lambda() == before; i++) {
            network.fit(Networks.classes(16, new Random(i).nextLong()));
        }

        // then it counts anew
        assertThat(condition.terminate(2, 1, true)).isFalse();
        assertThat(condition.terminate(3, 1, true)).isFalse();
        assertThat(condition.terminate(4, 1, true)).isTrue();
    }

    /** That of a regression, once it has learned half of what there is to learn. */
    @Test
    void aLambdaThatIsRaisedGetsItsChanceToo() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Adam(0.02))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(16).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(16)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(1_000));
        network.addListeners(listener);
        NoImprovementSinceDivision condition = new NoImprovementSinceDivision(listener, 1, 0);
        condition.initialize();
        INDArray sum = TRAIN.getFeatures().sum(true, 1);
        Random noise = new Random(1);
        for (int i = 0; i < sum.length(); i++) {
            sum.putScalar(i, 0, sum.getDouble(i, 0) + noise.nextGaussian());
        }
        DataSet sums = new DataSet(TRAIN.getFeatures(), sum);
        network.fit(sums);
        double first = listener.lambda();
        assertThat(condition.terminate(0, 1, true)).isFalse();

        for (int i = 0; i < 300 && listener.changes().isEmpty(); i++) {
            network.fit(sums);
        }

        assertThat(listener.changes()).extracting(Decision.Change::cause).containsExactly(Decision.Cause.LEARNED);
        assertThat(listener.lambda()).isGreaterThan(first);
        assertThat(condition.terminate(1, 1, true)).isFalse();
        assertThat(condition.terminate(2, 1, true)).isTrue();
    }

    @Test
    void anImprovementCountsAnewInBothDirections() {
        for (boolean minimize : new boolean[] {true, false}) {
            int sign = minimize ? -1 : 1;
            NoImprovementSinceDivision condition =
                    new NoImprovementSinceDivision(new AutoL2Listener(AutoL2Options.adaptive()), 1, 0.5);
            condition.initialize();

            assertThat(condition.terminate(0, sign * 1.0, minimize)).isFalse();
            assertThat(condition.terminate(1, sign * 1.5, minimize)).isFalse();
            assertThat(condition.terminate(2, sign * 1.9, minimize)).isTrue();
        }
    }

    @Test
    void aGraphIsTrainedLikewise() {
        ComputationGraph graph = Networks.graphClassifier(Networks.base(new Adam(0.01)));

        EarlyStoppingResult<ComputationGraph> result = AutoL2EarlyStopping.trainer(
                        configuration(calculator("loss")), graph, batches(TRAIN), AutoL2Options.adaptive(300))
                .fit();

        assertThat(result.getTotalEpochs()).isGreaterThan(8);
        assertThat(result.getBestModel()).isNotNull();
    }

    @Test
    void rejectsWhatIsNoPatience() {
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive());

        assertThatThrownBy(() -> new NoImprovementSinceDivision(listener, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epochs must be at least 1, got 0");
        assertThatThrownBy(() -> new NoImprovementSinceDivision(listener, 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("least must be finite and >= 0, got -1.0");
    }

    @Test
    void epochsWithoutAnEvaluationCount() {
        NoImprovementSinceDivision condition =
                new NoImprovementSinceDivision(new AutoL2Listener(AutoL2Options.adaptive()), 10, 0);
        condition.initialize();

        assertThat(condition.terminate(0, 1, true)).isFalse();
        assertThat(condition.terminate(5, 1, true)).isFalse();
        assertThat(condition.terminate(10, 1, true)).isTrue();
    }

    /** A penalty of several times the loss: only without it is the score below the bound. */
    @Test
    void aBoundOnTheScoreOfABatchDoesNotSeeThePenalty() {
        // given
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(1e-3)));
        double bound = 2 * network.score(TRAIN) + 1;
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                .iterationTerminationConditions(new MaxScoreIterationTerminationCondition(bound))
                .scoreCalculator(new DataSetLossCalculator(batches(VALIDATION), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        AutoL2Options heavy = AutoL2Options.adaptive().withInitialLambda(10).withMinimumLambda(10);

        // when
        EarlyStoppingResult<MultiLayerNetwork> result = AutoL2EarlyStopping.trainer(
                        configuration, network, batches(TRAIN), heavy)
                .fit();

        // then
        assertThat(network.score()).isGreaterThan(bound);
        assertThat(result.getTerminationReason())
                .isEqualTo(EarlyStoppingResult.TerminationReason.EpochTerminationCondition);
    }

    /** Deeplearning4j leaves the penalty out of such a network's score, so there is nothing to subtract. */
    @Test
    void aBoundOnTheScoreHoldsForASameDiffOutputLayer() {
        // given a loss above the bound, and a penalty that is larger than it
        AutoL2Listener listener = new AutoL2Listener(
                AutoL2Options.adaptive().withInitialLambda(10).withMinimumLambda(10));
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(1e-6))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new SquaredErrorLayer(8, 3))
                .build());
        network.init();
        network.setListeners(listener);
        network.fit(TRAIN);
        network.fit(TRAIN);
        BareScoreCondition condition = new BareScoreCondition(
                new MaxScoreIterationTerminationCondition(0.9 * network.score()), listener::penaltyInLastScore);

        // then
        assertThat(network.calcRegularizationScore(true)).isGreaterThan(network.score());
        assertThat(condition.terminate(network.score())).isTrue();
    }

    /** A linear output with the squared error, written in SameDiff. */
    private static final class SquaredErrorLayer extends SameDiffOutputLayer {
        private static final long serialVersionUID = 1;

        private final long inputs;
        private final long outputs;

        SquaredErrorLayer(long inputs, long outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        @Override
        public SDVariable defineLayer(
                SameDiff sameDiff, SDVariable input, SDVariable labels, Map<String, SDVariable> parameters) {
            SDVariable out = input.mmul("out", parameters.get("W"));
            return sameDiff.mean("loss", sameDiff.math.square(out.sub(labels)));
        }

        @Override
        public String activationsVertexName() {
            return "out";
        }

        @Override
        public void defineParameters(SDLayerParams parameters) {
            parameters.addWeightParam("W", inputs, outputs);
        }

        @Override
        public void initializeParameters(Map<String, INDArray> parameters) {
            parameters.get("W").assign(1);
        }

        @Override
        public InputType getOutputType(int index, InputType inputType) {
            return InputType.feedForward(outputs);
        }
    }
}
