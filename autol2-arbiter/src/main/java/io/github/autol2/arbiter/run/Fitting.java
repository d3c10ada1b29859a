package io.github.autol2.arbiter.run;

import io.github.autol2.dl4j.network.Network;
import java.util.function.Function;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Trains a candidate's network on what a data source of Arbiter gives. */
final class Fitting {

    private Fitting() {}

    /** Trains for one epoch. */
    static void epoch(Network network, Object data) {
        network.either(
                multiLayer -> Prefetched.with(ScoreUtil.getIterator(data), batches -> {
                    multiLayer.fit(batches);
                    return multiLayer;
                }),
                graph -> Prefetched.with(ScoreUtil.getMultiIterator(data), batches -> {
                    graph.fit(batches);
                    return graph;
                }));
    }

    /**
     * Trains until the early stopping configuration ends it.
     *
     * @param how of the kind of this network
     */
    @SuppressWarnings("unchecked") // Arbiter does not say of which kind its early stopping configuration is
    static EarlyStoppingResult<?> earlyStopping(Network network, EarlyStoppingConfiguration<?> how, Object data) {
        return network.either(
                multiLayer -> Prefetched.with(
                        ScoreUtil.getIterator(data),
                        batches -> FirstFailure.in(failure -> new EarlyStoppingTrainer(
                                (EarlyStoppingConfiguration<MultiLayerNetwork>) how, multiLayer, batches, null) {
                            @Override
                            protected void fit(DataSet batch) {
                                failure.keep(() -> super.fit(batch));
                            }
                        }.fit())),
                graph -> Prefetched.with(
                        ScoreUtil.getMultiIterator(data),
                        batches -> FirstFailure.in(failure -> new EarlyStoppingGraphTrainer(
                                (EarlyStoppingConfiguration<ComputationGraph>) how, graph, batches, null) {
                            @Override
                            protected void fit(MultiDataSet batch) {
                                failure.keep(() -> super.fit(batch));
                            }
                        }.fit())));
    }

    /** Deeplearning4j's early stopping hides an exception in its first epoch behind a NullPointerException; this brings it to light. */
    private static final class FirstFailure {

        private RuntimeException failure;

        static EarlyStoppingResult<?> in(Function<FirstFailure, EarlyStoppingResult<?>> training) {
            FirstFailure kept = new FirstFailure();
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
}
