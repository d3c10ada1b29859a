package io.github.autol2.research.adaptive;

import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import java.util.ArrayList;
import java.util.List;

/** The ways to choose lambda that take part in a comparison. */
public final class Choices {

    private static final List<Double> GRID = List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

    private Choices() {}

    /** Nine constants, spaced by half a decade. */
    public static List<LambdaChoice> constants() {
        return GRID.stream().<LambdaChoice>map(FixedLambda.Constant::new).toList();
    }

    /** The constants and all rules. */
    public static List<LambdaChoice> all() {
        List<LambdaChoice> all = new ArrayList<>(constants());
        all.addAll(List.of(
                LambdaChoice.Rule.PAPER,
                LambdaChoice.Rule.CONVERTED,
                LambdaChoice.Rule.ADAPTIVE,
                LambdaChoice.Rule.OPEN));
        return all;
    }
}
