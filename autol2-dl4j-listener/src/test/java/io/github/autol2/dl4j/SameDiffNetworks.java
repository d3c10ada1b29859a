package io.github.autol2.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/** The networks of {@link Networks} in SameDiff. */
final class SameDiffNetworks {

    private SameDiffNetworks() {}

    /** The classifier with the same weights; its variables are w0, b0, w1, b1, logits and loss. */
    static SameDiff of(MultiLayerNetwork network, IUpdater updater) {
        SameDiff copy = outputs(network);
        copy.loss.softmaxCrossEntropy("loss", copy.getVariable("labels"), copy.getVariable("logits"), null);
        return trainedBy(copy, updater);
    }

    /** The same with the mean squared error of the logits. */
    static SameDiff regression(MultiLayerNetwork network, IUpdater updater) {
        SameDiff copy = outputs(network);
        copy.loss.meanSquaredError("loss", copy.getVariable("labels"), copy.getVariable("logits"), null);
        return trainedBy(copy, updater);
    }

    /** Without a loss. */
    static SameDiff outputs(MultiLayerNetwork network) {
        SameDiff copy = SameDiff.create();
        SDVariable input = copy.placeHolder("in", DataType.FLOAT, -1, 4);
        copy.placeHolder("labels", DataType.FLOAT, -1, 3);
        SDVariable hidden = copy.nn.relu(
                input.mmul(copy.var("w0", network.getParam("0_W").dup('c')))
                        .add(copy.var("b0", network.getParam("0_b").dup('c').reshape(8))),
                0);
        hidden.mmul(copy.var("w1", network.getParam("1_W").dup('c')))
                .add("logits", copy.var("b1", network.getParam("1_b").dup('c').reshape(3)));
        return copy;
    }

    static SameDiff trainedBy(SameDiff network, IUpdater updater) {
        network.setLossVariables("loss");
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .dataSetFeatureMapping("in")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    /** A network that has been saved and loaded, with the listener of the run that goes on. */
    record Resumed(SameDiff network, AutoL2SameDiffListener listener) {}

    /** Through files in a folder. */
    static Resumed savedAndResumed(SameDiff network, AutoL2SameDiffListener listener, Path folder) throws IOException {
        Path model = folder.resolve("network.fb");
        Path state = folder.resolve("state.json");
        network.save(model.toFile(), true);
        listener.savedRun().write(state);
        SameDiff loaded = SameDiff.load(model.toFile(), true);
        AutoL2SameDiffListener next =
                AutoL2SameDiffListener.resume(SavedRun.read(state)).build();
        loaded.addListeners(next);
        return new Resumed(loaded, next);
    }
}
