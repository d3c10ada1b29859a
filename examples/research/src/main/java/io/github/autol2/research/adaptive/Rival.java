package io.github.autol2.research.adaptive;

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

    /** AutoL2 that knows the budget. */
    public static final Rival BUDGET = rule("adaptive", (budget, classes) -> AutoL2Options.adaptive(budget));

    /** AutoL2 that knows nothing. */
    static final Rival OPEN = rule("open", (budget, classes) -> AutoL2Options.adaptive());

    /** The published rule with its printed numbers. */
    public static final Rival PAPER = rule("paper", (budget, classes) -> AutoL2Options.paper());

    /** The published rule with its numbers in Deeplearning4j's units. */
    public static final Rival CONVERTED = rule("converted", (budget, classes) -> converted(classes));

    private static final List<Double> GRID = List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

    /** Nine constants, spaced by half a decade. */
    public static List<Rival> constants() {
        return GRID.stream()
                .map(lambda -> new Rival("constant-" + lambda, Optional.of(lambda), (budget, classes) -> null))
                .toList();
    }

    /** The constants and all rules. */
    public static List<Rival> all() {
        List<Rival> rivals = new ArrayList<>(constants());
        rivals.addAll(List.of(PAPER, CONVERTED, BUDGET, OPEN));
        return rivals;
    }

    private static Rival rule(String name, BiFunction<Long, Integer, AutoL2Options> rule) {
        return new Rival(name, Optional.empty(), rule);
    }

    /** With k classes Deeplearning4j's lambda is 2 k times the authors'. */
    private static AutoL2Options converted(int classes) {
        AutoL2Options printed = AutoL2Options.paper();
        double factor = 2.0 * classes;
        return printed.withInitialLambda(0.1 * factor).withRefractory(printed.refractory() * factor);
    }
}
