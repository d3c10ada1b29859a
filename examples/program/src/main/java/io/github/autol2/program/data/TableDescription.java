package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What has been understood of a table, as lines of text. */
final class TableDescription {

    private static final int MOST_CLASSES = 30;

    private TableDescription() {}

    static List<String> lines(TableReading reading) {
        List<String> lines = new ArrayList<>();
        lines.add(format(reading));
        lines.addAll(unlabelled(reading));
        for (int c = 0; c < reading.names().size(); c++) {
            lines.add("  column " + reading.names().get(c) + ": " + use(reading, c));
        }
        reading.quantity().ifPresentOrElse(quantity -> lines.add(line(quantity)), () -> addClasses(reading, lines));
        lines.addAll(TableNotes.of(reading));
        return lines;
    }

    /** The format, and what becomes of the columns. */
    static List<String> summary(TableReading reading) {
        List<FeatureColumn> features = reading.features();
        long texts = features.stream().filter(FeatureColumn::holdsTexts).count();
        int gaps = features.stream()
                .mapToInt(feature -> reading.body().column(feature.column()).missing())
                .sum();
        List<String> parts = new ArrayList<>();
        parts.add("Columns: " + (features.size() - texts) + " of numbers");
        if (texts > 0) {
            parts.add(texts + " of texts");
        }
        if (!reading.dropped().isEmpty()) {
            parts.add("left out: "
                    + reading.dropped().stream()
                            .sorted()
                            .map(reading.names()::get)
                            .collect(Collectors.joining(", ")));
        }
        if (gaps > 0) {
            parts.add("gaps to fill: " + gaps);
        }
        parts.add((reading.quantity().isPresent() ? "the quantity is " : "the class is ")
                + reading.names().get(reading.label())
                + (reading.columns().takesLastForLabel() ? ", the last column" : ""));
        return Stream.of(List.of(format(reading)), unlabelled(reading), List.of(String.join("; ", parts) + "."))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> unlabelled(TableReading reading) {
        return reading.unlabelled() == 0
                ? List.of()
                : List.of("Rows without a " + (reading.quantity().isPresent() ? "quantity" : "class")
                        + ", which are left out: " + reading.unlabelled() + ".");
    }

    private static String format(TableReading reading) {
        RawTable table = reading.body().table();
        return table.file() + ": " + reading.body().count() + " rows, "
                + (reading.header() ? "with" : "without") + " a header; text in "
                + table.text().charset().name()
                + ", separated by " + name(table.separator()) + ", decimal sign '"
                + reading.body().cells().decimal() + "'.";
    }

    private static String line(TableQuantity quantity) {
        DoubleSummaryStatistics values = quantity.values().summaryStatistics();
        return "A quantity, from " + values.getMin() + " to " + values.getMax() + ", on average "
                + FourDigits.of(values.getAverage()) + ".";
    }

    private static void addClasses(TableReading reading, List<String> lines) {
        lines.add("Classes, " + reading.classes().size() + ":");
        reading.classCounts().entrySet().stream()
                .limit(MOST_CLASSES)
                .forEach(entry -> lines.add("  " + entry.getKey() + ": " + entry.getValue() + " rows"));
        if (reading.classes().size() > MOST_CLASSES) {
            lines.add("  and " + (reading.classes().size() - MOST_CLASSES) + " more");
        }
    }

    private static String use(TableReading reading, int column) {
        if (column == reading.label()) {
            return (reading.quantity().isPresent() ? "the quantity to predict" : "the class")
                    + (reading.columns().takesLastForLabel() ? ", as the last column: data.label takes another" : "");
        }
        if (reading.dropped().contains(column)) {
            return "left out";
        }
        ParsedColumn cells = reading.body().column(column);
        String gaps = cells.missing() == 0 ? "" : ", " + cells.missing() + " without a value";
        if (reading.categories().contains(column)) {
            return reading.body().differentValues(column) + " categories" + gaps;
        }
        return cells.texts() == 0
                ? "numbers" + gaps
                : texts(differentTexts(reading.body(), column))
                        + (cells.numbers() == 0 ? "" : " and " + cells.numbers() + " numbers")
                        + gaps;
    }

    private static String texts(long different) {
        return different == 1 ? "1 text" : different + " different texts";
    }

    private static long differentTexts(TableBody body, int column) {
        return IntStream.range(0, body.count())
                .filter(row -> Double.isNaN(body.column(column).number(row)))
                .mapToObj(row -> body.cell(row, column))
                .filter(cell -> !body.cells().isMissing(cell))
                .distinct()
                .count();
    }

    private static String name(char separator) {
        return switch (separator) {
            case '\t' -> "tabs";
            case ' ' -> "blanks";
            default -> "'" + separator + "'";
        };
    }
}
