package io.github.autol2.program.tuning;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationException;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Calibrates, then trains with every choice of lambda and every seed, several runs at a time. Each run is the same whatever runs beside it.
 * Each finished one is kept, so that an interrupted tuning loses only what was running.
 */
public final class TuningRuns {

    private static final int WITHOUT_GRID = 5;

    private final RunSettings settings;
    private final DataSplit first;
    private final UnfinishedRun parts;
    private final KeptNetworks networks;
    private final int threads;

    /**
     * A finished calibration.
     *
     * @param runs        that it made
     * @param calibration empty where no network trained at any lambda
     */
    record CalibrationPart(List<CalibrationRun> runs, Optional<Calibration> calibration) {
        CalibrationPart {
            runs = List.copyOf(runs);
        }

        long spent() {
            return calibration
                    .map(Calibration::iterationsSpent)
                    .orElseGet(() ->
                            runs.stream().mapToLong(run -> run.curve().length()).sum());
        }

        /**
         * What it has shown.
         *
         * @throws CalibrationException if no network trained at any lambda
         */
        Calibration shown() {
            return calibration.orElseGet(() -> Calibration.of(runs, 1)); // has no run that learned, and says so
        }
    }

    /**
     * @param first   the data that {@link DataSettings#load()} gave
     * @param parts   of this tuning that are finished, none at first
     * @param threads runs at a time, at least 1
     */
    public TuningRuns(RunSettings settings, DataSplit first, UnfinishedRun parts, int threads) {
        this.settings = settings;
        this.first = first;
        this.parts = parts;
        this.networks = new KeptNetworks(parts);
        this.threads = threads;
    }

    /** The most iterations that the calibrations spend. */
    public long calibrationIterations() {
        return groups().stream().mapToLong(CalibrationTask::most).sum();
    }

    /** For each seed, or once for all of them. */
    private List<RunSettings> groups() {
        return hasOwnSplits()
                ? settings.seeds().stream()
                        .map(seed -> settings.withSeeds(List.of(seed)))
                        .toList()
                : List.of(settings);
    }

    private boolean hasOwnSplits() {
        return settings.data().split() == DataSettings.Split.SEEDS;
    }

    /** The iterations of all runs of a comparison, without those of races. */
    public long iterations(int grid) {
        return settings.iterations() * settings.seeds().size() * (WITHOUT_GRID + grid);
    }

    /**
     * Measures c, or reads what is finished of that: for each seed on its own division of the examples, or once for all seeds.
     *
     * @throws CalibrationException if no network trained at any lambda, with any seed
     */
    public Calibrations calibrate(Sweep.Progress progress) throws IOException {
        boolean own = hasOwnSplits();
        List<RunSettings> groups = groups();
        List<Sweep.Job<CalibrationPart>> jobs = groups.stream()
                .map(group -> new Sweep.Job<>(
                        own ? "calibration-seed" + group.seeds().get(0) : "calibration",
                        CalibrationTask.most(group),
                        done -> calibrate(group, done)))
                .toList();
        Map<String, CalibrationPart> finished =
                new Sweep<>(parts, new TypeReference<CalibrationPart>() {}, threads).run(jobs, progress);
        Map<Long, Calibration> bySeed = new TreeMap<>();
        Map<Long, String> failures = new TreeMap<>();
        long spent = 0;
        CalibrationException last = null;
        for (int i = 0; i < groups.size(); i++) {
            CalibrationPart part = finished.get(jobs.get(i).key());
            long seed = groups.get(i).seeds().get(0);
            spent += part.spent();
            try {
                bySeed.put(seed, part.shown());
            } catch (CalibrationException e) {
                failures.put(seed, e.getMessage());
                last = e;
            }
        }
        if (bySeed.isEmpty()) {
            throw last;
        }
        return own
                ? Calibrations.own(settings.seeds(), bySeed, failures, spent)
                : Calibrations.shared(bySeed.values().iterator().next(), settings.seeds());
    }

