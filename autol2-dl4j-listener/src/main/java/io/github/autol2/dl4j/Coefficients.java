package io.github.autol2.dl4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lambda is to each of the parameters that take part, by their names, in the order of the layers.
 *
 * @param ratios coefficient / lambda; empty if they are to be read off a network
 * @param own    those that the network had. Up to the largest of them lambda keeps their ratios, and a parameter without one has 0. Empty
 *               if there were none, or the run did not begin with them
 */
record Coefficients(Map<String, Double> ratios, Map<String, Double> own) {

    static final Coefficients NOT_READ = new Coefficients(Map.of(), Map.of());

    Coefficients {
        ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
    }

    /** The largest coefficient that the network had; 0 if there were none, or they do not count. */
    double largestOwn() {
        return largest(own);
    }

    static double largest(Map<String, Double> coefficients) {
        return coefficients.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** The same where coefficients of the network's own do not count. */
    Coefficients withoutOwnOnes() {
        return new Coefficients(ratios, Map.of());
    }

    /** The names of the parameters that the network gave no coefficient. */
    List<String> withoutOwn() {
        return ratios.keySet().stream().filter(name -> !own.containsKey(name)).toList();
    }

    /** What they were at each step of lambda. */
    LambdaSchedule schedule(List<LambdaSchedule.Step> steps, Penalty penalty) {
        return new LambdaSchedule(steps, penalty, ratios, own);
    }

    /** Of parameters with this name. */
    double of(String name, double lambda) {
        double largest = largestOwn();
        return !own.isEmpty() && lambda <= largest
                ? own.getOrDefault(name, 0.0) * (lambda / largest)
                : lambda * ratios.get(name);
    }

    /** Whether some of the parameters have none at this lambda. */
    boolean leaveSomeOut(double lambda) {
        return !own.isEmpty() && own.size() < ratios.size() && lambda <= largestOwn();
    }
}
