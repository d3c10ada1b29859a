package io.github.autol2.program.results;

import io.github.autol2.numbers.CountingError;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.training.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sentences for who reads the table of a training: what to compare it with, and what to do about it. */
public final class TrainingNotes {

    private static final double LEAST_LOSS = 0.03; // of accuracy or R2: less is nothing to speak of
    private static final double ERRORS = 2; // standard errors of an accuracy, by its number of examples

    private TrainingNotes() {}

    /**
     * Looks at a finished run.
     *
     * @param run  whose network is kept
     * @param data the first division of the examples, which is not read again
     * @param all  whether it is that of all seeds
     */
    public static List<String> of(RunResult run, DataSplit data, boolean all) {
        List<String> notes = new ArrayList<>();
        if (data.target() instanceof Target.Classes) {
            INDArray rows = data.test().getLabels().sum(0);
            notes.add(String.format(
                    Locale.ROOT,
                    "The most frequent class has %.2f %% of the test examples%s.",
                    100 * rows.maxNumber().doubleValue() / rows.sumNumber().doubleValue(),
                    all ? "" : " of the first seed"));
        }
        double best = run.best().validation().chooser();
        double last = run.last().validation().chooser();
        if (best - last > Math.max(LEAST_LOSS, ERRORS * countingError(best, run, data))) {
            String label = run.last().validation().label();
            notes.add("Note: the " + label + " of the validation examples was " + text(label, best)
                    + " at its best and is " + text(label, last)
                    + " at the end, and model.zip holds the end. tune chooses lambda with the validation examples, "
                    + "and keeps the best network as well.");
        }
        return notes;
    }

    /** At least one example's share; 0 for R2, which has none. Balanced accuracy is no surer than the rarest class that there is. */
    private static double countingError(double best, RunResult run, DataSplit data) {
        if (!(data.target() instanceof Target.Classes)) {
            return 0;
        }
        INDArray rows = data.validation().getLabels().sum(0);
        double[] counts =
                Arrays.stream(rows.toDoubleVector()).filter(count -> count > 0).toArray();
        double examples = run.balancedAccuracyChooses()
                ? Arrays.stream(counts).min().orElse(1) * counts.length
                : Arrays.stream(counts).sum();
        return Math.max(CountingError.of(best, examples), 1 / examples);
    }

    private static String text(String label, double figure) {
        return label.equals("R2")
                ? String.format(Locale.ROOT, "%.3f", figure)
                : String.format(Locale.ROOT, "%.2f %%", 100 * figure);
    }
}