    private CalibrationPart calibrate(RunSettings group, LongConsumer done) {
        long seed = group.seeds().get(0);
        List<CalibrationRun> runs = new ArrayList<>();
        try {
            Calibration calibration = new CalibrationTask(group, settings.data().load(seed, first))
                    .calibrate(List.of(), new CalibrationObserver() {
                        @Override
                        public void iteration(Trial trial, long iteration, long spent, long most) {
                            done.accept(spent);
                        }

                        @Override
                        public void finished(CalibrationRun run) {
                            runs.add(run);
                        }
                    });
            return new CalibrationPart(runs, Optional.of(calibration));
        } catch (CalibrationException e) {
            return new CalibrationPart(runs, Optional.empty());
        }
    }

    /**
     * Trains with each choice and seed.
     *
     * @param grid number of constant lambdas to compare with, at least 0
     */
    public TuningResult compare(Calibrations calibrations, int grid, Sweep.Progress progress) throws IOException {
        List<LambdaChoice> choices = choices(calibrations, grid);
        List<Sweep.Job<SeedOutcome>> jobs = new ArrayList<>();
        for (LambdaChoice choice : choices) {
            for (long seed : settings.seeds()) {
                Sweep.Job<SeedOutcome> job = new Sweep.Job<>(
                        key(choice, seed), settings.iterations(), done -> run(choice, calibrations, seed, done));
                jobs.add(choice instanceof LambdaChoice.Validated ? 0 : jobs.size(), job); // the longest ones first
            }
        }
        Map<String, SeedOutcome> outcomes =
                new Sweep<>(parts, new TypeReference<SeedOutcome>() {}, threads).run(jobs, progress);
        List<TuningResult.Row> rows = choices.stream()
                .map(choice -> new TuningResult.Row(
                        choice,
                        settings.seeds().stream()
                                .map(seed -> outcomes.get(key(choice, seed)).run())
                                .toList()))
                .toList();
        return new TuningResult(
                calibrations, new Tuning(settings, first, parts).predictions(calibrations.pooled()), rows);
    }

    /** Copies the winner's networks to the results. */
    public void saveWinner(TuningResult result, Path out) throws IOException {
        networks.copy(key(result.winner().choice(), result.winnerSeed()), out);
    }

    /** The {@value #WITHOUT_GRID} choices that are always compared, then the grid around the first one's lambda. */
    private List<LambdaChoice> choices(Calibrations calibrations, int grid) {
        double predicted = calibrations.pooled().predict(settings.horizon()).lambda();
        List<LambdaChoice> choices = new ArrayList<>(List.of(
                new FixedLambda.Predicted(predicted),
                new LambdaChoice.Validated(),
                new FixedLambda.None(),
                new LambdaChoice.FreeRule(),
                new FixedLambda.Habit()));
        choices.addAll(FixedLambda.OfGrid.around(predicted, grid));
        return choices;
    }

    private SeedOutcome run(LambdaChoice choice, Calibrations calibrations, long seed, LongConsumer done)
            throws IOException {
        DataSplit data = settings.data().load(seed, first);
        LambdaChoice ofSeed = choice;
        if (choice instanceof FixedLambda.Predicted) {
            ofSeed = new FixedLambda.Predicted(calibrations.lambda(seed, settings.horizon()));
        } else if (choice instanceof LambdaChoice.Validated) {
            ofSeed = new LambdaChoice.Validated(calibrations.level(seed));
        }
        Training.Outcome outcome = ofSeed.training(settings, data)
                .keepingBest()
                .withTrainingAtEndOnly()
                .train(seed, (iteration, lambda, loss) -> done.accept(iteration));
        networks.keep(key(choice, seed), outcome, data.table());
        return new SeedOutcome(SeedRun.of(outcome));
    }

    private static String key(LambdaChoice choice, long seed) {
        return choice.key() + "-seed" + seed;
    }
}
