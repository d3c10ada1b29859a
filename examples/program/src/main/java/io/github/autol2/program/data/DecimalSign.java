package io.github.autol2.program.data;

import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Finds out how the numbers of a table are written. */
final class DecimalSign {

    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9]\\d{0,2}[.,]\\d{3}");

    private final RawTable table;
    private final IntPredicate looked;
    private final char sign;

    /** Whether a number shows that the sign stands for a fraction, as in 76,8. */
    private boolean clear;

    /** Whether there is a number with the sign. */
    private boolean there;

    private DecimalSign(RawTable table, IntPredicate looked, char sign) {
        this.table = table;
        this.looked = looked;
        this.sign = sign;
        look();
    }

    /**
     * The decimal sign of the numbers: a comma if some numbers have one and none a point.
     *
     * @param looked the columns that count: not those whose texts are names, nor those that nobody reads
     * @param usual  the sign where it may as well stand between thousands
     * @throws InvalidDataException if nothing tells whether it does
     */
    static char of(RawTable table, IntPredicate looked, Optional<Character> usual) {
        DecimalSign comma = new DecimalSign(table, looked, ',');
        DecimalSign point = new DecimalSign(table, looked, '.');
        boolean pointUnclear =
                point.unclear() && table.separator() != ','; // beside separating commas it is none of thousands
        if (usual.isPresent() && (comma.unclear() || pointUnclear)) {
            return usual.get();
        }
        if (comma.unclear()) {
            throw comma.refused();
        }
        if (pointUnclear) {
            throw point.refused();
        }
        return comma.there && !point.there ? ',' : '.';
    }

    private boolean unclear() {
        return there && !clear;
    }

    /** Stops at the first number that makes it clear. */
    private void look() {
        for (int c = 0; c < table.width(); c++) {
            if (!looked.test(c) || !table.has(sign, c)) {
                continue;
            }
            for (int line = 0; line < table.lines(); line++) {
                String cell = table.cell(line, c);
                if (isNumber(cell)) {
                    there = true;
                    if (!THOUSANDS.matcher(cell).matches()) {
                        clear = true;
                        return;
                    }
                }
            }
        }
    }

    private boolean isNumber(String cell) {
        return cell.indexOf(sign) >= 0 && Cells.looksLikeNumber(cell);
    }

    /** In 1,488 nobody can tell which of the two a comma is, unless another number shows it, such as 76,8. */
    private InvalidDataException refused() {
        for (int c = 0; c < table.width(); c++) {
            for (int line = 0; looked.test(c) && line < table.lines(); line++) {
                String cell = table.cell(line, c);
                if (isNumber(cell)) {
                    return new InvalidDataException(
                            table.file(),
                            "column " + c + " (counted from 0) must have a clear decimal sign, got numbers such as "
                                    + cell
                                    + ", which may be a thousand times as large: data.decimal="
                                    + (sign == ',' ? "comma" : "point")
                                    + " says that it is one; separators of thousands are not read");
                }
            }
        }
        throw new IllegalStateException("there must be a number with the sign " + sign);
    }
}
