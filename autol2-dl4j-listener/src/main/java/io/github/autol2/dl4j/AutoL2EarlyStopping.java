package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;
import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxScoreIterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Deeplearning4j's early stopping with AutoL2, in one line:
 *
 * <pre>{@code
 * EarlyStoppingTrainer trainer = AutoL2EarlyStopping.trainer(configuration, network, data, AutoL2Options.adaptive(iterations));
 * EarlyStoppingResult<MultiLayerNetwork> result = trainer.fit();
 * }</pre>
 *
 * <p>The configuration is the user's, but for two things. Scores are calculated without AutoL2's penalty, also the one that a
 * {@code MaxScoreIterationTerminationCondition} looks at: a loss that contains it would improve with each division, whatever the network
 * does. And a {@code ScoreImprovementEpochTerminationCondition} begins to count anew
 * with each division, so that each lambda has its chance; divisions become rarer, so that it ends. The user's configuration is not
 * changed.
 */
public final class AutoL2EarlyStopping {

    private AutoL2EarlyStopping() {}

    /**
     * A trainer of a network, to which it adds a listener.
     *
     * @param configuration the user's, which is not changed
     * @param network       initialised or not
     * @param data          to train with; can be reset
     * @param options       of AutoL2
     * @return a trainer that has not begun
     */
    public static EarlyStoppingTrainer trainer(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
            MultiLayerNetwork network,
            DataSetIterator data,
            AutoL2Options options) {
        AutoL2Listener listener = new AutoL2Listener(options);
        network.addListeners(listener);
        return new EarlyStoppingTrainer(beside(configuration, listener), network, data);
    }

    /**
     * A trainer of a new network.
     *
     * @param configuration the user's, which is not changed
     * @param network       that is made and initialised
     * @param data          to train with; can be reset
     * @param options       of AutoL2
     * @return a trainer that has not begun
     */
    public static EarlyStoppingTrainer trainer(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
            MultiLayerConfiguration network,
            DataSetIterator data,
            AutoL2Options options) {
        MultiLayerNetwork created = new MultiLayerNetwork(network);
        created.init();
        return trainer(configuration, created, data, options);
    }

    /**
     * A trainer of a graph, to which it adds a listener.
     *
     * @param configuration the user's, which is not changed
     * @param graph         initialised or not
     * @param data          to train with; can be reset
     * @param options       of AutoL2
     * @return a trainer that has not begun
     */
    public static EarlyStoppingGraphTrainer trainer(
            EarlyStoppingConfiguration<ComputationGraph> configuration,
            ComputationGraph graph,
            DataSetIterator data,
            AutoL2Options options) {
        AutoL2Listener listener = new AutoL2Listener(options);
        graph.addListeners(listener);
        return new EarlyStoppingGraphTrainer(beside(configuration, listener), graph, data);
    }

    /**
     * A trainer of a new graph.
     *
     * @param configuration the user's, which is not changed
     * @param graph         that is made and initialised
     * @param data          to train with; can be reset
     * @param options       of AutoL2
     * @return a trainer that has not begun
     */
    public static EarlyStoppingGraphTrainer trainer(
            EarlyStoppingConfiguration<ComputationGraph> configuration,
            ComputationGraphConfiguration graph,
            DataSetIterator data,
            AutoL2Options options) {
        ComputationGraph created = new ComputationGraph(graph);
        created.init();
        return trainer(configuration, created, data, options);
    }

    /**
     * {@return the same configuration for a trainer whose network has a listener of ours already}
     *
     * @param <T>           the kind of network
     * @param configuration the user's, which is not changed
     * @param listener      on the network that will be trained
     */
    public static <T extends Model> EarlyStoppingConfiguration<T> beside(
            EarlyStoppingConfiguration<T> configuration, AutoL2Listener listener) {
        listener.stopsEarlyBesideUs();
        return bare(
                configuration,
                listener::withoutPenalty,
                listener::penaltyInLastScore,
                condition -> sinceDivision(condition, listener));
    }

    /**
     * {@return the same configuration for a network whose lambda stays as it is, for example a predicted one} Scores leave the L2 penalty of
     * the weights out, because that falls while the weights shrink, whatever the network learns.
     *
     * @param <T>           the kind of network
     * @param configuration the user's, which is not changed
     * @param network       that will be trained, initialised when its training begins
     */
    public static <T extends Model> EarlyStoppingConfiguration<T> beside(
            EarlyStoppingConfiguration<T> configuration, Model network) {
        return bare(configuration, Lambda::without, () -> penaltyInScore(Network.of(network)), condition -> condition);
    }

    private static double penaltyInScore(Network network) {
        return network.penaltyInScore() - Lambda.without(network.model(), network::penaltyInScore);
    }

    private static <T extends Model> EarlyStoppingConfiguration<T> bare(
            EarlyStoppingConfiguration<T> configuration,
            ToDoubleBiFunction<Model, DoubleSupplier> without,
            DoubleSupplier penaltyInLastScore,
            UnaryOperator<EpochTerminationCondition> atEpochs) {
        EarlyStoppingConfiguration<T> copy = new EarlyStoppingConfiguration<>();
        copy.setModelSaver(configuration.getModelSaver());
        copy.setIterationTerminationConditions(replaced(
                configuration.getIterationTerminationConditions(), one -> onBareScore(one, penaltyInLastScore)));
        copy.setSaveLastModel(configuration.isSaveLastModel());
        copy.setEvaluateEveryNEpochs(configuration.getEvaluateEveryNEpochs());
        copy.setEpochTerminationConditions(replaced(configuration.getEpochTerminationConditions(), atEpochs));
        ScoreCalculator<T> calculator = configuration.getScoreCalculator(); // asks the supplier if there is one
        copy.setScoreCalculator(calculator == null ? null : new WithoutPenalty<>(calculator, without));
        return copy;
    }

    /** Other conditions; null stays null, as Deeplearning4j leaves it where there are none. */
    private static <C> List<C> replaced(List<C> conditions, UnaryOperator<C> replacement) {
        return conditions == null
                ? null
                : conditions.stream().map(replacement).collect(Collectors.toCollection(ArrayList::new));
    }

    private static IterationTerminationCondition onBareScore(
            IterationTerminationCondition condition, DoubleSupplier penaltyInLastScore) {
        return condition instanceof MaxScoreIterationTerminationCondition
                ? new BareScoreCondition(condition, penaltyInLastScore)
                : condition;
    }

    private static EpochTerminationCondition sinceDivision(
            EpochTerminationCondition condition, AutoL2Listener listener) {
        return condition instanceof ScoreImprovementEpochTerminationCondition improvement
                ? new NoImprovementSinceDivision(
                        listener, improvement.getMaxEpochsWithNoImprovement(), improvement.getMinImprovement())
                : condition;
    }
}
