package io.github.autol2.program.data;

import java.util.regex.Pattern;

/** Finds out how the numbers of a table are written. */
final class DecimalSign {

    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9]\\d{0,2}[.,]\\d{3}");

    private final RawTable table;
    private final char sign;

    /** Whether a number shows that the sign stands for a fraction, as in 76,8. */
    private boolean clear;

    /** Whether there is a number with the sign. */
    private boolean there;

    private DecimalSign(RawTable table, char sign) {
        this.table = table;
        this.sign = sign;
    }

    /**
     * The decimal sign of the numbers: a comma if some numbers have one and none a point.
     *
     * @param label a column that does not count, because its texts are names of classes; -1 for none
     * @throws InvalidDataException if the sign of a column looks like one between thousands
     */
    static char of(RawTable table, int label) {
        DecimalSign comma = new DecimalSign(table, ',');
        DecimalSign point = new DecimalSign(table, '.');
        comma.look(label);
        point.look(label);
        comma.refuseThousands(label);
        if (table.separator() != ',') {
            point.refuseThousands(label); // beside separating commas a point is none between thousands
        }
        return comma.there && !point.there ? ',' : '.';
    }

    /** Stops at the first number that makes it clear. */
    private void look(int label) {
        for (int c = 0; c < table.width(); c++) {
            if (c == label || !table.has(sign, c)) {
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
    private void refuseThousands(int label) {
        for (int c = 0; there && !clear && c < table.width(); c++) {
            for (int line = 0; c != label && line < table.lines(); line++) {
                String cell = table.cell(line, c);
                if (isNumber(cell)) {
                    throw new InvalidDataException(
                            table.file(),
                            "column " + c + " (counted from 0) must have a clear decimal sign, got numbers such as "
                                    + cell
                                    + ", which may be a thousand times as large: data.decimal="
                                    + (sign == ',' ? "comma" : "point")
                                    + " says that it is one; separators of thousands are not read");
                }
            }
        }
    }
}
