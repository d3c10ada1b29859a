package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * How examples are divided into training, validation and test, in sentences.
 *
 * @param data the examples
 */
public record Division(DataSplit data) {

    private static final int ROWS_AT_A_TIME = 500;
    private static final int MOST_CLASSES = 30;

    /** How many examples each part has. */
    public String sizes() {
        String target = data.target() instanceof Target.Classes classes
                ? classes.names().size() + " classes"
                : "a quantity";
        return data.shape().inputs() + " inputs, " + target + ": "
                + data.training().numExamples() + " training, "
                + data.validation().numExamples() + " validation and "
                + data.test().numExamples() + " test examples.";
    }

    /** How many examples of each class each part has, a line each; empty for a quantity. */
    public List<String> classes() {
        if (!(data.target() instanceof Target.Classes classes)) {
            return List.of();
        }
        List<int[]> parts = parts().map(Division::counts).toList();
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < Math.min(MOST_CLASSES, classes.outputs()); c++) {
            int[] of = {parts.get(0)[c], parts.get(1)[c], parts.get(2)[c]};
            lines.add("  " + classes.names().get(c) + ": " + of[0] + " training, " + of[1] + " validation and " + of[2]
                    + " test examples");
        }
        return lines;
    }

    /** Classes that a part has no example of, a sentence for each part. */
    public List<String> missing() {
        if (!(data.target() instanceof Target.Classes classes)) {
            return List.of();
        }
        List<String> titles = List.of(
                "No training example, so that no network can learn it, has the class ",
                "No validation example has the class ",
                "No test example, so that averages over classes leave it out, has the class ");
        List<int[]> parts = parts().map(Division::counts).toList();
        List<String> notes = new ArrayList<>();
        for (int part = 0; part < titles.size(); part++) {
            int[] counts = parts.get(part);
            List<String> names = IntStream.range(0, classes.outputs())
                    .filter(c -> counts[c] == 0)
                    .mapToObj(classes.names()::get)
                    .toList();
            if (!names.isEmpty()) {
                notes.add(titles.get(part)
                        + names.stream().limit(MOST_CLASSES).collect(Collectors.joining(", "))
                        + (names.size() > MOST_CLASSES ? " and " + (names.size() - MOST_CLASSES) + " others" : "")
                        + ".");
            }
        }
        return notes;
    }

    /** Says how many validation and test examples have the inputs of a training example; empty if none has. */
    public List<String> repeated() {
        long[] known = hashes(data.training());
        Arrays.sort(known);
        List<Long> found = Stream.of(data.validation(), data.test())
                .map(part -> Arrays.stream(hashes(part))
                        .filter(hash -> Arrays.binarySearch(known, hash) >= 0)
                        .count())
                .toList();
        return found.get(0) + found.get(1) == 0
                ? List.of()
                : List.of("The inputs of " + found.get(0) + " of "
                        + data.validation().numExamples()
                        + " validation and " + found.get(1) + " of "
                        + data.test().numExamples()
                        + " test examples are those of a training example, too.");
    }

    private Stream<DataSet> parts() {
        return Stream.of(data.training(), data.validation(), data.test());
    }

    private static int[] counts(DataSet part) {
        INDArray labels = part.getLabels();
        int[] counts = new int[(int) labels.size(1)];
        for (long row = 0; row < labels.size(0); row += ROWS_AT_A_TIME) {
            for (int c : Portions.rows(labels, row, Math.min(labels.size(0), row + ROWS_AT_A_TIME))
                    .argMax(1)
                    .toIntVector()) {
                counts[c]++;
            }
        }
        return counts;
    }

    /** One of 64 bits for each row of inputs: of a million different rows, hardly two have the same. */
    private static long[] hashes(DataSet part) {
        INDArray features = part.getFeatures();
        int inputs = (int) features.size(1);
        long[] hashes = new long[(int) features.size(0)];
        for (int from = 0; from < hashes.length; from += ROWS_AT_A_TIME) {
            int to = Math.min(hashes.length, from + ROWS_AT_A_TIME);
            float[] numbers = Portions.rows(features, from, to).data().asFloat();
            for (int row = from; row < to; row++) {
                long hash = 0;
                for (int i = 0; i < inputs; i++) {
                    hash = mixed(hash * 31 + Float.floatToIntBits(numbers[(row - from) * inputs + i] + 0f));
                }
                hashes[row] = hash;
            }
        }
        return hashes;
    }

    /** The finaliser of SplitMix64, which spreads each bit over all. */
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
