package io.github.autol2.research.tasks;

import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ways to choose lambda that are compared on many tasks. */
public final class Choices {

    /** The constants of the grid, half a decade apart. */
    static final List<FixedLambda.Constant> GRID = Stream.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
            .map(FixedLambda.Constant::new)
            .toList();

    private Choices() {}

    /** The grid and all others, in the order in which they are run. */
    public static List<LambdaChoice> all() {
        List<LambdaChoice> all = new ArrayList<>(GRID);
        all.addAll(List.of(
                new FixedLambda.None(),
                new LambdaChoice.Validated(),
                new LambdaChoice.Held(),
                new LambdaChoice.FreeRule(),
                LambdaChoice.Rule.ADAPTIVE,
                new LambdaChoice.TimeLaw()));
        return List.copyOf(all);
    }

    /** Whether it is one of the grid, without which there is no comparison. */
    public static boolean isOfGrid(LambdaChoice choice) {
        return choice instanceof FixedLambda.Constant constant && GRID.contains(constant);
    }
}
