package io.github.autol2.research.tasks;

import io.github.autol2.program.results.Pooled;
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

    /** The way that costs no training of its own: it is read off the grid's runs. */
    static final String HALVING = "halving";

    /** Accuracies this near count as equal; in doubles, 0.4 points fewer is sometimes a little more than that. */
    private static final double WITHIN = 0.004 + 1e-12;

    /**
     * One way in one task.
     *
     * @param best  test accuracy at the best validation accuracy minus the tuned constant's, over the seeds
     * @param end   the same at the end, with the constant that is tuned for the end
     * @param spent iterations of all trainings divided by those of one run, the mean over the seeds
     */
    record Standing(Task task, Pooled best, Pooled end, double spent) {}

    /**
     * One way over all tasks, in fractions.
     *
     * @param withinBest tasks whose loss is at most 0.4 points at the best validation accuracy
     * @param withinEnd  tasks whose loss is at most 0.4 points at the end
     */
    record Summary(
            int tasks,
            double best,
            double end,
            double worstBest,
            double worstEnd,
            int withinBest,
            int withinEnd,
            double spent) {

        static Summary of(List<Standing> standings) {
            return new Summary(
                    standings.size(),
                    mean(standings, one -> one.best().mean()),
                    mean(standings, one -> one.end().mean()),
                    least(standings, one -> one.best().mean()),
                    least(standings, one -> one.end().mean()),
                    within(standings, one -> one.best().mean()),
                    within(standings, one -> one.end().mean()),
                    mean(standings, Standing::spent));
        }

        private static double mean(List<Standing> standings, ToDoubleFunction<Standing> figure) {
            return standings.stream().mapToDouble(figure).average().orElse(Double.NaN);
        }

        private static double least(List<Standing> standings, ToDoubleFunction<Standing> figure) {
            return standings.stream().mapToDouble(figure).min().orElse(Double.NaN);
        }

        private static int within(List<Standing> standings, ToDoubleFunction<Standing> figure) {
            return (int) standings.stream()
                    .filter(one -> figure.applyAsDouble(one) >= -WITHIN)
                    .count();
        }
    }

    /**
     * Counts what is finished.
     *
     * @param all      tasks, with unfinished ones
     * @param finished results by their key
     */
    public static Standings of(List<Task> all, List<Way> ways, Map<String, TaskResult> finished) {
        List<String> names = new ArrayList<>(ways.stream()
                .filter(way -> !Way.GRID.contains(way))
                .map(Way::name)
                .toList());
        names.add(HALVING);
        return new Standings(
                all.stream()
                        .filter(task ->
                                task.settings().seeds().stream().anyMatch(seed -> hasGrid(task, seed, finished)))
                        .toList(),
                names,
                Map.copyOf(finished));
    }

    private static boolean hasGrid(Task task, long seed, Map<String, TaskResult> finished) {
        return Way.GRID.stream().allMatch(way -> finished.containsKey(TaskRuns.key(task, way, seed)));
    }

    /** The constant that the best validation accuracies choose. */
    Way.Constant tuned(Task task) {
        return tuned(task, result -> result.best().validationAccuracy());
    }

    /** The constant that the validation accuracies at the end choose. */
    Way.Constant tunedAtEnd(Task task) {
        return tuned(task, TaskResult::validationAtEnd);
    }

    private Way.Constant tuned(Task task, ToDoubleFunction<TaskResult> validation) {
        return Way.GRID.stream()
                .max(Comparator.comparingDouble(way -> seeds(task).stream()
                        .mapToDouble(seed -> validation.applyAsDouble(result(task, way, seed)))
                        .average()
                        .orElseThrow()))
                .orElseThrow();
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
        Function<Long, TaskResult> ours = way.equals(HALVING)
                ? seed -> Halving.of(
                        Way.GRID.stream().map(one -> result(task, one, seed)).toList())
                : seed -> results.get(task.name() + "." + way + "." + seed);
        if (seeds.stream().anyMatch(seed -> ours.apply(seed) == null)) {
            return Optional.empty();
        }
        Way.Constant tuned = tuned(task);
        Way.Constant tunedAtEnd = tunedAtEnd(task);
        List<Double> best = new ArrayList<>();
        List<Double> end = new ArrayList<>();
        double spent = 0;
        for (long seed : seeds) {
            TaskResult one = ours.apply(seed);
            best.add(
                    one.best().testAccuracy() - result(task, tuned, seed).best().testAccuracy());
            end.add(one.testAtEnd() - result(task, tunedAtEnd, seed).testAtEnd());
            spent += (double) one.stepsSpent() / task.settings().iterations() / seeds.size();
        }
        return Optional.of(new Standing(task, Pooled.of(best), Pooled.of(end), spent));
    }

    Summary summary(String way) {
        return Summary.of(
                tasks.stream().flatMap(task -> standing(task, way).stream()).toList());
    }

    TaskResult result(Task task, Way way, long seed) {
        return results.get(TaskRuns.key(task, way, seed));
    }
}
