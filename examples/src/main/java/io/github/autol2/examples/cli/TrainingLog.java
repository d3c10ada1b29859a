package io.github.autol2.examples.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads a recorded run: a CSV file with the columns step, loss and accuracy; others are ignored. */
final class TrainingLog {

    private static final List<String> COLUMNS = List.of("step", "loss", "accuracy");

    private static final double LARGEST_STEP = 0x1p53; // up to there, doubles hold every whole number

    private TrainingLog() {
    }

    /**
     * One measurement.
     *
     * @param step  iterations so far, at least 0
     * @param loss  without penalty, finite
     * @param error 1 - accuracy; empty where the cell is empty
     */
    record Row(long step, double loss, OptionalDouble error) {
    }

    /**
     * @return at least one row, steps increasing
     * @throws InvalidUsageException names the file, the line, the rule and the value
     */
    static List<Row> read(Path file) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW).get();
        List<Row> rows = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            throw new InvalidUsageException(file + " must be an existing file");
        }
        try (Reader reader = afterByteOrderMark(file); CSVParser records = format.parse(reader)) {
            for (String column : COLUMNS) {
                if (!records.getHeaderNames().contains(column)) {
                    throw new InvalidUsageException(file + " must have the columns step,loss,accuracy, got "
                            + String.join(",", records.getHeaderNames()));
                }
            }
            for (CSVRecord record : records) {
                rows.add(row(file, records.getCurrentLineNumber(), record, rows));
            }
        } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
            throw new InvalidUsageException(file + " cannot be read as a CSV file: " + e, e);
        }
        if (rows.isEmpty()) {
            throw new InvalidUsageException(file + " must have at least one row");
        }
        return rows;
    }

    /** Spreadsheets begin a file with such a mark. */
    private static Reader afterByteOrderMark(Path file) throws IOException {
        Reader reader = Files.newBufferedReader(file);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static Row row(Path file, long line, CSVRecord record, List<Row> before) {
        if (!record.isConsistent()) {
            throw new InvalidUsageException(file + ":" + line + " must have as many columns as the header, got " + record.size());
        }
        double step = number(file, line, record, "step");
        long last = before.isEmpty() ? -1 : before.get(before.size() - 1).step();
        if (step != Math.rint(step) || step <= last) {
            throw new InvalidUsageException(file + ":" + line + " step must be a whole number above " + last + ", got "
                    + record.get("step"));
        }
        if (step > LARGEST_STEP) {
            throw new InvalidUsageException(file + ":" + line + " step must be at most 2^53, got " + record.get("step"));
        }
        OptionalDouble error = OptionalDouble.empty();
        if (!record.get("accuracy").isEmpty()) {
            double accuracy = number(file, line, record, "accuracy");
            if (accuracy < 0 || accuracy > 1) {
                throw new InvalidUsageException(file + ":" + line + " accuracy must be in [0, 1], got " + accuracy);
            }
            error = OptionalDouble.of(1 - accuracy);
        }
        return new Row((long) step, number(file, line, record, "loss"), error);
    }

    private static double number(Path file, long line, CSVRecord record, String column) {
        try {
            double value = Double.parseDouble(record.get(column));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number that is not finite
        }
        throw new InvalidUsageException(file + ":" + line + " " + column + " must be a finite number, got "
                + record.get(column));
    }
}
