package io.github.autol2.program.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One column of a table as text, without its first line. The bytes of all cells stand in one array, because an object for each cell
 * takes five times as much memory. Not thread-safe while cells are added.
 */
final class CellColumn {

    private static final int FIRST_ROOM = 4; // a table may have many columns and few rows

    private byte[] text = new byte[FIRST_ROOM];
    private int[] ends = new int[FIRST_ROOM];
    private int size;

    /**
     * Adds a cell at the end.
     *
     * @throws InvalidDataException if the column becomes longer than Java's arrays
     */
    void add(String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        int begin = begin(size);
        long end = (long) begin + bytes.length;
        if (end > text.length) {
            text = Arrays.copyOf(text, room(end));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, room(size + 1L));
        }
        System.arraycopy(bytes, 0, text, begin, bytes.length);
        ends[size++] = (int) end;
    }

    /** Half as much again as is needed. */
    private static int room(long needed) {
        if (needed > Rows.MOST) {
            throw new InvalidDataException(
                    "a column of a table must have at most " + Rows.MOST + " bytes of text, got more");
        }
        return (int) Math.min(Rows.MOST, needed + needed / 2);
    }

    /** Gives back what is not needed after the last cell. */
    void trim() {
        text = Arrays.copyOf(text, begin(size));
        ends = Arrays.copyOf(ends, size);
    }

    int size() {
        return size;
    }

    private int begin(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    String get(int row) {
        int begin = begin(row);
        return new String(text, begin, ends[row] - begin, StandardCharsets.UTF_8);
    }

    /**
     * Whether a character is in any cell.
     *
     * @param sign below 128, which UTF-8 writes as one byte that is part of no other character
     */
    boolean has(char sign) {
        int end = begin(size);
        for (int i = 0; i < end; i++) {
            if (text[i] == sign) {
                return true;
            }
        }
        return false;
    }

    /** Whether no cell holds a text. */
    boolean isEmpty() {
        return begin(size) == 0;
    }
}
