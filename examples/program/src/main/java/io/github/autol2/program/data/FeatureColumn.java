package io.github.autol2.program.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    static final int MOST_CATEGORIES = 50;

    /** Texts among numbers are errors where they are less than one in so many, and names or codes where there are more. */
    private static final int NUMBERS_FOR_AN_ERROR = 10;

    /** How a gap is called that counts as a text of its own. */
    private static final String GAP = "NA";

    ParsedColumn cells() {
        return body.column(column);
    }

    private boolean fills() {
        return columns.missing() != TableColumns.Missing.REFUSE;
    }

    /**
     * What is wrong with the column: with its texts, with its gaps and numbers, or with the training rows.
     *
     * @param training the rows that means and texts come from
     */
    Optional<InvalidDataException> problem(int[] training) {
        return ofTexts().or(this::ofGapsAndNumbers).or(() -> holdsTexts() ? ofCategories(training) : ofMean(training));
    }

    private Optional<InvalidDataException> ofGapsAndNumbers() {
        int missing = fills() ? ParsedColumn.NONE : cells().firstMissing();
        int large = holdsTexts() ? ParsedColumn.NONE : cells().firstTooLarge();
        if (large != ParsedColumn.NONE && (missing == ParsedColumn.NONE || large < missing)) {
            return refused(large, "must hold finite numbers below 3.4e38, got " + body.cell(large, column));
        }
        if (missing == ParsedColumn.NONE) {
            return Optional.empty();
        }
        return refused(
                missing,
                "has no value in " + cells().missing() + " of " + body.count() + " rows, got '"
                        + body.cell(missing, column)
                        + (holdsTexts()
                                ? "'; data.missing=fill takes the most frequent text, data.missing=category a category of its own, "
                                : "'; data.missing=fill takes the mean, ")
                        + "data.drop leaves a column out, "
                        + "data.gaps says which texts mean no value");
    }

    /** How {@code data.drop} and its like call the column. */
    String setting() {
        return ColumnNames.setting(name, column);
    }

    /** Whether the column holds texts. */
    boolean holdsTexts() {
        return category || cells().texts() > 0;
    }

    /** Texts must have been asked for. */
    private Optional<InvalidDataException> ofTexts() {
        if (category || cells().texts() == 0) {
            return Optional.empty();
        }
        boolean mostlyNumbers = cells().numbers() > cells().texts();
        if (mostlyNumbers || columns.text() == TableColumns.Text.REFUSE) {
            return refused(
                    cells().firstText(),
                    "must hold numbers, got '" + body.cell(cells().firstText(), column) + "'" + advice(mostlyNumbers));
        }
        if (cells().numbers() == 0) {
            return Optional.empty();
        }
        int row = cells().firstNumber();
        return refused(
                row,
                "must hold texts alone, got " + body.cell(row, column) + " and " + cells().numbers()
                        + " numbers in all" + categories(body.differentValues(column))
                        + "; data.drop leaves a column out");
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
            long different = body.differentValues(column);
            return format
                    + (different > MOST_CATEGORIES
                            ? "; its " + different
                                    + " different values are too many for categories, and data.drop leaves it out"
                            : "; data.text=one-hot takes texts as categories, data.drop leaves a column out");
        }
        boolean rare = body.isRare(cell, column); // an error is, a category is not
        long different = body.differentValues(column);
        if (different > MOST_CATEGORIES && !isMostlyRight()) {
            return format + "; data.drop leaves a column out";
        }
        return rare ? format : format + categories(different);
    }

    /** Whether texts are so few among the numbers that they are errors. */
    boolean isMostlyRight() {
        return cells().numbers() > NUMBERS_FOR_AN_ERROR * cells().texts();
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
        return holdsTexts() ? text(training) : number(training);
    }

    private Optional<InvalidDataException> ofMean(int[] training) {
        boolean there = cells().missing() == 0 || cells().numbers(training).length > 0;
        return there
                ? Optional.empty()
                : Optional.of(new InvalidDataException(
                        body.table().file(),
                        "column " + title + " has no value in any training row; leave it out with data.drop"));
    }

    private TableFeature number(int[] training) {
        Standardizer fitted = Standardizer.of(cells().numbers(training));
        return new TableFeature(name, column, fitted.mean(), fitted.deviation(), List.of(), fills() ? "mean" : "");
    }

    private Optional<InvalidDataException> ofCategories(int[] training) {
        int different = counts(training).size();
        return different > 0 && different <= MOST_CATEGORIES
                ? Optional.empty()
                : Optional.of(new InvalidDataException(
                        body.table().file(),
                        "column " + title + " must have 1 to " + MOST_CATEGORIES
                                + " different texts in the training rows, got " + different
                                + "; data.drop leaves a column out"));
    }

    /** How often each text is there. */
    private Map<String, Integer> counts(int[] training) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : training) {
            String cell = body.cell(row, column);
            if (!body.cells().isMissing(cell)) {
                counts.merge(cell, 1, Integer::sum);
            }
        }
        return counts;
    }

    private TableFeature text(int[] training) {
        Map<String, Integer> counts = counts(training);
        String fill = counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        int gaps = training.length
                - counts.values().stream().mapToInt(Integer::intValue).sum();
        if (columns.missing() == TableColumns.Missing.CATEGORY && gaps > 0) {
            fill = GAP;
            while (counts.containsKey(fill)) { // the user may take NA for a text
                fill += "_";
            }
            counts.put(fill, gaps);
        }
        return new TableFeature(
                name, column, 0, 0, counts.keySet().stream().sorted().toList(), fills() ? fill : "");
    }

    private Optional<InvalidDataException> refused(int row, String problem) {
        return Optional.of(
                new InvalidDataException(body.table().file(), body.line(row), "column " + title + " " + problem));
    }
}
