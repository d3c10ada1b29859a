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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
    private static final int SIGNS = 2; // in a column, before they look like those of thousands
    private static final int SHOWN = 200; // characters of the first line in a message
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9]\\d{0,2}[.,]\\d{3}");
    private static final Pattern BELOW_A_THOUSAND = Pattern.compile("[-+]?\\d{1,3}");

    /**
     * One line.
     *
     * @param number of its first line in the file, counted from 1
     * @param cells  without quotes and without blanks around them
     */
    record Line(long number, String[] cells) {
        private String last() {
            return cells[cells.length - 1];
        }

        private Line withoutLast() {
            return new Line(number, Arrays.copyOf(cells, cells.length - 1));
        }
    }

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
                String[] cells = cells(record, separator);
                if (!isBlank(cells)) {
                    lines++;
                    counts.merge(cells.length, 1, Integer::sum);
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

    /** Several blanks between two columns separate as one does. */
    private static String[] cells(CSVRecord record, char separator) {
        String[] cells = record.values();
        return separator == ' '
                ? Arrays.stream(cells).filter(cell -> !cell.isEmpty()).toArray(String[]::new)
                : cells;
    }

    /** Also a row of empty cells, as spreadsheets leave them behind. */
    private static boolean isBlank(String[] cells) {
        return Arrays.stream(cells).allMatch(String::isEmpty);
    }

    private static List<Line> lines(Path file, Reader reader, char separator) throws IOException {
        List<Line> lines = new ArrayList<>();
        long number = 1;
        try (CSVParser records = format(separator).parse(reader)) {
            for (CSVRecord record : records) {
                String[] cells = cells(record, separator);
                if (!isBlank(cells)) {
                    lines.add(new Line(number, cells));
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
        if (lines.get(0).cells[0].toLowerCase(Locale.ROOT).startsWith("@relation")) {
            throw new InvalidDataException(
                    file, "looks like an ARFF file, which is not read: keep the lines behind @data alone");
        }
        cutEmptyLastColumn(lines);
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

    /** Some programs end each line, or each line but the header, with a separator. */
    private static void cutEmptyLastColumn(List<Line> lines) {
        List<Line> rows = lines.subList(1, lines.size());
        if (rows.isEmpty()
                || !rows.stream()
                        .allMatch(line -> line.cells.length > 2 && line.last().isEmpty())) {
            return;
        }
        String[] header = lines.get(0).cells;
        boolean alsoTheHeader =
                header.length == rows.get(0).cells.length && lines.get(0).last().isEmpty();
        if (alsoTheHeader || header.length == rows.get(0).cells.length - 1) {
            (alsoTheHeader ? lines : rows).replaceAll(Line::withoutLast);
        }
    }

    /**
     * The decimal sign of the numbers: a comma if some numbers have one and none a point.
     *
     * @param label a column that does not count, because its texts are names of classes
     * @throws InvalidDataException if the sign of a column looks like one between thousands
     */
    char decimal(int label) {
        refuseThousands(label, ',');
        if (separator != ',') {
            refuseThousands(label, '.'); // beside separating commas a point is none between thousands
        }
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

    /** In a column of 768 and 1,488 nobody can tell which of the two a comma is, unless another number shows it, such as 76,8. */
    private void refuseThousands(int label, char sign) {
        boolean clear = lines.stream()
                .anyMatch(line -> IntStream.range(0, line.cells.length)
                        .anyMatch(c -> c != label
                                && isNumberWith(sign, line.cells[c])
                                && !THOUSANDS.matcher(line.cells[c]).matches()));
        if (clear) {
            return;
        }
        for (int c = 0; c < lines.get(0).cells.length; c++) {
            int column = c;
            List<String> signs = lines.stream()
                    .map(line -> line.cells[column])
                    .filter(cell -> column != label && isNumberWith(sign, cell))
                    .limit(SIGNS)
                    .toList();
            if (signs.size() == SIGNS
                    && lines.stream()
                            .anyMatch(line ->
                                    BELOW_A_THOUSAND.matcher(line.cells[column]).matches())) {
                throw new InvalidDataException(
                        text.file(),
                        "column " + column + " (counted from 0) must have a clear decimal sign, got numbers such as "
                                + signs.get(0)
                                + " beside whole ones: data.decimal says that it is one; separators of thousands are not read");
            }
        }
    }

    private static boolean isNumberWith(char sign, String cell) {
        return cell.indexOf(sign) >= 0 && Cells.looksLikeNumber(cell);
    }

    /** The cells of the first line, for messages: the names of the columns, if it is a header. Only the beginning of a long one. */
    String firstLine() {
        String line = String.join(String.valueOf(separator), Arrays.asList(lines.get(0).cells));
        return line.length() <= SHOWN
                ? line
                : line.substring(0, SHOWN) + "... (" + lines.get(0).cells.length + " columns)";
    }
}
