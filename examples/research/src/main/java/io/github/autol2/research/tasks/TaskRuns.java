package io.github.autol2.research.tasks;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.TrainingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Trains every task in every way with every seed: all tasks with the first seed, then all with the second. */
public final class TaskRuns {

    private static final Logger LOG = LogManager.getLogger(TaskRuns.class);
    private static final TypeReference<TaskResult> RESULT = new TypeReference<>() {};

    private final List<Task> tasks;
    private final List<LambdaChoice> choices;

    /** Finished runs of a task are those of other settings. */
    public static final class OtherSettingsException extends RuntimeException {

        private static final long serialVersionUID = 1;

        OtherSettingsException(String message) {
            super(message);
        }
    }

    public TaskRuns(List<Task> tasks, List<LambdaChoice> choices) {
        this.tasks = List.copyOf(tasks);
        this.choices = List.copyOf(choices);
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
     * @param failed  is told the key of a run that fails and why; the others go on
     * @return the results by {@link #key}, without those that failed
     * @throws OtherSettingsException if finished runs of a task are those of other settings
     */
    public Map<String, TaskResult> run(
            UnfinishedRun parts, int threads, BiConsumer<String, RuntimeException> failed, Sweep.Progress progress)
            throws IOException {
        for (Task task : tasks) {
            keepSettings(task, parts);
        }
        Map<String, TaskResult> results =
                new Sweep<>(parts, RESULT, threads).afterAFailure(failed).run(runs(), progress);
        results.values().removeIf(Objects::isNull);
        return results;
    }

    /**
     * The results that are kept already, while others may still be in training.
     *
     * @throws OtherSettingsException if finished runs of a task are those of other settings
     */
    public Map<String, TaskResult> finished(UnfinishedRun parts) throws IOException {
        Map<String, TaskResult> results = new LinkedHashMap<>();
        for (Task task : tasks) {
            if (checkSettings(task, parts)) {
                for (long seed : task.settings().seeds()) {
                    for (LambdaChoice choice : choices) {
                        String key = key(task, choice, seed);
                        parts.get(key, RESULT).ifPresent(result -> results.put(key, result));
                    }
                }
            }
        }
        return results;
    }

    /** Finished runs of other settings must not pass for those of a task. */
    private static void keepSettings(Task task, UnfinishedRun parts) throws IOException {
        if (!checkSettings(task, parts)) {
            parts.put(part(task), task.effective());
        }
    }

    /** Whether there are settings of finished runs, which are those of the task. */
    private static boolean checkSettings(Task task, UnfinishedRun parts) throws IOException {
        Optional<Map<String, String>> before = parts.get(part(task), new TypeReference<Map<String, String>>() {});
        if (before.isPresent() && !before.get().equals(task.effective())) {
            throw new OtherSettingsException("the task " + task.name() + " must have the settings of the finished runs "
                    + before.get() + ", got " + task.effective());
        }
        return before.isPresent();
    }

    private static String part(Task task) {
        return "task-" + task.name();
    }

    static String key(Task task, LambdaChoice choice, long seed) {
        return key(task, choice.key(), seed);
    }

    static String key(Task task, String way, long seed) {
        return task.name() + "." + way + "." + seed;
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
                    choices.forEach(choice -> runs.add(run(task, choice, seed)));
                }
            }
        }
        return runs;
    }

    private static Sweep.Job<TaskResult> run(Task task, LambdaChoice choice, long seed) {
        return new Sweep.Job<>(
                key(task, choice, seed), task.settings().iterations(), done -> train(task, choice, seed, done));
    }

    /** Where a calibration finds no lambda at which the network trains, its user is left with no penalty. */
    private static TaskResult train(Task task, LambdaChoice choice, long seed, LongConsumer done) {
        DataSplit data = task.settings().data().load(seed);
        TrainingRun.Progress progress = (iteration, lambda, loss) -> done.accept(iteration);
        try {
            return TaskResult.of(task.training(choice, data).train(seed, progress), 0);
        } catch (CalibrationException nothingTrained) {
            LOG.warn("{} ended without a lambda: {}", choice.title(), nothingTrained.getMessage());
            return TaskResult.of(
                    task.training(new FixedLambda.None(), data).train(seed, progress),
                    nothingTrained.iterationsSpent());
        }
    }
}
