package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Finds all {@link PenalisedParameters} of a network, through wrappers and into graphs.
 *
 * <p>Frozen layers have none: FrozenLayer ignores its coefficients, and FrozenLayerWithBackprop would decay weights that are
 * meant to stay. Layers whose weights Deeplearning4j never penalises (batch normalisation) have none either.
 */
final class PenalisedParametersFinder {

    private final List<PenalisedParameters> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Participants participants;
    private boolean normalised; // of the layer that is looked at

    private PenalisedParametersFinder(Participants participants) {
        this.participants = participants;
    }

    /**
     * The penalised parameters of the layers whose name passes the filter. A layer without a name has its index for one; Deeplearning4j
     * itself names layers "layer0", "layer1" ...
     */
    static List<PenalisedParameters> find(MultiLayerNetwork network, Participants participants) {
        PenalisedParametersFinder finder = new PenalisedParametersFinder(participants);
        for (int i = 0; i < network.getnLayers(); i++) {
            finder.normalised = i + 1 < network.getnLayers() && isNormalisation(network.getLayer(i + 1));
            finder.addLayer(network.getLayer(i), Integer.toString(i));
        }
        return finder.found;
    }

    /** The penalised parameters of the vertices whose name passes the filter. */
    static List<PenalisedParameters> find(ComputationGraph graph, Participants participants) {
        PenalisedParametersFinder finder = new PenalisedParametersFinder(participants);
        for (GraphVertex vertex : graph.getVertices()) {
            if (vertex instanceof FrozenVertex) {
                continue;
            }
            finder.normalised = isNormalised(graph, vertex);
            if (vertex.hasLayer()) {
                finder.addLayer(vertex.getLayer(), vertex.getVertexName());
            } else if (vertex instanceof SameDiffGraphVertex && vertex.getConfig() instanceof SameDiffVertex conf) {
                if (participants.layers().test(vertex.getVertexName())) {
                    finder.addSameDiff(
                            vertex.getVertexName(),
                            conf,
                            conf.getVertexParams(),
                            conf::getRegularization,
                            conf::setRegularization,
                            conf::getRegularizationBias,
                            conf::setRegularizationBias);
                }
            }
        }
        return finder.found;
    }

    private static boolean isNormalised(ComputationGraph graph, GraphVertex vertex) {
        VertexIndices[] outputs = vertex.getOutputVertices();
        return outputs != null
                && outputs.length > 0
                && Arrays.stream(outputs)
                        .map(output -> graph.getVertices()[output.getVertexIndex()])
                        .allMatch(next -> next.hasLayer() && isNormalisation(next.getLayer()));
    }

    private static boolean isNormalisation(Layer layer) {
        return layer.conf().getLayer() instanceof BatchNormalization;
    }

    private void addLayer(Layer layer, String position) {
        if (layer instanceof org.deeplearning4j.nn.layers.FrozenLayer
                || layer instanceof org.deeplearning4j.nn.layers.FrozenLayerWithBackprop) {
            return; // their conf() is that of the layer inside
        }
        org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
        String name = conf.getLayerName() == null || !names.add(conf.getLayerName()) ? position : conf.getLayerName();
        if (participants.layers().test(name)) {
            addConfiguration(conf, name);
        }
    }

    private void addConfiguration(org.deeplearning4j.nn.conf.layers.Layer conf, String name) {
        if (conf instanceof FrozenLayer || conf instanceof FrozenLayerWithBackprop) {
            return;
        }
        if (onlyScales(conf) && !participants.scales()) {
            return;
        }
        if (conf instanceof Bidirectional both) {
            addConfiguration(both.getFwd(), name + " forward");
            addConfiguration(both.getBwd(), name + " backward");
        } else if (conf instanceof BaseWrapperLayer wrapper) {
            addConfiguration(wrapper.getUnderlying(), name);
        } else if (conf instanceof BaseLayer base && !(base instanceof BatchNormalization)) {
            add(
                    name + " weights",
                    base,
                    base::getRegularization,
                    base::setRegularization,
                    base.initializer().weightKeys(base));
            if (participants.biases()) {
                add(
                        name + " biases",
                        base,
                        base::getRegularizationBias,
                        base::setRegularizationBias,
                        base.initializer().biasKeys(base));
            }
        } else if (conf instanceof AbstractSameDiffLayer sameDiff) {
            addSameDiff(
                    name,
                    sameDiff,
                    sameDiff.getLayerParams(),
                    sameDiff::getRegularization,
                    sameDiff::setRegularization,
                    sameDiff::getRegularizationBias,
                    sameDiff::setRegularizationBias);
        }
    }

    /** Slopes, factors, and layers whose gains share the weights' list of penalties. */
    private static boolean onlyScales(org.deeplearning4j.nn.conf.layers.Layer conf) {
        return conf instanceof PReLULayer
                || conf instanceof ElementWiseMultiplicationLayer
                || (conf instanceof DenseLayer dense && dense.hasLayerNorm())
                || (conf instanceof SimpleRnn recurrent && recurrent.hasLayerNorm());
    }

    private void addSameDiff(
            String name,
            TrainingConfig conf,
            SDLayerParams parameters,
            Supplier<List<Regularization>> get,
            Consumer<List<Regularization>> set,
            Supplier<List<Regularization>> getBias,
            Consumer<List<Regularization>> setBias) {
        add(name + " weights", conf, get, set, parameters.getWeightParameterKeys());
        if (participants.biases()) {
            add(name + " biases", conf, getBias, setBias, parameters.getBiasParameterKeys());
        }
    }

    /** One list serves all weights, or all biases, of a layer. */
    private void add(
            String name,
            TrainingConfig conf,
            Supplier<List<Regularization>> get,
            Consumer<List<Regularization>> set,
            List<String> parameters) {
        if (!parameters.isEmpty()) {
            found.add(new PenalisedParameters(name, conf.getUpdaterByParam(parameters.get(0)), normalised, get, set));
        }
    }
}
