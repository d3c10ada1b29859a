package io.github.autol2.benchmark;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.weightinit.impl.XavierInitScheme;

/** A dense network in SameDiff, and a meter around a listener of it. */
final class SameDiffStep {

    private SameDiffStep() {}

    /** Its loss is the cross-entropy of a softmax. */
    static SameDiff network(IUpdater updater, int... widths) {
        SameDiff network = SameDiff.create();
        SDVariable values = network.placeHolder("in", DataType.FLOAT, -1, widths[0]);
        int last = widths.length - 1;
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, widths[last]);
        for (int i = 0; i < last; i++) {
            SDVariable weights = network.var(
                    "w" + i,
                    new XavierInitScheme('c', widths[i], widths[i + 1]),
                    DataType.FLOAT,
                    widths[i],
                    widths[i + 1]);
            SDVariable sum = values.mmul(weights).add(network.var("b" + i, Nd4j.zeros(DataType.FLOAT, widths[i + 1])));
            values = i == last - 1 ? sum : network.nn.relu(sum, 0);
        }
        network.loss.softmaxCrossEntropy("loss", labels, values, null);
        network.setLossVariables("loss");
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .dataSetFeatureMapping("in")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    /** Nothing but a constant L2 on the weights, which is their part of the work in {@code AutoL2SameDiffListener}, too. */
    static final class ConstantPenalty extends BaseListener {

        private final L2Regularization penalty = new L2Regularization(1e-3);
        private final Map<String, INDArray> weights = new HashMap<>(); // by the name of their gradient

        ConstantPenalty(SameDiff network) {
            network.variables().stream()
                    .filter(variable -> variable.name().startsWith("w"))
                    .forEach(variable -> weights.put(variable.name() + "-grad", variable.getArr()));
        }

        @Override
        public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
        }

        @Override
        public void activationAvailable(
                SameDiff network, At at, MultiDataSet batch, SameDiffOp op, String name, INDArray values) {
            INDArray array = weights.get(name);
            if (array != null) {
                penalty.apply(array, values, 0, at.iteration(), at.epoch());
            }
        }
    }

    /** Passes on the calls that cost something in each iteration. */
    static final class Metered extends BaseListener {

        private final BaseListener listener;
        private final Meter meter;

        Metered(BaseListener listener, Meter meter) {
            this.listener = listener;
            this.meter = meter;
        }

        @Override
        public boolean isActive(Operation operation) {
            return listener.isActive(operation);
        }

        @Override
        public void iterationStart(SameDiff network, At at, MultiDataSet batch, long loadingTime) {
            meter.run(() -> listener.iterationStart(network, at, batch, loadingTime));
        }

        @Override
        public void preOpExecution(SameDiff network, At at, SameDiffOp op, OpContext context) {
            meter.run(() -> listener.preOpExecution(network, at, op, context));
        }

        @Override
        public void opExecution(
                SameDiff network, At at, MultiDataSet batch, SameDiffOp op, OpContext context, INDArray[] outputs) {
            meter.run(() -> listener.opExecution(network, at, batch, op, context, outputs));
        }

        @Override
        public void activationAvailable(
                SameDiff network, At at, MultiDataSet batch, SameDiffOp op, String name, INDArray values) {
            meter.run(() -> listener.activationAvailable(network, at, batch, op, name, values));
        }

        @Override
        public void preUpdate(SameDiff network, At at, Variable variable, INDArray update) {
            meter.run(() -> listener.preUpdate(network, at, variable, update));
        }

        @Override
        public void iterationDone(SameDiff network, At at, MultiDataSet batch, Loss loss) {
            meter.run(() -> listener.iterationDone(network, at, batch, loss));
        }
    }
}
