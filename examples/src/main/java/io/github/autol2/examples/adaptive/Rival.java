package io.github.autol2.examples.adaptive;

import io.github.autol2.schedule.AutoL2Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One way to choose lambda, to be compared with others.
 *
 * @param name     unlike all others, fit for a file's name
 * @param constant the lambda of the whole run; empty where a rule chooses
 * @param rule     the rule's options from the budget in iterations and the number of classes; not asked where lambda is constant
 */
public record Rival(String name, Optional<Double> constant, BiFunction<Long, Integer, AutoL2Options> rule) {

    /** The prefix of the constant ones. */
    static final String CONSTANT = "constant";
    static final String BUDGET = "adaptive";
    static final String OPEN = "open";
    static final String PAPER = "paper";
    static final String CONVERTED = "converted";

    private static final List<Double> GRID = List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

    /** Nine constants, spaced by half a decade; the adaptive rule with and without a budget; the published rule in two readings. */
    public static List<Rival> all() {
        List<Rival> rivals = new ArrayList<>();
        GRID.forEach(lambda -> rivals.add(new Rival(CONSTANT + "-" + lambda, Optional.of(lambda), (budget, classes) -> null)));
        rivals.add(new Rival(PAPER, Optional.empty(), (budget, classes) -> AutoL2Options.paper()));
        rivals.add(new Rival(CONVERTED, Optional.empty(), (budget, classes) -> converted(classes)));
        rivals.add(new Rival(BUDGET, Optional.empty(), (budget, classes) -> AutoL2Options.adaptive(budget)));
        rivals.add(new Rival(OPEN, Optional.empty(), (budget, classes) -> AutoL2Options.adaptive()));
        return rivals;
    }

    /** The published numbers in Deeplearning4j's units: with k classes its lambda is 2 k times the authors'. */
    private static AutoL2Options converted(int classes) {
        AutoL2Options printed = AutoL2Options.paper();
        double factor = 2.0 * classes;
        return printed.withInitialLambda(0.1 * factor).withRefractory(printed.refractory() * factor);
    }
}
