package io.github.autol2.program.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the lines of a table, one after the other, into its columns. Reads one file once. */
final class TableParser {

    private static final int SAMPLE = 1 << 16;
    private static final Pattern ARFF =
            Pattern.compile("^\\s*@relation\\b", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final int FEWEST_TO_CUT = 3; // columns, before an empty last one is cut off

    private final TextFile text;
    private final Separator separator;
    private final boolean separatorGiven;
    private final String sample;
    private final LongStream.Builder numbers = LongStream.builder();
    private String[] first = {};
    private List<CellColumn> columns = List.of();

    /**
     * Looks at the beginning of a file.
     *
     * @param given separator
     * @param usual separator where several would do
     */
    TableParser(TextFile text, Optional<Character> given, Optional<Character> usual) {
        this.text = text;
        this.separatorGiven = given.isPresent();
        try {
            sample = sample();
            if (ARFF.matcher(sample).find()) {
                throw new InvalidDataException(
                        file(),
                        "looks like an ARFF file, whose header is not read: put one line with the names of its "
                                + "attributes, separated by commas, in the place of all lines up to @data (or no line, "
                                + "and set data.header=false), and delete lines that begin with %");
            }
            separator = given.map(Separator::new).orElseGet(() -> Separator.find(file(), sample, usual));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Path file() {
        return text.file();
    }

    private InvalidDataException unreadable(IOException e) {
        return e instanceof CharacterCodingException ? text.misfit() : InvalidDataException.unreadable(file(), e);
    }

    private String sample() throws IOException {
        char[] chars = new char[SAMPLE];
        int count = 0;
        try (BufferedReader reader = text.reader()) {
            for (int read; count < SAMPLE && (read = reader.read(chars, count, SAMPLE - count)) >= 0; ) {
                count += read;
            }
        }
        String beginning = new String(chars, 0, count);
        int end = beginning.lastIndexOf('\n');
        return count < SAMPLE || end < 0 ? beginning : beginning.substring(0, end); // whole lines
    }

    /** Reads all lines that are not blank. */
    RawTable read() {
        long number = 1;
        try (CSVParser records = separator.parse(text.reader())) {
            for (CSVRecord record : records) {
                String[] cells = separator.cells(record);
                if (!Separator.isBlank(cells)) {
                    add(number, cells);
                }
                number = records.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw text.misfit();
            }
            throw new InvalidDataException(
                    file(),
                    number,
                    "a quote is not closed, or there is text behind a closed one: "
                            + e.getCause().getMessage());
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (first.length == 0) {
            throw new InvalidDataException(file(), "the file is empty");
        }
        List<String> names = new ArrayList<>(List.of(first));
        List<CellColumn> rest = new ArrayList<>(columns(first.length));
        rest.forEach(CellColumn::trim);
        while (isLastEmpty(names, rest)) {
            names.subList(Math.min(names.size(), rest.size() - 1), names.size()).clear();
            rest.remove(rest.size() - 1);
        }
        if (names.size() < rest.size()) {
            requireRowNames(rest.get(0));
            names.add(0, "");
        }
        return new RawTable(
                text,
                separator.sign(),
                List.copyOf(names),
                rest,
                numbers.build().toArray());
    }

    /** Some programs end each line, or each line but the header, with a separator, or with several. */
    private static boolean isLastEmpty(List<String> names, List<CellColumn> rest) {
        CellColumn last = rest.get(rest.size() - 1);
        boolean header =
                names.size() < rest.size() || names.get(names.size() - 1).isEmpty();
        return header && rest.size() >= FEWEST_TO_CUT && last.size() > 0 && last.isEmpty();
    }

    /**
     * R has no name over its row names. In 1,5 below a single name the comma may as well be a decimal sign.
     *
     * @param column the first one
     */
    private void requireRowNames(CellColumn column) {
        boolean oneNumber = first.length == 1 && separator.sign() == ',' && !separatorGiven;
        if (oneNumber || !RowNames.are(column::get, column.size())) {
            throw new InvalidDataException(
                    file(),
                    "the first line must have the " + columns.size()
                            + " columns of the others, unless these begin with row names, which are different texts or count "
                            + "the rows, got " + first.length + " and '" + column.get(0)
                            + "' as the first row's name; give that column a name, or data.separator says what separates "
                            + "columns");
        }
    }

    private List<CellColumn> columns(int width) {
        if (columns.isEmpty()) {
            columns = Stream.generate(CellColumn::new).limit(width).toList();
        }
        return columns;
    }

    /** The second line says how many columns there are, because R has no name over its row names. */
    private void add(long number, String[] cells) {
        numbers.add(number);
        if (first.length == 0) {
            first = cells;
            return;
        }
        List<CellColumn> all = columns(first.length == cells.length - 1 ? cells.length : first.length);
        if (cells.length != all.size()) {
            throw new InvalidDataException(
                    file(),
                    number,
                    "must have the " + all.size() + (all.size() == 1 ? " column" : " columns")
                            + " of the first line, got " + cells.length + advice(cells));
        }
        for (int c = 0; c < cells.length; c++) {
            all.get(c).add(cells[c]);
        }
    }

    /** What may be the matter with a line that is longer or shorter than the first. */
    private String advice(String[] cells) {
        int usual = separator.usualCells(sample);
        if (usual > 0 && usual != first.length && usual != first.length + 1) {
            return "; most lines have " + usual + ": delete what stands above the table, such as '" + first[0] + "'";
        }
        if (Stream.of(cells).anyMatch(cell -> cell.startsWith("'") && !cell.endsWith("'"))) {
            return "; single quotes do not keep a text together, double quotes do";
        }
        return "; data.separator says what separates them, data.encoding what text it is";
    }
}
