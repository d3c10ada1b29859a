package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.api.ops.impl.loss.SparseSoftmaxCrossEntropyLossWithLogits;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/** One of SameDiff's own losses without the mean or sum over the batch that it ends in: an example counts with its mean. */
record ExampleLosses(SameDiffOp op) {

    /** Whether an operation is such a loss; null is none. */
    static boolean are(SameDiffOp op) {
        return op != null
                && (op.getOp() instanceof BaseLoss
                        || op.getOp() instanceof SoftmaxCrossEntropyWithLogitsLoss
                        || op.getOp() instanceof SparseSoftmaxCrossEntropyLossWithLogits);
    }

    /** Whether an operation takes the mean or the sum of its input. */
    static boolean isMeanOrSum(SameDiffOp op) {
        return op.getOp() instanceof Mean || op.getOp() instanceof Sum;
    }

    /**
     * The operation behind a loss.
     *
     * @param passed which of those with a single input are passed over: a mean, a root or a factor leaves right answers right
     * @return null if none computes it
     */
    static SameDiffOp origin(SameDiff network, String loss, Predicate<SameDiffOp> passed) {
        SameDiffOp op = operationOf(network, loss);
        while (op != null && op.getInputsToOp().size() == 1 && passed.test(op)) {
            op = operationOf(network, op.getInputsToOp().get(0));
        }
        return op;
    }

    /** By the operations' own lists: those of the variables are of another type from version to version. */
    private static SameDiffOp operationOf(SameDiff network, String variable) {
        return network.getOps().values().stream()
                .filter(op -> op.getOutputsOfOp() != null && op.getOutputsOfOp().contains(variable))
                .findFirst()
                .orElse(null);
    }

    /** The variables that it is calculated from. */
    List<String> variables() {
        return op.getOp() instanceof BaseLoss
                ? op.getInputsToOp()
                : List.of(op.getOutputsOfOp().get(0));
    }

    /**
     * The loss of each example.
     *
     * @param values of a variable
     * @return {@code [minibatch]}
     */
    INDArray of(Function<String, INDArray> values) {
        INDArray[] given = variables().stream().map(values).toArray(INDArray[]::new);
        INDArray all = op.getOp() instanceof BaseLoss loss ? unreduced(loss, given) : given[0];
        return all.rank() < 2
                ? all
                : all.reshape(all.size(0), all.length() / all.size(0)).mean(1);
    }

    @SuppressWarnings("EnumOrdinal") // the native operation takes the number
    private static INDArray unreduced(BaseLoss loss, INDArray... inputs) {
        int[] integers = Arrays.stream(loss.iArgs()).mapToInt(Math::toIntExact).toArray();
        integers[0] = LossReduce.NONE.ordinal();
        List<Double> numbers = new ArrayList<>();
        Arrays.stream(loss.tArgs()).forEach(numbers::add);
        DynamicCustomOp same = DynamicCustomOp.builder(loss.opName())
                .addInputs(inputs)
                .addIntegerArguments(integers)
                .addFloatingPointArguments(numbers.toArray(Double[]::new))
                .build();
        return Nd4j.exec(same)[0];
    }
}
