package io.github.autol2.program.data;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the text of a cell means. Immutable. */
final class Cells {

    /** Longer texts are no numbers: reading a number of a million digits takes seconds. */
    private static final int LONGEST = 100;

    private static final Pattern DATE =
            Pattern.compile("\\d{1,4}([-/.])\\d{1,2}\\1\\d{1,4}([T ].*)?|\\d{1,2}:\\d{2}(:\\d{2})?(\\.\\d+)?");

    /** Digits with signs between and around them, but no letters and no blanks between numbers. */
    private static final Pattern SIGNED = Pattern.compile(
            "[-+]?\\p{Sc}?[\\s\\u00A0]?[-+]?\\d+([.,'\u2019_\\u00A0\\u202F]\\d+)*[\\s\\u00A0]?[%\\u2030\\p{Sc}]?");

    /** Numbers with two points or more between them that are no groups of three digits. */
    private static final Pattern VERSION = Pattern.compile("(?!\\d{1,3}(\\.\\d{3})+$)\\d+(\\.\\d+){2,}");

    private final char decimal;
    private final Set<String> gaps;
    private final Set<Double> gapNumbers;

    /**
     * A way to read cells.
     *
     * @param decimal the decimal sign, {@code .} or {@code ,}
     * @param gaps    texts that say, like an empty cell, that there is no value; upper and lower case are the same, and so are
     *                {@code -999} and {@code -999.0}
     */
    Cells(char decimal, Set<String> gaps) {
        this.decimal = decimal;
        this.gaps = gaps.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        gapNumbers = gaps.stream()
                .filter(Cells::looksLikeNumber)
                .map(text -> value(text.replace(',', '.')))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same where {@link TableFormat#GAPS} say that there is no value. */
    Cells(char decimal) {
        this(decimal, Set.copyOf(TableFormat.GAPS));
    }

    char decimal() {
        return decimal;
    }

    /** The texts that say that there is no value, in lower case. */
    Set<String> gaps() {
        return gaps;
    }

    /** Whether the cell says that there is no value. */
    boolean isMissing(String cell) {
        if (cell.isEmpty() || (cell.length() <= LONGEST && gaps.contains(cell.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        OptionalDouble number = gapNumbers.isEmpty() ? OptionalDouble.empty() : anyNumber(cell);
        return number.isPresent() && gapNumbers.contains(number.getAsDouble());
    }

    /**
     * The number in the cell, infinite where it is too large; empty for anything else, also for one that says that there is no value, and
     * for Java's literals such as {@code 12f}.
     */
    OptionalDouble number(String cell) {
        OptionalDouble number = anyNumber(cell);
        return number.isPresent() && gapNumbers.contains(number.getAsDouble()) ? OptionalDouble.empty() : number;
    }

    private OptionalDouble anyNumber(String cell) {
        if (!looksLikeNumber(cell)) {
            return OptionalDouble.empty();
        }
        boolean comma = cell.indexOf(',') >= 0;
        if ((comma && decimal != ',') || (decimal == ',' && cell.indexOf('.') >= 0)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value(comma ? cell.replace(',', '.') : cell));
    }

    /** The number in a text; 0 for -0. */
    private static double value(String text) {
        return Double.parseDouble(text) + 0.0;
    }

    /**
     * Whether the cell is a number with one decimal sign or the other: {@code [-+]?(\d+[.,]?\d*|[.,]\d+)([eE][-+]?\d+)?}, which a
     * pattern takes ten times as long to say.
     */
    static boolean looksLikeNumber(String cell) {
        if (cell.length() > LONGEST) {
            return false;
        }
        int begin = behindSign(cell, 0);
        int whole = behindDigits(cell, begin);
        boolean fraction = whole < cell.length() && (cell.charAt(whole) == '.' || cell.charAt(whole) == ',');
        int end = fraction ? behindDigits(cell, whole + 1) : whole;
        if (end - begin - (fraction ? 1 : 0) == 0) {
            return false;
        }
        if (end < cell.length() && (cell.charAt(end) == 'e' || cell.charAt(end) == 'E')) {
            int exponent = behindSign(cell, end + 1);
            end = behindDigits(cell, exponent);
            return end > exponent && end == cell.length();
        }
        return end == cell.length();
    }

    /** What a text looks like that people read as a number or a date, and this program does not; empty for other texts. */
    static Optional<String> misread(String cell) {
        if (cell.length() > LONGEST) {
            return Optional.empty();
        }
        if (DATE.matcher(cell).matches()) {
            return Optional.of("a date or a time, which is not read");
        }
        return isNumberWithSigns(cell)
                ? Optional.of("a number: take out signs of percent, of currencies and of thousands")
                : Optional.empty();
    }

    /** Whether somebody would read a number, though not this program: no date, time, version or address in the Internet. */
    static boolean isNumberWithSigns(String cell) {
        return cell.length() <= LONGEST
                && SIGNED.matcher(cell).matches()
                && !DATE.matcher(cell).matches()
                && !VERSION.matcher(cell).matches();
    }

    private static int behindSign(String cell, int from) {
        return from < cell.length() && (cell.charAt(from) == '-' || cell.charAt(from) == '+') ? from + 1 : from;
    }

    private static int behindDigits(String cell, int from) {
        int at = from;
        while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
