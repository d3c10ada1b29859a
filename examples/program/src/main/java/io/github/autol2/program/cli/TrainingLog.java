package io.github.autol2.program.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Reads a recorded run: a CSV file with the columns step, loss and accuracy; others are ignored. */
final class TrainingLog {

    private static final List<String> COLUMNS = List.of("step", "loss", "accuracy");

    private static final double LARGEST_STEP = 0x1p53; // up to there, doubles hold every whole number

    private TrainingLog() {}

    /**
     * One measurement.
     *
     * @param step  iterations so far, at least 0
     * @param loss  without penalty, finite
     * @param error 1 - accuracy; empty where the cell is empty
     */
    record Row(long step, double loss, OptionalDouble error) {}

    /**
     * Reads a log row by row: at least one, steps increasing.
     *
     * @throws InvalidUsageException names the file, the line, the rule and the value
     */
    static void forEach(Path file, Consumer<Row> reader) {
        long[] last = {-1};
        CsvInput.forEach(file, COLUMNS, text -> {
            Row row = row(text, last[0]);
            last[0] = row.step();
            reader.accept(row);
        });
    }

    private static Row row(CsvInput.Row row, long last) {
        double step = row.number("step");
        if (step != Math.rint(step) || step <= last) {
            throw row.refused("step must be a whole number above " + last + ", got " + row.text("step"));
        }
        if (step > LARGEST_STEP) {
            throw row.refused("step must be at most 2^53, got " + row.text("step"));
        }
        OptionalDouble error = OptionalDouble.empty();
        if (!row.text("accuracy").isEmpty()) {
            double accuracy = row.number("accuracy");
            if (accuracy < 0 || accuracy > 1) {
                throw row.refused("accuracy must be in [0, 1], got " + accuracy);
            }
            error = OptionalDouble.of(1 - accuracy);
        }
        return new Row((long) step, row.number("loss"), error);
    }
}
