package io.github.autol2.research.tasks;

import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.training.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Every way beside the tuned constant of each task. Two constants are tuned: the one with the highest best validation accuracy (mean over
 * the seeds), and the one with the highest validation accuracy at the end.
 *
 * @param tasks those with all constants of the grid for at least one seed
 */
public record Standings(List<Task> tasks, List<String> ways, Map<String, TaskResult> results) {

    /** Costs no training of its own: it is read off the grid's runs. */
    static final String HALVING = "halving";

    /** The whole grid, whose best constant all others are measured by. */
    static final String TUNED = "grid";

    /** The habit of most programs, one of the grid. */
    static final FixedLambda.Constant HABIT = new FixedLambda.Constant(new FixedLambda.Habit().lambda());

    /** Accuracies this near count as equal; in doubles, 0.4 points fewer is sometimes a little more than that. */
    private static final double WITHIN = 0.004 + 1e-12;

    /**
     * One way in one task.
     *
     * @param best  test accuracy at the best validation accuracy minus the tuned constant's, over the seeds
     * @param last  the same for the networks after the last iteration, with the constant that is tuned for the end
     * @param kept  the same for the network that the method hands out: the last one where it keeps no other
     * @param spent iterations of all trainings divided by those of one run, the mean over the seeds
     */
    record Standing(Task task, Pooled best, Pooled last, Pooled kept, double spent) {}

    /**
     * Differences to the tuned constant over all tasks, in fractions.
     *
     * @param mean   with the standard error over the tasks; NaN without tasks
     * @param worst  of all tasks; NaN without tasks
     * @param within tasks whose loss is at most 0.4 points
     */
    record Measure(Pooled mean, double worst, int within) {
        private static Measure of(List<Standing> standings, Function<Standing, Pooled> figure) {
            List<Double> values =
                    standings.stream().map(one -> figure.apply(one).mean()).toList();
            return new Measure(
                    Pooled.of(values),
                    values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                    (int) values.stream().filter(value -> value >= -WITHIN).count());
        }
    }

    /**
     * One way over all tasks.
     *
     * @param tasks that have a result of the way
     * @param spent runs, the mean over the tasks; NaN without tasks
     */
    record Summary(int tasks, Measure best, Measure last, Measure kept, double spent) {
        static Summary of(List<Standing> standings) {
            return new Summary(
                    standings.size(),
                    Measure.of(standings, Standing::best),
                    Measure.of(standings, Standing::last),
                    Measure.of(standings, Standing::kept),
                    standings.stream().mapToDouble(Standing::spent).average().orElse(Double.NaN));
        }
    }

    /**
     * Counts what is finished.
     *
     * @param all      tasks, with unfinished ones
     * @param finished results by their key
     */
    public static Standings of(List<Task> all, List<LambdaChoice> choices, Map<String, TaskResult> finished) {
        List<String> names = new ArrayList<>(choices.stream()
                .filter(choice -> !Choices.isOfGrid(choice))
                .map(LambdaChoice::label)
                .toList());
        names.addAll(List.of(HABIT.label(), HALVING, TUNED));
        return new Standings(
                all.stream()
                        .filter(task ->
                                task.settings().seeds().stream().anyMatch(seed -> hasGrid(task, seed, finished)))
                        .toList(),
                names,
                Map.copyOf(finished));
    }

    /** Whether a method of these hands out another network than the last one. */
    boolean keepsAnother(String way) {
        return tasks.stream()
                .flatMap(task -> seeds(task).stream().map(seed -> TaskRuns.key(task, way, seed)))
                .anyMatch(key -> results.containsKey(key) && results.get(key).kept() != null);
    }

    private static boolean hasGrid(Task task, long seed, Map<String, TaskResult> finished) {
        return Choices.GRID.stream().allMatch(way -> finished.containsKey(TaskRuns.key(task, way, seed)));
    }

    /** The constant that the best validation accuracies choose. */
    FixedLambda.Constant tuned(Task task) {
        return tuned(task, result -> result.best().validationAccuracy());
    }

    /** The constant that the validation accuracies at the end choose. */
    FixedLambda.Constant tunedAtEnd(Task task) {
        return tuned(task, TaskResult::validationAtEnd);
    }

    private FixedLambda.Constant tuned(Task task, ToDoubleFunction<TaskResult> validation) {
        return Choices.GRID.stream()
                .max(Comparator.comparingDouble(way -> Figures.rank(seeds(task).stream()
                        .mapToDouble(seed -> validation.applyAsDouble(result(task, way, seed)))
                        .average()
                        .orElseThrow())))
                .orElseThrow();
    }

    /** Whether a larger or a smaller constant than those of the grid might be better. */
    static boolean isAtTheEdge(FixedLambda.Constant constant) {
        return constant.equals(Choices.GRID.get(0)) || constant.equals(Choices.GRID.get(Choices.GRID.size() - 1));
    }

    /** The seeds whose grid is complete. */
    List<Long> seeds(Task task) {
        return task.settings().seeds().stream()
                .filter(seed -> hasGrid(task, seed, results))
                .toList();
    }

    /** Empty where the way has no result for one of the task's seeds. */
    Optional<Standing> standing(Task task, String way) {
        List<Long> seeds = seeds(task);
        FixedLambda.Constant tuned = tuned(task);
        FixedLambda.Constant tunedAtEnd = tunedAtEnd(task);
        if (way.equals(TUNED)) {
            Pooled none = Pooled.of(seeds.stream().map(seed -> 0.0).toList());
            return Optional.of(new Standing(task, none, none, none, Choices.GRID.size()));
        }
        Function<Long, TaskResult> ours = way.equals(HALVING)
                ? seed -> Halving.of(Choices.GRID.stream()
                        .map(one -> result(task, one, seed))
                        .toList())
                : seed -> results.get(TaskRuns.key(task, way, seed));
        if (seeds.stream().anyMatch(seed -> ours.apply(seed) == null)) {
            return Optional.empty();
        }
        List<Double> best = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        double spent = 0;
        for (long seed : seeds) {
            TaskResult one = ours.apply(seed);
            double end = result(task, tunedAtEnd, seed).last().testAccuracy();
            best.add(
                    one.best().testAccuracy() - result(task, tuned, seed).best().testAccuracy());
            last.add(one.last().testAccuracy() - end);
            kept.add(one.testOfKept() - end);
            spent += (double) one.stepsSpent() / task.settings().iterations() / seeds.size();
        }
        return Optional.of(new Standing(task, Pooled.of(best), Pooled.of(last), Pooled.of(kept), spent));
    }

    Summary summary(String way) {
        return Summary.of(
                tasks.stream().flatMap(task -> standing(task, way).stream()).toList());
    }

    TaskResult result(Task task, LambdaChoice choice, long seed) {
        return results.get(TaskRuns.key(task, choice, seed));
    }
}
