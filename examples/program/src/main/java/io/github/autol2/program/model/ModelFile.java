package io.github.autol2.program.model;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.NetworkText;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A network from a MultiLayerConfiguration or ComputationGraphConfiguration that Deeplearning4j has written as JSON or YAML. Its
 * updater and learning rate are those of the file. Such files name classes to load: use only your own.
 */
final class ModelFile {

    private static final String NOT_A_NETWORK =
            "neither a MultiLayerConfiguration nor a ComputationGraphConfiguration in JSON or YAML";

    private ModelFile() {}

    /**
     * @param seed of the initial weights, instead of the file's
     * @throws InvalidModelException if the file is not a network, or one with other inputs or outputs than the data's
     */
    static Network load(NetworkText text, InputShape shape, Target target, long seed) {
        Path file = text.file();
        Network network = build(file, ModelText.read(text, "a network's configuration"), seed);
        long[] outputs;
        try {
            outputs = network.output(Nd4j.zeros(2, shape.inputs())).shape();
        } catch (RuntimeException e) { // Deeplearning4j has a dozen kinds for this
            throw new InvalidModelException(
                    file,
                    "the network must take rows of " + shape.inputs()
                            + " numbers, one for each example, and give one output",
                    e);
        }
        if (outputs.length != 2 || outputs[1] != target.outputs()) {
            throw new InvalidModelException(
                    file,
                    "the network must have "
                            + (target instanceof Target.Quantity
                                    ? "1 output, the quantity"
                                    : target.outputs() + " outputs, one for each class of the data")
                            + ", got " + outputs[outputs.length - 1]);
        }
        if (target instanceof Target.Quantity) {
            checkLinear(file, network);
        }
        return network;
    }

    /** A quantity is standardised, so that only a linear output reaches all of its values. */
    private static void checkLinear(Path file, Network network) {
        for (Layer layer : network.layers()) {
            boolean last = layer instanceof BaseOutputLayer || layer instanceof LossLayer;
            if (last && layer instanceof BaseLayer conf && !(conf.getActivationFn() instanceof ActivationIdentity)) {
                throw new InvalidModelException(
                        file,
                        "the output of a network for a quantity must have the activation identity, got "
                                + conf.getActivationFn());
            }
        }
    }

    private static Network build(Path file, String text, long seed) {
        boolean json = text.stripLeading().startsWith("{");
        JsonNode tree;
        try {
            tree = (json ? NeuralNetConfiguration.mapper() : NeuralNetConfiguration.mapperYaml()).readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(file, NOT_A_NETWORK, e);
        }
        try {
            if (tree.has("confs")) {
                return initialised(
                        new MultiLayerNetwork(
                                json ? MultiLayerConfiguration.fromJson(text) : MultiLayerConfiguration.fromYaml(text)),
                        seed);
            }
            if (tree.has("vertices")) {
                return initialised(
                        new ComputationGraph(
                                json
                                        ? ComputationGraphConfiguration.fromJson(text)
                                        : ComputationGraphConfiguration.fromYaml(text)),
                        seed);
            }
        } catch (RuntimeException e) { // Deeplearning4j has a dozen kinds for this
            throw new InvalidModelException(file, "the network cannot be built", e);
        }
        throw new InvalidModelException(file, NOT_A_NETWORK + ": it has no key confs or vertices");
    }

    private static Network initialised(Model model, long seed) {
        Network network = Network.of(model);
        network.setSeed(seed);
        return network.init();
    }
}
