package io.github.autol2.research.harm;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs each program for each number of iterations with each seed: as it was, with the habitual l2, with our listener. */
public final class HarmTable {

    private final HarmSettings settings;

    public HarmTable(HarmSettings settings) {
        this.settings = settings;
    }

    /**
     * What a run showed.
     *
     * @param score in percent: accuracy, or explained variance
     */
    record Outcome(double score) {}

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
    public HarmReport run(UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        Map<String, Outcome> outcomes =
                new Sweep<>(parts, new TypeReference<Outcome>() {}, threads).run(jobs(), progress);
        return new HarmReport(
                settings,
                (program, iterations, treatment, seed) ->
                        outcomes.get(key(program, iterations, treatment, seed)).score());
    }

    private List<Sweep.Job<Outcome>> jobs() {
        List<Sweep.Job<Outcome>> jobs = new ArrayList<>();
        for (int iterations : settings.iterations()) {
            for (long seed : settings.seeds()) {
                for (HarmProgram program : settings.programs()) {
                    for (Treatment treatment : Treatment.values()) {
                        jobs.add(new Sweep.Job<>(
                                key(program, iterations, treatment, seed),
                                iterations,
                                done -> new Outcome(program.run(seed, iterations, treatment, done))));
                    }
                }
            }
        }
        return jobs;
    }

    private static String key(HarmProgram program, int iterations, Treatment treatment, long seed) {
        return program.name() + "-" + iterations + "-" + treatment.label() + "-" + seed;
    }
}
