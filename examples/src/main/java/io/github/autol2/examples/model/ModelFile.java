package io.github.autol2.examples.model;

import io.github.autol2.examples.data.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network from a MultiLayerConfiguration or ComputationGraphConfiguration that Deeplearning4j has written as JSON or YAML. Its
 * updater and learning rate are those of the file. Such files name classes to load: use only your own.
 */
final class ModelFile {

    private ModelFile() {
    }

    /**
     * @param seed of the initial weights, instead of the file's
     * @throws InvalidModelException if the file is not a network, or one with other inputs or outputs than the data's
     */
    static TrainableNetwork load(Path file, InputShape shape, int classes, long seed) {
        TrainableNetwork network = parse(file, read(file), seed);
        long[] outputs;
        try {
            outputs = network.output(Nd4j.zeros(2, shape.inputs())).shape();
        } catch (RuntimeException e) { // Deeplearning4j has a dozen kinds for this
            throw new InvalidModelException("model.file " + file + ": the network does not take rows of " + shape.inputs()
                    + " numbers, one for each example: " + firstLine(e), e);
        }
        if (outputs.length != 2 || outputs[1] != classes) {
            throw new InvalidModelException("model.file " + file + ": the network must have " + classes
                    + " outputs, one for each class of the data, got " + outputs[outputs.length - 1]);
        }
        return network;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidModelException("model.file " + file + ": cannot be read as text: " + firstLine(e), e);
        }
    }

    private static TrainableNetwork parse(Path file, String text, long seed) {
        boolean json = text.stripLeading().startsWith("{");
        RuntimeException reason = null;
        List<Function<String, TrainableNetwork>> kinds = List.of(
                source -> multiLayer(json ? MultiLayerConfiguration.fromJson(source) : MultiLayerConfiguration.fromYaml(source), seed),
                source -> graph(json ? ComputationGraphConfiguration.fromJson(source)
                        : ComputationGraphConfiguration.fromYaml(source), seed));
        for (Function<String, TrainableNetwork> kind : kinds) {
            try {
                return kind.apply(text);
            } catch (RuntimeException e) { // not this kind
                reason = e;
            }
        }
        throw new InvalidModelException("model.file " + file + ": neither a MultiLayerConfiguration nor a "
                + "ComputationGraphConfiguration in JSON or YAML: " + firstLine(reason), reason);
    }

    private static TrainableNetwork multiLayer(MultiLayerConfiguration configuration, long seed) {
        configuration.getConfs().forEach(layer -> layer.setSeed(seed));
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new TrainableNetwork.MultiLayer(network);
    }

    private static TrainableNetwork graph(ComputationGraphConfiguration configuration, long seed) {
        configuration.getDefaultConfiguration().setSeed(seed);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return new TrainableNetwork.Graph(graph);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
