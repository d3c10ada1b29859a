package io.github.autol2.program.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lines of a table as text.
 *
 * @param text      the file with its encoding
 * @param separator given or found
 * @param lines     at least one, all with the same number of cells; with R's row names, the first has an empty cell before its names
 */
record RawTable(TextFile text, char separator, List<Line> lines) {

    private static final char[] SEPARATORS = {'\t', ';', '|', ',', ' '};
    private static final int SAMPLE = 1 << 16;
    private static final int SHOWN = 200; // characters of the first line in a message

    /**
     * One line.
     *
     * @param number of its first line in the file, counted from 1
     * @param cells  without quotes and without blanks around them
     */
    record Line(long number, String[] cells) {}

    /**
     * Reads all lines that are not blank.
     *
     * @throws InvalidDataException if the file is missing, empty or ragged, is not text, or a quote is not closed
     */
    static RawTable read(Path file, TableFormat format) {
        TextFile text = TextFile.of(file, format.encoding());
        try {
            char separator = format.separator().isPresent() ? format.separator().get() : separator(sample(text));
            List<Line> lines;
            try (Reader reader = text.reader()) {
                lines = lines(file, reader, separator);
            }
            if (lines.isEmpty()) {
                throw new InvalidDataException(file, "the file is empty");
            }
            return new RawTable(text, separator, even(file, lines));
        } catch (CharacterCodingException e) {
            throw text.misfit();
        } catch (IOException e) {
            throw new InvalidDataException(file, "cannot be read: " + e, e);
        }
    }

    private static String sample(TextFile text) throws IOException {
        char[] chars = new char[SAMPLE];
        int count = 0;
        try (BufferedReader reader = text.reader()) {
            for (int read; count < SAMPLE && (read = reader.read(chars, count, SAMPLE - count)) >= 0; ) {
                count += read;
            }
        }
        String sample = new String(chars, 0, count);
        int end = sample.lastIndexOf('\n');
        return count < SAMPLE || end < 0 ? sample : sample.substring(0, end); // whole lines
    }

    /** The first that cuts all lines into the same number of cells, or else the one that cuts the most lines so. */
    private static char separator(String sample) {
        char best = ',';
        double most = 0;
        for (char candidate : SEPARATORS) {
            double share = evenShare(sample, candidate);
            if (share > most) {
                most = share;
                best = candidate;
            }
        }
        return best;
    }

    /** The share of the lines that have as many cells as most have, which must be two at least. */
    private static double evenShare(String sample, char separator) {
        Map<Integer, Integer> counts = new TreeMap<>();
        int lines = 0;
        try (CSVParser records = format(separator).parse(new StringReader(sample))) {
            for (CSVRecord record : records) {
                if (!isBlank(record)) {
                    lines++;
                    counts.merge(record.size(), 1, Integer::sum);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The sample may end within a quote: what stands before counts.
        }
        counts.remove(1);
        return lines == 0
                ? 0
                : (double) counts.values().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElse(0)
                        / lines;
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(separator != ' ')
                .setTrim(true)
                .setIgnoreEmptyLines(false)
                .get();
    }

    private static boolean isBlank(CSVRecord record) {
        return record.size() == 1 && record.get(0).isEmpty();
    }

    private static List<Line> lines(Path file, Reader reader, char separator) throws IOException {
        List<Line> lines = new ArrayList<>();
        long number = 1;
        try (CSVParser records = format(separator).parse(reader)) {
            for (CSVRecord record : records) {
                if (!isBlank(record)) {
                    lines.add(new Line(number, record.values()));
                }
                number = records.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw coding;
            }
            throw new InvalidDataException(
                    file,
                    number,
                    "a quote is not closed, or there is text behind a closed one: "
                            + e.getCause().getMessage());
        }
        return lines;
    }

    /** Gives R's header, which has no name for the column of row names, an empty one; refuses ragged lines. */
    private static List<Line> even(Path file, List<Line> lines) {
        int columns = lines.get(lines.size() > 1 ? 1 : 0).cells.length;
        if (lines.get(0).cells.length == columns - 1) {
            String[] names = new String[columns];
            names[0] = "";
            System.arraycopy(lines.get(0).cells, 0, names, 1, columns - 1);
            lines.set(0, new Line(lines.get(0).number, names));
        }
        for (Line line : lines) {
            if (line.cells.length != lines.get(0).cells.length) {
                throw new InvalidDataException(
                        file,
                        line.number,
                        "must have the " + lines.get(0).cells.length + " columns of the first line, got "
                                + line.cells.length
                                + "; data.separator says what separates them, data.encoding what text it is");
            }
        }
        return lines;
    }

    /**
     * The decimal sign of the numbers: a comma if some numbers have one and none a point.
     *
     * @param label a column that does not count, because its texts are names of classes
     */
    char decimal(int label) {
        boolean comma = false;
        for (Line line : lines) {
            for (int c = 0; c < line.cells.length; c++) {
                String cell = line.cells[c];
                if (c != label && Cells.looksLikeNumber(cell)) {
                    if (cell.indexOf('.') >= 0) {
                        return '.';
                    }
                    comma |= cell.indexOf(',') >= 0;
                }
            }
        }
        return comma ? ',' : '.';
    }

    /** The cells of the first line, for messages: the names of the columns, if it is a header. Only the beginning of a long one. */
    String firstLine() {
        String line = String.join(String.valueOf(separator), Arrays.asList(lines.get(0).cells));
        return line.length() <= SHOWN
                ? line
                : line.substring(0, SHOWN) + "... (" + lines.get(0).cells.length + " columns)";
    }
}
