package io.github.autol2.arbiter;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.GraphConfiguration;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** What a search space proposes, alike for both kinds of network. */
sealed interface CandidateNetwork extends Serializable {

    /**
     * @param configuration as it comes from {@code Candidate.getValue()}
     */
    static CandidateNetwork of(Object configuration) {
        if (configuration instanceof DL4JConfiguration multiLayer) {
            return new MultiLayer(multiLayer);
        }
        if (configuration instanceof GraphConfiguration graph) {
            return new Graph(graph);
        }
        throw new IllegalArgumentException(
                "a candidate must be a DL4JConfiguration (MultiLayerSpace) or a GraphConfiguration "
                        + "(ComputationGraphSpace), got "
                        + (configuration == null
                                ? "null"
                                : configuration.getClass().getName()));
    }

    /** As it comes from the search space, with the lambda of the network that was trained. */
    Object configuration();

    /** The configuration of the network as JSON. */
    String json();

    long seed();

    void setSeed(long seed);

    /** A network that shares its configuration with this candidate, not initialised. */
    Model network();

    Optional<EarlyStoppingConfiguration<?>> earlyStopping();

    int epochs();

    /**
     * One epoch.
     *
     * @param data what a data source gives as training data
     */
    void fit(Model network, Object data);

    /** Trains until the early stopping configuration ends it. */
    EarlyStoppingResult<?> fitWithEarlyStopping(Model network, Object data);

    /** Deeplearning4j's early stopping hides an exception in its first epoch behind a NullPointerException; this brings it to light. */
    final class FailureOf {

        private RuntimeException failure;

        private FailureOf() {}

        static EarlyStoppingResult<?> in(Function<FailureOf, EarlyStoppingResult<?>> training) {
            FailureOf kept = new FailureOf();
            EarlyStoppingResult<?> result;
            try {
                result = training.apply(kept);
            } catch (NullPointerException e) {
                throw kept.failure == null ? e : kept.failure;
            }
            if (kept.failure != null) {
                throw kept.failure;
            }
            return result;
        }

        void keep(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** Of a MultiLayerSpace. */
    record MultiLayer(DL4JConfiguration configuration) implements CandidateNetwork {
        @Override
        public String json() {
            return configuration.getMultiLayerConfiguration().toJson();
        }

        @Override
        public long seed() {
            return configuration.getMultiLayerConfiguration().getConf(0).getSeed();
        }

        @Override
        public void setSeed(long seed) {
            configuration.getMultiLayerConfiguration().getConfs().forEach(layer -> layer.setSeed(seed));
        }

        @Override
        public Model network() {
            return new MultiLayerNetwork(configuration.getMultiLayerConfiguration());
        }

        @Override
        public Optional<EarlyStoppingConfiguration<?>> earlyStopping() {
            return Optional.ofNullable(configuration.getEarlyStoppingConfiguration());
        }

        @Override
        public int epochs() {
            return configuration.getNumEpochs();
        }

        @Override
        public void fit(Model network, Object data) {
            ((MultiLayerNetwork) network).fit(ScoreUtil.getIterator(data));
        }

        @Override
        @SuppressWarnings("unchecked") // Arbiter declares it raw
        public EarlyStoppingResult<?> fitWithEarlyStopping(Model network, Object data) {
            return FailureOf.in(failure -> new EarlyStoppingTrainer(
                    configuration.getEarlyStoppingConfiguration(),
                    (MultiLayerNetwork) network,
                    ScoreUtil.getIterator(data),
                    null) {
                @Override
                protected void fit(DataSet batch) {
                    failure.keep(() -> super.fit(batch));
                }
            }.fit());
        }
    }

    /** Of a ComputationGraphSpace. */
    record Graph(GraphConfiguration configuration) implements CandidateNetwork {
        @Override
        public String json() {
            return configuration.getConfiguration().toJson();
        }

        @Override
        public long seed() {
            return configuration.getConfiguration().getDefaultConfiguration().getSeed();
        }

        @Override
        public void setSeed(long seed) {
            configuration.getConfiguration().getDefaultConfiguration().setSeed(seed);
            configuration.getConfiguration().getVertices().values().forEach(vertex -> {
                if (vertex instanceof LayerVertex layer) {
                    layer.getLayerConf().setSeed(seed);
                }
            });
        }

        @Override
        public Model network() {
            return new ComputationGraph(configuration.getConfiguration());
        }

        @Override
        public Optional<EarlyStoppingConfiguration<?>> earlyStopping() {
            return Optional.ofNullable(configuration.getEarlyStoppingConfiguration());
        }

        @Override
        public int epochs() {
            return configuration.getNumEpochs();
        }

        @Override
        public void fit(Model network, Object data) {
            ((ComputationGraph) network).fit(ScoreUtil.getMultiIterator(data));
        }

        @Override
        public EarlyStoppingResult<?> fitWithEarlyStopping(Model network, Object data) {
            return FailureOf.in(failure -> new EarlyStoppingGraphTrainer(
                    configuration.getEarlyStoppingConfiguration(),
                    (ComputationGraph) network,
                    ScoreUtil.getMultiIterator(data),
                    null) {
                @Override
                protected void fit(MultiDataSet batch) {
                    failure.keep(() -> super.fit(batch));
                }
            }.fit());
        }
    }
}
