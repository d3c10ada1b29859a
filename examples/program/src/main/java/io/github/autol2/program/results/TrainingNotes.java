package io.github.autol2.program.results;

import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sentences for who reads the table of a training: what to compare it with, and what to do about it. */
public final class TrainingNotes {

    private static final double LEAST_LOSS = 0.03; // of accuracy or R2: less is nothing to speak of
    private static final double ERRORS = 2; // standard errors of an accuracy, by its number of examples

    private TrainingNotes() {}

    /**
     * Looks at finished runs.
     *
     * @param runs at least one
     * @param data of the first
     */
    public static List<String> of(List<RunResult> runs, DataSplit data) {
        List<String> notes = new ArrayList<>();
        if (data.target() instanceof Target.Classes) {
            INDArray rows = data.test().getLabels().sum(0);
            notes.add(String.format(
                    Locale.ROOT,
                    "The most frequent class has %.2f %% of the test examples.",
                    100 * rows.maxNumber().doubleValue() / rows.sumNumber().doubleValue()));
        }
        double best = mean(runs.stream().map(run -> run.best().validation()).toList());
        double last = mean(runs.stream().map(run -> run.last().validation()).toList());
        if (best - last > Math.max(LEAST_LOSS, ERRORS * countingError(best, runs, data))) {
            String label = runs.get(0).last().validation().label();
            notes.add("Note: the " + label + " of the validation examples was " + text(label, best)
                    + " at its best and is " + text(label, last)
                    + " at the end, and model.zip holds the end. tune chooses lambda with the validation examples, "
                    + "and keeps the best network as well.");
        }
        return notes;
    }

    private static double mean(List<Figures> figures) {
        return figures.stream().mapToDouble(Figures::chooser).average().orElseThrow();
    }

    /** Of the mean over the runs; 0 for R2, which has none. */
    private static double countingError(double best, List<RunResult> runs, DataSplit data) {
        int examples = data.validation().numExamples();
        return data.target() instanceof Target.Classes
                ? Math.sqrt(best * (1 - best) / ((double) examples * runs.size()))
                : 0;
    }

    private static String text(String label, double figure) {
        return label.equals("R2")
                ? String.format(Locale.ROOT, "%.3f", figure)
                : String.format(Locale.ROOT, "%.2f %%", 100 * figure);
    }
}
