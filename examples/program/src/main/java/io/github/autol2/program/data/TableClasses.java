package io.github.autol2.program.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The label column of a table.
 *
 * @param task   what the user says that it holds
 * @param body   the rows
 * @param column counted from 0
 * @param name   of the column, for messages
 */
record TableClasses(TableColumns.Task task, TableBody body, int column, String name) {

    private static final int MOST_NUMERIC_CLASSES = 20;

    /** Codes count from 0 or 1 without a gap, and each is there often; a quantity has rare values and gaps. */
    private static final int MOST_CODES = 50;

    private static final int ROWS_OF_A_CODE = 20;

    private static final int SHOWN = 5; // texts in a message

    /**
     * The classes by their text, in order, each with its number.
     *
     * @throws InvalidDataException if a row has none, if all have the same one, or if the column looks like a quantity
     */
    Map<String, Integer> numbered() {
        Set<String> texts = new LinkedHashSet<>();
        for (int row = 0; row < body.count(); row++) {
            String cell = body.cell(row, column);
            if (body.cells().isMissing(cell)) {
                throw new InvalidDataException(
                        body.table().file(),
                        body.line(row),
                        "label column " + name + " must hold a class, got '" + cell + "'"
                                + (cell.isEmpty() ? "" : ", which data.gaps takes for none")
                                + "; data.unlabelled=leave-out leaves out rows without a class" + body.above(row)
                                + hint());
            }
            texts.add(cell);
        }
        if (texts.size() < 2) {
            throw new InvalidDataException(
                    body.table().file(),
                    "label column " + name + " must hold at least 2 classes, got " + texts + hint());
        }
        refuseQuantity(texts);
        boolean numeric = texts.stream().allMatch(text -> Double.isFinite(number(text)));
        Comparator<String> order = numeric
                ? Comparator.<String>comparingDouble(this::number).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        Map<String, Integer> numbered = new LinkedHashMap<>();
        texts.stream().sorted(order).forEach(text -> numbered.put(text, numbered.size()));
        return numbered;
    }

    private double number(String text) {
        return body.cells().number(text).orElse(Double.NaN);
    }

    private String hint() {
        return "; data.label says which column that is; the first line is "
                + body.table().firstLine();
    }

    private void refuseQuantity(Set<String> texts) {
        if (task == TableColumns.Task.CLASSES) {
            return;
        }
        Set<String> odd = othersThanNumbers(texts);
        boolean numeric = odd.size() < texts.size();
        Set<String> numbers = new LinkedHashSet<>(texts);
        numbers.removeAll(odd);
        boolean fractions =
                numeric && numbers.stream().anyMatch(text -> text.indexOf('.') >= 0 || text.indexOf(',') >= 0);
        int most = body.count() / (fractions ? 10 : 2);
        if (numeric) {
            boolean many = texts.size() > MOST_NUMERIC_CLASSES && texts.size() <= MOST_CODES;
            most = Math.min(most, many && areCodes(numbers) ? MOST_CODES : MOST_NUMERIC_CLASSES);
        }
        if (texts.size() > (numeric ? most : Math.max(2, most))) {
            throw new InvalidDataException(
                    body.table().file(),
                    "label column " + name + " must hold classes, got " + texts.size()
                            + " different " + (numeric ? "values" : "texts") + " in " + body.count() + " rows: "
                            + (numeric
                                    ? "that looks like a quantity to predict" + told(odd)
                                            + "; set data.task=regression, or "
                                            + "data.task=classes if they are classes, or data.label to another column"
                                    : "so many look like names of the rows; set data.task=classes if they are classes, or "
                                            + "data.label to another column")
                            + "; the first line is " + body.table().firstLine());
        }
    }

    /** The texts that nobody reads as numbers, where these are few beside those that somebody does; else all. */
    static Set<String> othersThanNumbers(Set<String> texts) {
        Set<String> others = texts.stream()
                .filter(text -> !Cells.looksLikeNumber(text) && !Cells.isNumberWithSigns(text.replace(" ", "")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return 2 * others.size() < texts.size() ? others : texts;
    }

    /** The first few texts with their lines. */
    private String told(Set<String> odd) {
        if (odd.isEmpty()) {
            return "";
        }
        Set<String> open = new LinkedHashSet<>(odd);
        String first = IntStream.range(0, body.count())
                .filter(row -> open.remove(body.cell(row, column)))
                .limit(SHOWN)
                .mapToObj(row -> "'" + body.cell(row, column) + "' in line " + body.line(row))
                .collect(Collectors.joining(", "));
        return ", but for " + first + (odd.size() > SHOWN ? " and others" : "");
    }

    private boolean areCodes(Set<String> numbers) {
        int first = numbers.contains("0") ? 0 : 1;
        boolean count = IntStream.range(first, first + numbers.size())
                .mapToObj(Integer::toString)
                .allMatch(numbers::contains);
        Map<String, Long> occurrences = IntStream.range(0, body.count())
                .mapToObj(row -> body.cell(row, column))
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        return count && numbers.stream().allMatch(text -> occurrences.get(text) >= ROWS_OF_A_CODE);
    }
}
