package io.github.autol2.research.figure;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Trainings with constant lambdas, each with every seed. Not thread-safe. */
final class Trainings {

    private final String part;
    private final Set<Training> trainings = new LinkedHashSet<>();

    /**
     * @param part of the figure, which keeps its runs apart from those of others
     */
    Trainings(String part) {
        this.part = part;
    }

    /**
     * One training, but for its seed.
     *
     * @param label  what it is for, fit for a file's name
     * @param lambda its constant
     */
    record Training(String label, double lambda, RunSettings settings) {}

    /** Adds a training with each of its settings' seeds. */
    Training add(String label, double lambda, RunSettings settings) {
        Training training = new Training(label, lambda, settings);
        trainings.add(training);
        return training;
    }

    /** The iterations of all. */
    long steps() {
        return trainings.stream()
                .mapToLong(training -> training.settings().iterations()
                        * training.settings().seeds().size())
                .sum();
    }

    /** Runs all, the longest first, so that no core is left alone with a long one at the end. One result for each seed. */
    Map<Training, List<RunResult>> run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        List<Sweep.Job<RunResult>> jobs = new ArrayList<>();
        for (Training training : trainings) {
            LambdaChoice constant = new FixedLambda.Constant(training.lambda());
            for (long seed : training.settings().seeds()) {
                jobs.add(new Sweep.Job<>(
                        key(training, seed),
                        training.settings().iterations(),
                        done -> constant.training(training.settings(), data)
                                .train(seed, (iteration, lambda, loss) -> done.accept(iteration))
                                .result()));
            }
        }
        jobs.sort(Comparator.comparingLong((Sweep.Job<RunResult> job) -> job.steps())
                .reversed());
        Map<String, RunResult> results =
                new Sweep<>(parts, new TypeReference<RunResult>() {}, threads).run(jobs, progress);
        return trainings.stream()
                .collect(Collectors.toMap(
                        training -> training,
                        training -> training.settings().seeds().stream()
                                .map(seed -> results.get(key(training, seed)))
                                .toList(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /** One row for each run. */
    static NumberTable table(Map<Training, List<RunResult>> results) {
        NumberTable table = new NumberTable(
                "training",
                "lambda",
                "eta",
                "steps",
                "seed",
                "bestStep",
                "validationBest",
                "testAtBest",
                "testBest",
                "tStar",
                "testFinal",
                "seconds");
        results.forEach((training, runs) -> runs.forEach(run -> table.row(
                training.label(),
                training.lambda(),
                training.settings().train().learningRate(),
                run.last().step(),
                run.seed(),
                run.best().step(),
                run.best().validationAccuracy(),
                run.best().testAccuracy(),
                run.testBest(),
                run.tStar(),
                Statistic.TEST_FINAL.of(run),
                run.seconds())));
        return table;
    }

    private String key(Training training, long seed) {
        return part + "-" + training.label() + "-" + training.lambda() + "-"
                + training.settings().train().learningRate() + "-"
                + training.settings().iterations() + "-seed" + seed;
    }
}
