package io.github.autol2.research.tasks;

import io.github.autol2.program.training.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Successive halving over constants: all train for an eighth of the budget, the better ones for a third of it, the best one to the end.
 * What it does follows from the constants' full runs, so it takes none of its own.
 */
final class Halving {

    private static final double FIRST = 1.0 / 8;
    private static final double SECOND = 1.0 / 3;
    private static final int CONSTANTS = 5;
    private static final int LEFT = 2;

    private Halving() {}

    /**
     * @param grid at least five runs in increasing order of lambda: the five in the middle take part
     */
    static TaskResult of(List<TaskResult> grid) {
        int skipped = (grid.size() - CONSTANTS) / 2;
        List<TaskResult> runs = new ArrayList<>(grid.subList(skipped, skipped + CONSTANTS));
        long budget = runs.get(0).last().step();
        long first = (long) (FIRST * budget);
        long second = (long) (SECOND * budget);
        runs.sort(Comparator.comparingDouble((TaskResult run) -> Figures.rank(run.validationAt(first)))
                .reversed());
        TaskResult winner = runs.subList(0, LEFT).stream()
                .max(Comparator.comparingDouble(run -> Figures.rank(run.validationAt(second))))
                .orElseThrow();
        long spent = (CONSTANTS - LEFT) * first + (LEFT - 1) * second + budget;
        return new TaskResult(winner.lambda(), spent, winner.kept(), winner.curve());
    }
}
