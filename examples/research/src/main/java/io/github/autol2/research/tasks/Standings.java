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

    /** The whole grid as one seed's user has it: with no validation data but its own. */
    static final String OWN_GRID = "grid-by-seed";

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
        names.addAll(List.of(HABIT.label(), HALVING, OWN_GRID, TUNED));
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
        return tuned(task, seeds(task), Standings::bestValidation);
    }

    /** The constant that the validation accuracies at the end choose. */
    FixedLambda.Constant tunedAtEnd(Task task) {
        return tuned(task, seeds(task), TaskResult::validationAtEnd);
    }

    private FixedLambda.Constant tuned(Task task, List<Long> seeds, ToDoubleFunction<TaskResult> validation) {
        return Choices.GRID.stream()
                .max(Comparator.comparingDouble(way -> Figures.rank(seeds.stream()
                        .mapToDouble(seed -> validation.applyAsDouble(result(task, way, seed)))
                        .average()
                        .orElseThrow())))
                .orElseThrow();
    }

    private static double bestValidation(TaskResult result) {
        return result.best().validationAccuracy();
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
        List<Double> best = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        double spent = 0;
        List<Long> seeds = seeds(task);
        FixedLambda.Constant tuned = tuned(task);
        FixedLambda.Constant tunedAtEnd = tunedAtEnd(task);
        for (long seed : seeds) {
            Optional<Runs> ours = runs(task, way, seed);
            if (ours.isEmpty()) {
                return Optional.empty();
            }
            Runs one = ours.get();
            double end = result(task, tunedAtEnd, seed).last().testAccuracy();
            best.add(one.forBest().best().testAccuracy()
                    - result(task, tuned, seed).best().testAccuracy());
            last.add(one.forEnd().last().testAccuracy() - end);
            kept.add(one.forEnd().testOfKept() - end);
            spent += (double) one.stepsSpent() / task.settings().iterations() / seeds.size();
        }
        return Optional.of(new Standing(task, Pooled.of(best), Pooled.of(last), Pooled.of(kept), spent));
    }

    /** What a way has trained with one seed: one run, or of a grid the run that is the best and the one that is the best at the end. */
    private record Runs(TaskResult forBest, TaskResult forEnd, long stepsSpent) {
        private static Runs of(TaskResult one) {
            return new Runs(one, one, one.stepsSpent());
        }
    }

    private Optional<Runs> runs(Task task, String way, long seed) {
        return switch (way) {
            case TUNED -> Optional.of(ofGrid(task, seeds(task), seed));
            case OWN_GRID -> Optional.of(ofGrid(task, List.of(seed), seed));
            case HALVING -> Optional.of(Runs.of(Halving.of(grid(task, seed))));
            default ->
                Optional.ofNullable(results.get(TaskRuns.key(task, way, seed))).map(Runs::of);
        };
    }

    /**
     * @param known seeds whose validation accuracies choose the constants
     */
    private Runs ofGrid(Task task, List<Long> known, long seed) {
        return new Runs(
                result(task, tuned(task, known, Standings::bestValidation), seed),
                result(task, tuned(task, known, TaskResult::validationAtEnd), seed),
                grid(task, seed).stream().mapToLong(TaskResult::stepsSpent).sum());
    }

    private List<TaskResult> grid(Task task, long seed) {
        return Choices.GRID.stream().map(one -> result(task, one, seed)).toList();
    }

    Summary summary(String way) {
        return Summary.of(
                tasks.stream().flatMap(task -> standing(task, way).stream()).toList());
    }

    TaskResult result(Task task, LambdaChoice choice, long seed) {
        return results.get(TaskRuns.key(task, choice, seed));
    }
}
