package io.github.autol2.program.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What stands between the cells of a table.
 *
 * @param sign a blank for any number of blanks and tabs
 */
record Separator(char sign) {

    private static final char[] CANDIDATES = {'\t', ';', '|', ',', ' '};

    /**
     * The first that cuts all lines of a sample into the same number of cells, or else the one that cuts the most lines so.
     *
     * @param usual where several do, or where commas do that may be decimal signs below a single name; a usual comma says nothing, because
     *              numbers have commas, too
     */
    static Separator find(String sample, Optional<Character> usual) {
        Optional<Separator> other = usual.filter(sign -> sign != ',').map(Separator::new);
        Separator best = other.orElse(new Separator(','));
        double most = other.map(separator -> separator.evenShare(sample)).orElse(0.0);
        for (char candidate : CANDIDATES) {
            Separator separator = new Separator(candidate);
            double share = separator.evenShare(sample);
            if (share > most) {
                most = share;
                best = separator;
            }
        }
        String firstLine = sample.strip().lines().findFirst().orElse("");
        return best.sign == ',' && firstLine.indexOf(',') < 0 ? other.orElse(best) : best;
    }

    /** The share of the lines that have as many cells as most have, which must be two at least. */
    private double evenShare(String sample) {
        Map<Integer, Integer> counts = new TreeMap<>();
        int lines = 0;
        try (CSVParser records = parse(new StringReader(sample))) {
            for (CSVRecord record : records) {
                String[] cells = cells(record);
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

    CSVParser parse(Reader reader) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(sign)
                .setIgnoreSurroundingSpaces(sign != ' ')
                .setTrim(true)
                .setIgnoreEmptyLines(false)
                .get()
                .parse(sign == ' ' ? new TabsAsBlanks(reader) : reader);
    }

    /** The cells of a line, without quotes and without blanks around them. Several blanks between two columns separate as one does. */
    String[] cells(CSVRecord record) {
        String[] cells = record.values();
        return sign == ' '
                ? Arrays.stream(cells).filter(cell -> !cell.isEmpty()).toArray(String[]::new)
                : cells;
    }

    /** Also a row of empty cells, as spreadsheets leave them behind. */
    static boolean isBlank(String[] cells) {
        for (String cell : cells) {
            if (!cell.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
