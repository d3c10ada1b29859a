package io.github.autol2.program.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

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
     * @throws InvalidDataException if nothing is usual, tabs cut as evenly as blanks do, and numbers stand between the blanks
     */
    static Separator find(Path file, String sample, Optional<Character> usual) {
        Optional<Separator> other = usual.filter(sign -> sign != ',').map(Separator::new);
        Separator best = other.orElse(new Separator(','));
        Cut most = other.map(separator -> separator.cut(sample)).orElse(new Cut(0, 0));
        for (char candidate : CANDIDATES) {
            Separator separator = new Separator(candidate);
            Cut cut = separator.cut(sample);
            if (cut.share() > most.share()) {
                most = cut;
                best = separator;
            } else if (other.isEmpty()
                    && candidate == ' '
                    && best.sign == '\t'
                    && cut.share() == most.share()
                    && best.hasNumbersBetweenBlanks(sample)) {
                throw new InvalidDataException(
                        file,
                        "must have lines that are cut in one way, got lines with " + most.cells()
                                + " cells between tabs and " + cut.cells()
                                + " between blanks and tabs: data.separator=tab or data.separator=space says which");
            }
        }
        String firstLine = sample.strip().lines().findFirst().orElse("");
        return best.sign == ',' && firstLine.indexOf(',') < 0 ? other.orElse(best) : best;
    }

    /**
     * How evenly lines are cut.
     *
     * @param cells of most lines, two at least; 0 if there is none
     * @param share of the lines that have so many
     */
    private record Cut(int cells, double share) {}

    /** How many cells more than half of the lines have, two at least; 0 if no number has so many. */
    int usualCells(String sample) {
        Cut cut = cut(sample);
        return 2 * cut.share() > 1 ? cut.cells() : 0;
    }

    private Cut cut(String sample) {
        Map<Integer, Integer> counts = new TreeMap<>();
        List<String[]> lines = lines(sample);
        lines.forEach(cells -> counts.merge(cells.length, 1, Integer::sum));
        counts.remove(1);
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new Cut(most.getKey(), (double) most.getValue() / lines.size()))
                .orElse(new Cut(0, 0));
    }

    /** Names with blanks hold no numbers; cells that are several columns do. */
    private boolean hasNumbersBetweenBlanks(String sample) {
        return lines(sample).stream()
                .flatMap(Arrays::stream)
                .map(cell -> cell.split(" +"))
                .anyMatch(words -> words.length > 1 && Arrays.stream(words).anyMatch(Cells::looksLikeNumber));
    }

    /** The cells of all lines that are not blank. */
    private List<String[]> lines(String sample) {
        List<String[]> lines = new ArrayList<>();
        try (CSVParser records = parse(new StringReader(sample))) {
            for (CSVRecord record : records) {
                String[] cells = cells(record);
                if (!isBlank(cells)) {
                    lines.add(cells);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The sample may end within a quote: what stands before counts.
        }
        return lines;
    }

    CSVParser parse(Reader reader) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(sign)
                .setIgnoreSurroundingSpaces(sign != ' ')
                .setTrim(true)
                .setIgnoreEmptyLines(false)
                .setQuoteMode(
                        sign == ' ' ? QuoteMode.ALL_NON_NULL : null) // "" is a cell, nothing between two blanks is none
                .get()
                .parse(sign == ' ' ? new TabsAsBlanks(reader) : reader);
    }

    /** The cells of a line, without quotes and without blanks around them. Several blanks between two columns separate as one does. */
    String[] cells(CSVRecord record) {
        String[] cells = record.values();
        return sign == ' ' ? Arrays.stream(cells).filter(Objects::nonNull).toArray(String[]::new) : cells;
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
