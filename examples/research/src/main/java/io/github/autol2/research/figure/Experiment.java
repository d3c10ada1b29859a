package io.github.autol2.research.figure;

import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import java.io.IOException;

/** Trainings that show whether a claim of the paper holds for one network. */
public interface Experiment {

    /** Of the trainings, without meaning for what the experiment varies. */
    RunSettings settings();

    /** The iterations of all trainings. */
    long steps();

    /**
     * Looks for what it would refuse later, before anything is trained or written.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    default void check(DataSplit data) {
        data.classes();
    }

    /**
     * Trains what is not finished yet.
     *
     * @param data    as the settings say
     * @param parts   finished trainings
     * @param threads trainings at a time
     */
    FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException;
}
