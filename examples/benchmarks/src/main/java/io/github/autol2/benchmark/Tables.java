package io.github.autol2.benchmark;

import com.github.freva.asciitable.AsciiTable;
import java.util.List;

/** Tables on the console. */
final class Tables {

    private Tables() {}

    /** Prints a table. */
    static void print(List<String[]> rows, String... header) {
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, header, null, rows.toArray(String[][]::new)));
    }
}
