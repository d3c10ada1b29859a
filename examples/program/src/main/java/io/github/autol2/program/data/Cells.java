package io.github.autol2.program.data;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the text of a cell means.
 *
 * @param decimal the decimal sign, {@code .} or {@code ,}
 */
record Cells(char decimal) {

    /** Longer texts are no numbers: reading a number of a million digits takes seconds. */
    private static final int LONGEST = 100;

    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][-+]?\\d+)?");

    /** Whether the cell says that there is no value, as R, Python, ARFF and databases write that. */
    static boolean isMissing(String cell) {
        return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** The finite number in the cell; empty for anything else, also for Java's literals such as {@code 12f}. */
    OptionalDouble number(String cell) {
        if (cell.length() > LONGEST || !NUMBER.matcher(cell).matches()) {
            return OptionalDouble.empty();
        }
        boolean comma = cell.indexOf(',') >= 0;
        if ((comma && decimal != ',') || (decimal == ',' && cell.indexOf('.') >= 0)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(comma ? cell.replace(',', '.') : cell));
    }

    /** Whether the cell is a number with one decimal sign or the other. */
    static boolean looksLikeNumber(String cell) {
        return cell.length() <= LONGEST && NUMBER.matcher(cell).matches();
    }
}
