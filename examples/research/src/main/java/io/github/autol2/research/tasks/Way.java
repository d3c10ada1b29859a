package io.github.autol2.research.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A way to choose lambda that takes a training run of its own. */
public sealed interface Way {

    /** The constants of the grid, half a decade apart. */
    List<Constant> GRID = Stream.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
            .map(Constant::new)
            .toList();

    /** Unlike all others and fit for a file's name. */
    String name();

    /** The same lambda from the first step to the last; 0 is no penalty. */
    record Constant(double lambda) implements Way {
        @Override
        public String name() {
            return lambda == 0 ? "none" : "constant-" + lambda;
        }
    }

    /** lambda = 1/(etaEff T) without any measurement of accuracy. */
    record FreeRule() implements Way {
        @Override
        public String name() {
            return "free-rule";
        }
    }

    /** AutoL2 as it is without validation data. */
    record Adaptive() implements Way {
        @Override
        public String name() {
            return "adaptive";
        }
    }

    /** The paper's prediction, c/T. */
    record TimeLaw() implements Way {
        @Override
        public String name() {
            return "time-law";
        }
    }

    /** A race of short runs on held-out data; the winner goes on with its lambda held. */
    record Level() implements Way {
        @Override
        public String name() {
            return "level";
        }
    }

    /** The same race, then AutoL2 that sees held-out data. */
    record Validated() implements Way {
        @Override
        public String name() {
            return "validated";
        }
    }

    /** All ways, in the order in which they are run. */
    static List<Way> all() {
        List<Way> ways = new ArrayList<>(GRID);
        ways.addAll(
                List.of(new Constant(0), new Validated(), new Level(), new FreeRule(), new Adaptive(), new TimeLaw()));
        return List.copyOf(ways);
    }
}
