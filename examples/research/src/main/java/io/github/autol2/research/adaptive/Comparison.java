package io.github.autol2.research.adaptive;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Trains every choice of lambda in every task with every seed. */
public final class Comparison {

    private final List<Task> tasks;
    private final List<LambdaChoice> choices;
    private final List<Long> seeds;
    private final Map<DataSettings, DataSplit> data = new ConcurrentHashMap<>();

    public Comparison(List<Task> tasks, List<LambdaChoice> choices, List<Long> seeds) {
        this.tasks = List.copyOf(tasks);
        this.choices = List.copyOf(choices);
        this.seeds = List.copyOf(seeds);
    }

    /** All iterations of all runs. */
    public long steps() {
        return Sweep.steps(jobs());
    }

    /**
     * Runs what is not finished yet.
     *
     * @param parts   finished runs
     * @param threads runs at a time
     */
    public Outcomes run(UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        return run(Map.of(), parts, threads, progress);
    }

    /**
     * The same with data that are loaded already.
     *
     * @param loaded by their settings; others are loaded when they are needed
     */
    public Outcomes run(Map<DataSettings, DataSplit> loaded, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        data.putAll(loaded);
        return new Outcomes(
                tasks,
                choices,
                seeds,
                new Sweep<>(parts, new TypeReference<RunResult>() {}, threads).run(jobs(), progress));
    }

    private List<Sweep.Job<RunResult>> jobs() {
        List<Sweep.Job<RunResult>> jobs = new ArrayList<>();
        for (long seed : seeds) { // so that an unfinished table has all tasks
            for (Task task : tasks) {
                for (LambdaChoice choice : choices) {
                    jobs.add(new Sweep.Job<>(
                            Outcomes.key(task, choice, seed),
                            task.settings().iterations(),
                            done -> train(task, choice, seed, done)));
                }
            }
        }
        return jobs;
    }

    private RunResult train(Task task, LambdaChoice choice, long seed, LongConsumer done) {
        DataSplit examples = data.computeIfAbsent(task.settings().data(), DataSettings::load);
        return choice.training(task.settings(), examples)
                .train(seed, (iteration, lambda, loss) -> done.accept(iteration))
                .result();
    }
}
