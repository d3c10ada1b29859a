package io.github.autol2.program.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** One column of a table's rows, once it is known how numbers are written. */
final class ParsedColumn {

    /** In the place of a row. */
    static final int NONE = -1;

    private final double[] numbers;
    private int missing;
    private int texts;
    private int firstMissing = NONE;
    private int firstText = NONE;

    /**
     * Reads all cells.
     *
     * @param body   of the table
     * @param column counted from 0
     */
    ParsedColumn(TableBody body, int column) {
        numbers = new double[body.count()];
        for (int row = 0; row < numbers.length; row++) {
            String cell = body.cell(row, column);
            numbers[row] = body.cells().number(cell).orElse(Double.NaN);
            if (!Double.isNaN(numbers[row])) {
                continue;
            }
            if (body.cells().isMissing(cell)) {
                firstMissing = missing++ == 0 ? row : firstMissing;
            } else {
                firstText = texts++ == 0 ? row : firstText;
            }
        }
    }

    /** The number of a row, perhaps beyond the range of a float; NaN if its cell holds none. */
    double number(int row) {
        return numbers[row];
    }

    /** The numbers of some rows in the same order, without those whose cells hold none. */
    double[] numbers(int[] rows) {
        double[] found = new double[rows.length];
        int count = 0;
        for (int row : rows) {
            if (!Double.isNaN(numbers[row])) {
                found[count++] = numbers[row];
            }
        }
        return count == rows.length ? found : Arrays.copyOf(found, count);
    }

    /** How many cells hold a number. */
    int numbers() {
        return numbers.length - texts - missing;
    }

    /** How many cells hold something else. */
    int texts() {
        return texts;
    }

    /** How many cells hold no value. */
    int missing() {
        return missing;
    }

    /** The first row without a value, or {@link #NONE}. */
    int firstMissing() {
        return firstMissing;
    }

    /** The first row with a text, or {@link #NONE}. */
    int firstText() {
        return firstText;
    }

    /** The first row with a number, or {@link #NONE}. */
    int firstNumber() {
        return IntStream.range(0, numbers.length)
                .filter(row -> !Double.isNaN(numbers[row]))
                .findFirst()
                .orElse(NONE);
    }

    /** The first row whose number does not fit into a float, or {@link #NONE}. */
    int firstTooLarge() {
        return IntStream.range(0, numbers.length)
                .filter(row -> Math.abs(numbers[row]) > Float.MAX_VALUE)
                .findFirst()
                .orElse(NONE);
    }
}
