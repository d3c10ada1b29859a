package io.github.autol2.program.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of a table that the network sees.
 *
 * @param body     the rows
 * @param column   counted from 0
 * @param name     in the header; empty without one
 * @param title    the column for messages
 * @param category whether its values are texts whatever they look like
 * @param columns  what was asked for
 */
record FeatureColumn(TableBody body, int column, String name, String title, boolean category, TableColumns columns) {

    private static final int MOST_CATEGORIES = 50;

    private ParsedColumn cells() {
        return body.column(column);
    }

    private boolean fills() {
        return columns.missing() == TableColumns.Missing.FILL;
    }

    /**
     * Looks at all cells.
     *
     * @throws InvalidDataException if one of them holds what it must not
     */
    void check() {
        boolean text = isText();
        int missing = fills() ? ParsedColumn.NONE : cells().firstMissing();
        int large = text ? ParsedColumn.NONE : cells().firstTooLarge();
        if (large != ParsedColumn.NONE && (missing == ParsedColumn.NONE || large < missing)) {
            throw refused(large, "must hold finite numbers below 3.4e38, got " + body.cell(large, column));
        }
        if (missing != ParsedColumn.NONE) {
            throw refused(
                    missing,
                    "has no value in " + cells().missing() + " of " + body.count() + " rows, got '"
                            + body.cell(missing, column)
                            + "'; data.missing=fill takes the mean or the most frequent text, data.drop leaves a column out, "
                            + "data.gaps says which texts mean no value");
        }
    }

    /** Whether the column holds texts, if it has been checked. */
    boolean holdsTexts() {
        return category || cells().texts() > 0;
    }

    /** Whether the column holds text, which must have been asked for. */
    private boolean isText() {
        if (category || cells().texts() == 0) {
            return category;
        }
        boolean mostlyNumbers = cells().numbers() > cells().texts();
        if (mostlyNumbers || columns.text() == TableColumns.Text.REFUSE) {
            throw refused(
                    cells().firstText(),
                    "must hold numbers, got '" + body.cell(cells().firstText(), column) + "'" + advice(mostlyNumbers));
        }
        if (cells().numbers() > 0) {
            int row = cells().firstNumber();
            throw refused(
                    row,
                    "must hold texts alone, got " + body.cell(row, column) + " and " + cells().numbers()
                            + " numbers in all" + categories(body.differentValues(column))
                            + "; data.drop leaves a column out");
        }
        return true;
    }

    /** What else the column may be. */
    private String advice(boolean mixed) {
        String cell = body.cell(cells().firstText(), column);
        List<String> words = List.of(cell.split("[ \\t]+"));
        String format = "";
        if (Cells.looksLikeNumber(cell)) {
            format = "; data.decimal says what their decimal sign is";
        } else if (words.size() > 1 && words.stream().allMatch(Cells::looksLikeNumber)) {
            format = "; data.separator=space separates columns at blanks and tabs";
        } else if (Cells.misread(cell).isPresent()) {
            return "; it looks like " + Cells.misread(cell).get() + "; data.drop leaves a column out";
        }
        if (!mixed) {
            return format + "; data.text=one-hot takes texts as categories, data.drop leaves a column out";
        }
        boolean rare = body.isRare(cell, column); // an error is, a category is not
        return rare ? format : format + categories(body.differentValues(column));
    }

    private static String categories(long different) {
        return different > MOST_CATEGORIES
                ? ""
                : "; data.categories takes its " + different + " different values as categories";
    }

    /**
     * What makes inputs of the column.
     *
     * @param training the rows that means and texts come from
     */
    TableFeature fitted(int[] training) {
        return isText() ? text(training) : number(training);
    }

    private TableFeature number(int[] training) {
        double[] values = cells().numbers(training);
        if (values.length == 0) {
            throw new InvalidDataException(
                    body.table().file(),
                    "column " + title + " has no value in any training row; leave it out with data.drop");
        }
        Standardizer fitted = Standardizer.of(values);
        return new TableFeature(name, column, fitted.mean(), fitted.deviation(), List.of(), fills() ? "mean" : "");
    }

    private TableFeature text(int[] training) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : training) {
            String cell = body.cell(row, column);
            if (!body.cells().isMissing(cell)) {
                counts.merge(cell, 1, Integer::sum);
            }
        }
        if (counts.isEmpty() || counts.size() > MOST_CATEGORIES) {
            throw new InvalidDataException(
                    body.table().file(),
                    "column " + title + " must have 1 to " + MOST_CATEGORIES
                            + " different texts in the training rows, got " + counts.size()
                            + "; data.drop leaves a column out");
        }
        String mostFrequent = counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        return new TableFeature(
                name, column, 0, 0, counts.keySet().stream().sorted().toList(), fills() ? mostFrequent : "");
    }

    private InvalidDataException refused(int row, String problem) {
        return new InvalidDataException(body.table().file(), body.line(row), "column " + title + " " + problem);
    }
}
