package io.github.autol2.program.results;

import io.github.autol2.files.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table of numbers on its way to a CSV file: full precision, UTF-8, {@code \n}. Not thread-safe. */
public final class NumberTable {

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final List<String> header;
    private final List<List<?>> rows = new ArrayList<>();

    public NumberTable(String... header) {
        this.header = List.of(header);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column; numbers are written so that reading them gives the same number again
     */
    public NumberTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(
                    "a row must have the cells " + header + ", got " + Arrays.toString(cells));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Replaces the file in one step. */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, temporary -> {
            try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
                    CSVPrinter printer = new CSVPrinter(writer, CSV)) {
                printer.printRecord(header);
                for (List<?> row : rows) {
                    printer.printRecord(row);
                }
            }
        });
    }
}
