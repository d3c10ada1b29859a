package io.github.autol2.program.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.InputStreamInputSplit;

/**
 * One line of a comma-separated file.
 *
 * @param number the place in the file, counted from 1
 * @param cells  without quotes and without blanks around them
 */
record CsvLine(long number, List<String> cells) {

    /**
     * Reads all lines that are not blank: at least one, and all of the same number of columns.
     *
     * @throws InvalidDataException if the file is missing, empty or ragged, or a quote is not closed
     */
    static List<CsvLine> readAll(Path file) {
        // DataVec takes a missing file for an empty one.
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataException(file, "there is no such file");
        }
        List<CsvLine> lines = new ArrayList<>();
        try (InputStream content = Files.newInputStream(file);
                RecordReader reader = new CSVRecordReader()) {
            reader.initialize(new InputStreamInputSplit(content));
            for (long number = 1; reader.hasNext(); number++) {
                List<String> cells = next(reader, file, number);
                if (cells.size() == 1 && cells.get(0).isEmpty()) {
                    continue;
                }
                lines.add(new CsvLine(number, cells));
                if (cells.size() != lines.get(0).cells.size()) {
                    throw new InvalidDataException(
                            file,
                            number,
                            "must have the " + lines.get(0).cells.size() + " columns of the first line, got "
                                    + cells.size());
                }
            }
        } catch (IOException e) {
            throw new InvalidDataException(file, "cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + file, e);
        }
        if (lines.isEmpty()) {
            throw new InvalidDataException(file, "the file is empty");
        }
        return lines;
    }

    private static List<String> next(RecordReader reader, Path file, long number) {
        try {
            // The byte order mark that spreadsheets write belongs to no cell.
            return reader.next().stream()
                    .map(cell -> cell.toString().replace("\uFEFF", "").strip())
                    .toList();
        } catch (RuntimeException e) {
            // DataVec wraps the parser's exception, whose message says what is wrong.
            throw new InvalidDataException(
                    file,
                    number,
                    e.getCause() == null ? e.toString() : e.getCause().getMessage());
        }
    }
}
