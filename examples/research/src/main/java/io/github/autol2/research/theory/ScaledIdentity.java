package io.github.autol2.research.theory;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Multiplies by a constant: the 1/sqrt(width) in front of an output of the tangent kernel's parameterisation. */
public final class ScaledIdentity extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    private final double factor;

    public ScaledIdentity(@JsonProperty("factor") double factor) {
        this.factor = factor;
    }

    public double getFactor() {
        return factor;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return in.muli(factor);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        return new Pair<>(epsilon.muli(factor), null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaledIdentity scaled && scaled.factor == factor;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(factor);
    }

    @Override
    public String toString() {
        return "scaledIdentity(" + factor + ")";
    }
}
