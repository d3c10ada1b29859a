package io.github.autol2.research.tasks;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.research.sweep.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains every task in every way with every seed: all tasks with the first seed, then all with the second. */
public final class TaskRuns {

    private final List<Task> tasks;
    private final List<Way> ways;

    /** Finished runs of a task are those of other settings. */
    public static final class OtherSettingsException extends RuntimeException {

        private static final long serialVersionUID = 1;

        OtherSettingsException(String message) {
            super(message);
        }
    }

    public TaskRuns(List<Task> tasks, List<Way> ways) {
        this.tasks = List.copyOf(tasks);
        this.ways = List.copyOf(ways);
    }

    /** The iterations of all final trainings. */
    public long steps() {
        return Sweep.steps(runs());
    }

    /**
     * Trains what is not finished yet.
     *
     * @param parts   finished runs
     * @param threads runs at a time, at least 1
     * @return the results by {@link #key}
     * @throws OtherSettingsException if finished runs of a task are those of other settings
     */
    public Map<String, TaskResult> run(UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        for (Task task : tasks) {
            keepSettings(task, parts);
        }
        return new Sweep<>(parts, new TypeReference<TaskResult>() {}, threads).run(runs(), progress);
    }

    /** Finished runs of other settings must not pass for those of a task. */
    private static void keepSettings(Task task, UnfinishedRun parts) throws IOException {
        String part = "task-" + task.name();
        Optional<Map<String, String>> before = parts.get(part, new TypeReference<Map<String, String>>() {});
        if (before.isPresent() && !before.get().equals(task.effective())) {
            throw new OtherSettingsException("the task " + task.name() + " must have the settings of the finished runs "
                    + before.get() + ", got " + task.effective());
        }
        parts.put(part, task.effective());
    }

    static String key(Task task, Way way, long seed) {
        return task.name() + "." + way.name() + "." + seed;
    }

    private List<Sweep.Job<TaskResult>> runs() {
        int most = tasks.stream()
                .mapToInt(task -> task.settings().seeds().size())
                .max()
                .orElse(0);
        List<Sweep.Job<TaskResult>> runs = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            for (Task task : tasks) {
                if (i < task.settings().seeds().size()) {
                    long seed = task.settings().seeds().get(i);
                    ways.forEach(way -> runs.add(run(task, way, seed)));
                }
            }
        }
        return runs;
    }

    private static Sweep.Job<TaskResult> run(Task task, Way way, long seed) {
        return new Sweep.Job<>(
                key(task, way, seed),
                task.settings().iterations(),
                done -> new Training(task.settings(), task.settings().data().load(seed), seed, done).with(way));
    }
}
