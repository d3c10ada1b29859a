package io.github.autol2.program.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * A CSV file with a header that a user gave to a command.
 *
 * @param header the names of the columns in their order
 * @param rows   at least one
 */
public record CsvInput(List<String> header, List<Row> rows) {

    /**
     * One row.
     *
     * @param place the file and the line, for messages
     * @param cells by column, trimmed
     */
    public record Row(String place, Map<String, String> cells) {

        public String text(String column) {
            return cells.get(column);
        }

        /**
         * The number in a cell.
         *
         * @throws InvalidUsageException if the cell is not a finite number */
        public double number(String column) {
            try {
                double value = Double.parseDouble(text(column));
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // refused below, like a number that is not finite
            }
            throw refused(column + " must be a finite number, got " + text(column));
        }

        /** An exception to throw; its message begins with the place. */
        public InvalidUsageException refused(String problem) {
            return new InvalidUsageException(place + " " + problem);
        }
    }

    /**
     * Reads a file.
     *
     * @param required columns that must be there; others may be
     * @throws InvalidUsageException names the file, the line, the rule and the value
     */
    public static CsvInput read(Path file, List<String> required) {
        List<Row> rows = new ArrayList<>();
        return new CsvInput(forEach(file, required, rows::add), rows);
    }

    /**
     * Reads a file row by row, so that it may be larger than the memory.
     *
     * @param required columns that must be there; others may be
     * @return the names of the columns in their order
     * @throws InvalidUsageException names the file, the line, the rule and the value
     */
    static List<String> forEach(Path file, List<String> required, Consumer<Row> reader) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidUsageException(file + " must be an existing file");
        }
        try (Reader text = afterByteOrderMark(file);
                CSVParser records = parser(file, text)) {
            List<String> header = List.copyOf(records.getHeaderNames());
            if (!header.containsAll(required)) {
                throw new InvalidUsageException(file + " must have the columns " + String.join(",", required) + ", got "
                        + String.join(",", header));
            }
            boolean empty = true;
            for (CSVRecord record : records) {
                Row row = new Row(file + ":" + records.getCurrentLineNumber(), record.toMap());
                if (!record.isConsistent()) {
                    throw row.refused("must have as many columns as the header, got " + record.size());
                }
                reader.accept(row);
                empty = false;
            }
            if (empty) {
                throw new InvalidUsageException(file + " must have at least one row");
            }
            return header;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidUsageException(file + " cannot be read as a CSV file: " + e, e);
        }
    }

    private static CSVParser parser(Path file, Reader text) throws IOException {
        try {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setTrim(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .get()
                    .parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidUsageException(file + " cannot be read as a CSV file: " + e, e);
        }
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
}
