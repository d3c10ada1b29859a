package io.github.autol2.research.search;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.Search.Prune;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.research.tasks.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleBiFunction;

/**
 * Searches every task in every way with every seed, and measures each by the random search of that task and seed which trains all candidates
 * to their end.
 *
 * @param tasks      with their seeds
 * @param ways       {@link SearchWay#RANDOM} among them
 * @param candidates of a search without pruning, at least 1; one with pruning has {@value #MORE} times as many, and a grid at most its points
 * @param points     values of each hyperparameter in a grid, at least 2
 */
public record SearchComparison(List<Task> tasks, List<SearchWay> ways, int candidates, int points) {

    /** A search that gives candidates up has steps left for others. */
    static final int MORE = 3;

    private static final TypeReference<SearchTrace> TRACE = new TypeReference<>() {};

    public SearchComparison {
        tasks = List.copyOf(tasks);
        ways = List.copyOf(ways);
        if (!ways.contains(SearchWay.RANDOM)) {
            throw new IllegalArgumentException("ways must have random among them, got " + ways);
        }
    }

    /**
     * Searches what is not searched yet.
     *
     * @param parts   finished searches
     * @param threads searches at a time, at least 1
     * @return the searches by {@link #key}
     */
    public Map<String, SearchTrace> run(UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        return new Sweep<>(parts, TRACE, threads).run(jobs(), progress);
    }

    /** The steps of all searches if each candidate were trained to its end, without calibrations. */
    public long steps() {
        return Sweep.steps(jobs());
    }

    /** All that finished searches depend on. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("candidates", Integer.toString(candidates));
        settings.put("points", Integer.toString(points));
        tasks.forEach(task -> task.effective().forEach((key, value) -> settings.put(task.name() + " " + key, value)));
        return settings;
    }

    private List<Sweep.Job<SearchTrace>> jobs() {
        List<Sweep.Job<SearchTrace>> jobs = new ArrayList<>();
        for (Task task : tasks) {
            for (long seed : task.settings().seeds()) {
                for (SearchWay way : ways) {
                    int most = way.prune() == Prune.NONE ? candidates : MORE * candidates;
                    jobs.add(new Sweep.Job<>(
                            key(task, way, seed),
                            candidates * Search.iterations(task.settings()),
                            done -> new SearchTrial(task.settings(), way, most, points).run(seed, done)));
                }
            }
        }
        return jobs;
    }

    static String key(Task task, SearchWay way, long seed) {
        return task.name() + "." + way.label() + "." + seed;
    }

    /**
     * A way beside the random search, over tasks and seeds.
     *
     * @param steps        of the search, in those of the random search
     * @param atThird      test accuracy minus that of the whole random search, after a third of its steps
     * @param atAll        the same after all of its steps
     * @param reached      searches whose validation accuracy has reached the random search's best
     * @param of           all searches
     * @param stepsToReach of those that have, in steps of the random search
     */
    record Standing(Pooled steps, Pooled atThird, Pooled atAll, int reached, int of, Pooled stepsToReach) {}

    /** What a way came to, over all tasks and seeds. */
    Standing standing(SearchWay way, Map<String, SearchTrace> traces) {
        List<Double> reached = new ArrayList<>();
        for (Task task : tasks) {
            for (long seed : task.settings().seeds()) {
                SearchTrace random = traces.get(key(task, SearchWay.RANDOM, seed));
                OptionalLong steps = traces.get(key(task, way, seed)).stepsTo(random.bestValidation());
                if (steps.isPresent()) {
                    reached.add((double) steps.getAsLong() / random.steps());
                }
            }
        }
        List<Double> lengths = each(way, traces, (trace, random) -> (double) trace.steps() / random.steps());
        return new Standing(
                Pooled.of(lengths),
                Pooled.of(gains(way, traces, 1.0 / 3)),
                Pooled.of(gains(way, traces, 1)),
                reached.size(),
                lengths.size(),
                Pooled.of(reached));
    }

    /**
     * Test accuracies minus those of the whole random searches.
     *
     * @param share of the steps of the random search
     */
    List<Double> gains(SearchWay way, Map<String, SearchTrace> traces, double share) {
        return each(
                way,
                traces,
                (trace, random) -> trace.testAccuracyAt(Math.round(share * random.steps()))
                        - random.testAccuracyAt(random.steps()));
    }

    private List<Double> each(
            SearchWay way, Map<String, SearchTrace> traces, ToDoubleBiFunction<SearchTrace, SearchTrace> value) {
        return tasks.stream()
                .flatMap(task -> task.settings().seeds().stream()
                        .map(seed -> value.applyAsDouble(
                                traces.get(key(task, way, seed)), traces.get(key(task, SearchWay.RANDOM, seed)))))
                .toList();
    }
}
