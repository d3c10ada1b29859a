package io.github.autol2.program.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a table holds that can be read, but may well mean something else. */
final class TableNotes {

    private static final int MOST = 20; // sentences
    private static final int MOST_TOLD = 5; // classes in one
    private static final int FEWEST_NUMBERED = 20; // rows: a few may well have different numbers
    private static final int FEWEST_OF_A_VALUE = 10; // rows, on the mean of a class: that of fewer may be chance

    /** Names of columns that hold what is to be predicted. */
    private static final Set<String> LABELS = Set.of("class", "target", "label", "outcome");

    private static final Pattern KEY =
            Pattern.compile("id|key|nr|no|number|index|row|.*[_ .-](id|key|nr|no)|.*\\p{Ll}I[dD]");

    private final TableReading reading;
    private final List<String> notes = new ArrayList<>();

    private TableNotes(TableReading reading) {
        this.reading = reading;
    }

    /** Sentences for who looks at the table. */
    static List<String> of(TableReading reading) {
        TableNotes notes = new TableNotes(reading);
        notes.lookForAnotherLabel(); // first, because many columns could push it out
        notes.lookAtClasses();
        for (int c = 0; c < reading.names().size(); c++) {
            boolean quantity = c == reading.label() && reading.quantity().isPresent();
            if ((quantity || c != reading.label())
                    && !reading.dropped().contains(c)
                    && !reading.categories().contains(c)) {
                notes.look(c, quantity);
            }
            if (c != reading.label() && !reading.dropped().contains(c) && notes.tellsTheClass(c)) {
                notes.note(
                        c,
                        "alone tells the class of every row: if it is the class in other words, leave it out with "
                                + "data.drop.");
            }
        }
        return notes.shortened();
    }

    private List<String> shortened() {
        if (notes.size() <= MOST) {
            return List.copyOf(notes);
        }
        List<String> some = new ArrayList<>(notes.subList(0, MOST));
        some.add("There are " + (notes.size() - MOST) + " more notes like these.");
        return some;
    }

    private void look(int column, boolean quantity) {
        ParsedColumn cells = reading.body().column(column);
        if (cells.texts() > 0) {
            lookAtTexts(column, cells);
            return;
        }
        double[] numbers =
                cells.numbers(IntStream.range(0, reading.body().count()).toArray());
        if (numbers.length == 0) {
            return;
        }
        double least = Arrays.stream(numbers).min().orElseThrow();
        if (Arrays.stream(numbers).allMatch(value -> value == least)) {
            note(column, "has the same number in all rows, so it tells the network nothing.");
        }
        NoValue.in(numbers).ifPresent(what -> note(column, what));
        if (!quantity && numbersRows(column, numbers)) {
            note(
                    column,
                    "has another whole number in each row: if it only tells the rows apart, leave it out with "
                            + "data.drop.");
        }
    }

    private boolean numbersRows(int column, double[] numbers) {
        String title = reading.header() ? reading.body().table().first().get(column) : "";
        boolean named = KEY.matcher(title).matches()
                || KEY.matcher(title.toLowerCase(Locale.ROOT)).matches();
        double range = Arrays.stream(numbers).max().orElseThrow()
                - Arrays.stream(numbers).min().orElseThrow();
        return numbers.length >= FEWEST_NUMBERED
                && (named || range == numbers.length - 1)
                && Arrays.stream(numbers).allMatch(value -> value == Math.rint(value))
                && Arrays.stream(numbers).distinct().count() == numbers.length;
    }

    /** Whether each of a few values comes with one class only, and all classes are told apart so. */
    private boolean tellsTheClass(int column) {
        if (reading.quantity().isPresent()) {
            return false;
        }
        TableBody body = reading.body();
        Map<String, String> classes = new HashMap<>();
        for (int row = 0; row < body.count(); row++) {
            String name = body.cell(row, reading.label());
            String known = classes.putIfAbsent(body.cell(row, column), name);
            if ((known != null && !known.equals(name)) || classes.size() > body.count() / FEWEST_OF_A_VALUE) {
                return false;
            }
        }
        Map<String, Long> values =
                classes.values().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        Map<String, Integer> rows = reading.classCounts();
        return values.size() > 1
                && values.entrySet().stream()
                        .allMatch(one -> rows.get(one.getKey()) >= FEWEST_OF_A_VALUE * one.getValue());
    }

    private void lookAtTexts(int column, ParsedColumn cells) {
        String first = reading.body().cell(cells.firstText(), column);
        Cells.misread(first)
                .ifPresent(what ->
                        note(column, "is taken as text, such as '" + first + "', which looks like " + what + "."));
    }

    /** Whether the last column is taken for the label, which nobody has said, and another one is called so. */
    private void lookForAnotherLabel() {
        List<String> first = reading.body().table().first();
        if (!reading.header() || !reading.columns().takesLastForLabel() || isLabel(first.get(reading.label()))) {
            return;
        }
        IntStream.range(0, first.size())
                .filter(c -> isLabel(first.get(c)) && !reading.dropped().contains(c))
                .forEach(c -> note(
                        c,
                        "is called like a label, and the last column is taken for it: data.label=" + first.get(c)
                                + " takes this one."));
    }

    private static boolean isLabel(String name) {
        return LABELS.contains(name.toLowerCase(Locale.ROOT));
    }

    private void lookAtClasses() {
        Set<String> classes = reading.classes().keySet();
        Set<String> odd = TableClasses.othersThanNumbers(classes);
        if (!odd.isEmpty() && odd.size() < classes.size()) {
            notes.add("The classes are numbers, but for '"
                    + odd.stream().limit(MOST_TOLD).collect(Collectors.joining("', '"))
                    + (odd.size() > MOST_TOLD ? "' and others" : "'")
                    + ": if that means that there is no class, say so with data.gaps and data.unlabelled=leave-out.");
        }
        Map<String, String> seen = new HashMap<>();
        Map<BigDecimal, String> numbers = new HashMap<>();
        for (String name : classes) {
            String alike = seen.putIfAbsent(
                    name.replaceAll("[\\s\\u00A0]+", " ").strip().toLowerCase(Locale.ROOT), name);
            Optional<String> equal = number(name).map(number -> numbers.putIfAbsent(number, name));
            if (alike != null) {
                notes.add("The classes '" + alike + "' and '" + name
                        + "' differ only in capital letters or blanks, and count as two.");
            } else if (equal.isPresent()) {
                notes.add(
                        "The classes '" + equal.get() + "' and '" + name + "' are the same number, and count as two.");
            }
        }
    }

    /** To the last digit: a double would take long codes for one. */
    private Optional<BigDecimal> number(String name) {
        boolean plain = name.indexOf('e') < 0 && name.indexOf('E') < 0;
        return plain && reading.body().cells().number(name).isPresent()
                ? Optional.of(new BigDecimal(name.replace(',', '.')).stripTrailingZeros())
                : Optional.empty();
    }

    private void note(int column, String sentence) {
        notes.add("Column " + reading.names().get(column) + " " + sentence);
    }
}
