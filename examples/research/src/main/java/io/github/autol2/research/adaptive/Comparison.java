package io.github.autol2.research.adaptive;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.config.LambdaSettings;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.research.sweep.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Trains every rival in every cell with every seed. */
public final class Comparison {

    private final List<Cell> cells;
    private final List<Rival> rivals;
    private final List<Long> seeds;
    private final Map<DataSettings, DataSplit> data = new ConcurrentHashMap<>();

    public Comparison(List<Cell> cells, List<Rival> rivals, List<Long> seeds) {
        this.cells = List.copyOf(cells);
        this.rivals = List.copyOf(rivals);
        this.seeds = List.copyOf(seeds);
    }

    /** All iterations of all runs. */
    public long steps() {
        return Sweep.steps(tasks());
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
                cells,
                rivals,
                seeds,
                new Sweep<>(parts, new TypeReference<RunResult>() {}, threads).run(tasks(), progress));
    }

    private List<Sweep.Task<RunResult>> tasks() {
        List<Sweep.Task<RunResult>> tasks = new ArrayList<>();
        for (long seed : seeds) { // so that an unfinished table has all cells
            for (Cell cell : cells) {
                for (Rival rival : rivals) {
                    tasks.add(new Sweep.Task<>(
                            Outcomes.key(cell, rival, seed),
                            cell.settings().iterations(),
                            done -> train(cell, rival, seed, done)));
                }
            }
        }
        return tasks;
    }

    private RunResult train(Cell cell, Rival rival, long seed, LongConsumer done) {
        DataSplit examples = data.computeIfAbsent(cell.settings().data(), DataSettings::load);
        RunSettings settings = cell.settings();
        TrainingRun run = rival.constant().isPresent()
                ? new TrainingRun(
                        settings.withLambda(
                                LambdaSettings.constant(rival.constant().get())),
                        examples)
                : new TrainingRun(
                        settings,
                        examples,
                        rival.rule()
                                .apply(
                                        settings.iterations(),
                                        examples.classNames().size()));
        return run.train(seed, (iteration, lambda, loss) -> done.accept(iteration))
                .result();
    }
}
