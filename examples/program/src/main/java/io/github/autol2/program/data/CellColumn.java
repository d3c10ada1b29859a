package io.github.autol2.program.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * One column of a table as text, without its first line. The bytes of all cells stand in one array, because an object for each cell takes five times as much
 * memory.
 */
final class CellColumn {

    private final byte[] text;
    private final int[] ends;

    private CellColumn(byte[] text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    /** Takes the cells of a column one by one. Not thread-safe. */
    static final class Builder {

        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final IntStream.Builder ends = IntStream.builder();

        void add(String cell) {
            text.writeBytes(cell.getBytes(StandardCharsets.UTF_8));
            ends.add(text.size());
        }

        CellColumn build() {
            return new CellColumn(text.toByteArray(), ends.build().toArray());
        }
    }

    int size() {
        return ends.length;
    }

    private int begin(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    String get(int row) {
        int begin = begin(row);
        return new String(text, begin, ends[row] - begin, StandardCharsets.UTF_8);
    }

    /** Whether no cell holds a text. */
    boolean isEmpty() {
        return text.length == 0;
    }
}
