package io.github.autol2.examples.figure;

import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import java.io.IOException;

/** Trainings that show whether a claim of the paper holds for one network. */
public interface Experiment {

    /** Of the trainings, without meaning for what the experiment varies. */
    RunSettings settings();

    /** The iterations of all trainings; a calibration before them does not count. */
    long steps();

    /**
     * Trains what is not finished yet.
     *
     * @param data    as the settings say
     * @param parts   finished trainings
     * @param threads trainings at a time
     */
    FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException;
}
