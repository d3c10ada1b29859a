package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * Which variables of a SameDiff network are biases or gains. Those of rank 0 and 1 are. So is a row or a column of a higher rank, such as
 * {@code sd.var("b", DataType.FLOAT, 1, n)}, if it is only ever added or multiplied element by element: then it does what its vector would do. A row that
 * a matrix product takes, or any other operation, is a weight.
 */
final class SameDiffBiases {

    private static final Set<String> ELEMENT_BY_ELEMENT =
            Set.of("add", "subtract", "reversesubtract", "multiply", "divide", "reversedivide", "biasadd");

    /** Where layers in one operation take their bias, by the operation's name. */
    private static final Map<String, Integer> BIAS_INPUT = Map.of("xw_plus_b", 2, "relu_layer", 2);

    private SameDiffBiases() {}

    /**
     * Whether a variable that trains is one.
     *
     * @param variable of this network
     */
    static boolean has(SameDiff network, SDVariable variable) {
        long[] shape = variable.getArr().shape();
        return shape.length < 2 || (isRowOrColumn(shape) && isOnlyAddedOrMultiplied(network, variable.name()));
    }

    private static boolean isRowOrColumn(long... shape) {
        return Arrays.stream(shape).filter(size -> size > 1).count() <= 1;
    }

    /** What SameDiff itself knows of who takes a variable has another type in each version of Deeplearning4j. */
    private static boolean isOnlyAddedOrMultiplied(SameDiff network, String variable) {
        List<SameDiffOp> takers = network.getOps().values().stream()
                .filter(op -> op.getInputsToOp() != null && op.getInputsToOp().contains(variable))
                .toList();
        return !takers.isEmpty() && takers.stream().allMatch(op -> addsOrMultiplies(op, variable));
    }

    private static boolean addsOrMultiplies(SameDiffOp op, String variable) {
        String name = op.getOp().opName();
        Integer bias = BIAS_INPUT.get(name);
        return bias == null
                ? ELEMENT_BY_ELEMENT.contains(name)
                : op.getInputsToOp().indexOf(variable) == bias;
    }
}
