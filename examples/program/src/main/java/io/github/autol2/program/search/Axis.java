package io.github.autol2.program.search;

import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;

/**
 * One free hyperparameter of a search space.
 *
 * @param name  of its place in the space, for example {@code updater.learningRate}
 * @param space where its values come from, with its index set by a generator
 */
public record Axis(String name, ParameterSpace<?> space) {

    private static final double MEDIAN = 0.5;
    private static final double SAME = 1e-6;

    /** All of a search space, those of the whole network first; one that layers share appears once. */
    public static List<Axis> of(BaseNetworkSpace<?> space) {
        IdentityHashMap<ParameterSpace<?>, String> names = new IdentityHashMap<>();
        List<Axis> axes = new ArrayList<>();
        collect("", space.getNestedSpaces(), names, axes);
        for (BaseNetworkSpace.LayerConf layer : space.getLayerSpaces()) {
            Map<String, ParameterSpace<?>> parts = new LinkedHashMap<>();
            parts.put("layers", layer.getNumLayers());
            layer.getLayerSpace().getNestedSpaces().forEach(parts::put);
            collect(layer.getLayerName() + ".", parts, names, axes);
        }
        return axes;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // Arbiter's are raw
    private static void collect(
            String prefix,
            Map<String, ? extends ParameterSpace> spaces,
            IdentityHashMap<ParameterSpace<?>, String> seen,
            List<Axis> axes) {
        spaces.forEach((name, space) -> {
            if (space == null) {
                return;
            }
            if (!space.isLeaf()) {
                Map<String, ParameterSpace<?>> parts = new LinkedHashMap<>();
                ((Map<String, ParameterSpace>) space.getNestedSpaces()).forEach(parts::put);
                collect(prefix + name + ".", parts, seen, axes);
            } else if (space.numParameters() > 0 && seen.put(space, prefix + name) == null) {
                axes.add(new Axis(prefix + name, space));
            }
        });
    }

    /** Its value for a candidate, for people. */
    String text(double[] flatParameters) {
        Object value = space.getValue(flatParameters);
        return value instanceof Double number ? SummaryTable.threeDigits(number) : String.valueOf(value);
    }

    /** Its value for a candidate, if it is a number. */
    OptionalDouble number(double[] flatParameters) {
        return space.getValue(flatParameters) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /**
     * Whether it belongs on a logarithmic axis: its median is the geometric mean of its ends.
     *
     * @param parameters of the whole search space
     */
    boolean isLogarithmic(int parameters) {
        double low = at(0, parameters);
        double high = at(1, parameters);
        return low > 0 && high > low && Math.abs(Math.log(at(MEDIAN, parameters) / Math.sqrt(low * high))) < SAME;
    }

    private double at(double quantile, int parameters) {
        double[] flat = new double[parameters];
        Arrays.fill(flat, quantile);
        return space instanceof ContinuousParameterSpace continuous ? continuous.getValue(flat) : Double.NaN;
    }
}
