package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * How to build fresh copies of a network. It keeps the configuration as JSON, so no copy shares anything with the network or with
 * another copy.
 */
sealed interface Recipe {

    /**
     * @param network initialised or not
     */
    static Recipe of(Model network) {
        if (network instanceof MultiLayerNetwork multiLayer) {
            return new MultiLayer(multiLayer.getLayerWiseConfigurations().toJson(), false);
        }
        if (network instanceof ComputationGraph graph) {
            return new Graph(graph.getConfiguration().toJson(), false);
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or ComputationGraph, got "
                + (network == null ? "null" : network.getClass().getSimpleName()));
    }

    /** An initialised network with no training behind it and no listeners. */
    Network build(long seed);

    /** The same with more momentum. */
    Recipe withMoreMomentum();

    /** Whether {@link #withMoreMomentum} can be asked for. */
    boolean canTakeMoreMomentum();

    /** Whether the network has iterations behind it. */
    boolean hasTrained();

    /** eta_eff of the first iteration. */
    default double etaEff() {
        Network network = build(0);
        return new Coefficients(network, network.slots(name -> true, false), Penalty.L2, Map.of())
                .etaEffBeforeTraining(network);
    }

    /**
     * @param json a MultiLayerConfiguration
     */
    record MultiLayer(String json, boolean moreMomentum) implements Recipe {
        @Override
        public Network build(long seed) {
            MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            configuration.getConfs().forEach(layer -> layer.setSeed(seed));
            if (moreMomentum) {
                layers(configuration).forEach(MoreMomentum::give);
            }
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init();
            return Network.of(network);
        }

        @Override
        public Recipe withMoreMomentum() {
            return new MultiLayer(json, true);
        }

        @Override
        public boolean canTakeMoreMomentum() {
            return MoreMomentum.suits(layers(MultiLayerConfiguration.fromJson(json)));
        }

        @Override
        public boolean hasTrained() {
            return MultiLayerConfiguration.fromJson(json).getIterationCount() > 0;
        }

        private static List<Layer> layers(MultiLayerConfiguration configuration) {
            return configuration.getConfs().stream()
                    .map(layer -> layer.getLayer())
                    .toList();
        }
    }

    /**
     * @param json a ComputationGraphConfiguration
     */
    record Graph(String json, boolean moreMomentum) implements Recipe {
        @Override
        public Network build(long seed) {
            ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
            configuration.setIterationCount(0);
            configuration.setEpochCount(0);
            configuration.getDefaultConfiguration().setSeed(seed);
            if (moreMomentum) {
                layers(configuration).forEach(MoreMomentum::give);
            }
            ComputationGraph graph = new ComputationGraph(configuration);
            graph.init();
            return Network.of(graph);
        }

        @Override
        public Recipe withMoreMomentum() {
            return new Graph(json, true);
        }

        @Override
        public boolean canTakeMoreMomentum() {
            return MoreMomentum.suits(layers(ComputationGraphConfiguration.fromJson(json)));
        }

        @Override
        public boolean hasTrained() {
            return ComputationGraphConfiguration.fromJson(json).getIterationCount() > 0;
        }

        private static List<Layer> layers(ComputationGraphConfiguration configuration) {
            List<Layer> layers = new ArrayList<>();
            configuration.getVertices().values().forEach(vertex -> {
                if (vertex instanceof LayerVertex layer) {
                    layers.add(layer.getLayerConf().getLayer());
                }
            });
            return layers;
        }
    }
}
