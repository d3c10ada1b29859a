package io.github.autol2.program.data;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a table is written. What is empty is found out from the file.
 *
 * @param encoding  of the text
 * @param separator between cells
 * @param decimal   the decimal sign of numbers, {@code .} or {@code ,}
 * @param header    whether the first line names the columns
 * @param gaps      texts that say, like an empty cell, that there is no value; empty: {@link #GAPS}
 */
public record TableFormat(
        Optional<Charset> encoding,
        Optional<Character> separator,
        Optional<Character> decimal,
        Optional<Boolean> header,
        Optional<List<String>> gaps) {

    /** How R, spreadsheets, Python, ARFF and databases write that there is no value. */
    public static final List<String> GAPS = List.of("NA", "N/A", "#N/A", "NaN", "null", "?");

    /** All is found out. */
    public static final TableFormat FOUND =
            new TableFormat(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The usual texts say that there is no value. */
    public TableFormat(
            Optional<Charset> encoding,
            Optional<Character> separator,
            Optional<Character> decimal,
            Optional<Boolean> header) {
        this(encoding, separator, decimal, header, Optional.empty());
    }

    public TableFormat {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(separator, "separator");
        Objects.requireNonNull(header, "header");
        gaps = gaps.map(List::copyOf);
        decimal.ifPresent(sign -> {
            if (sign != '.' && sign != ',') {
                throw new IllegalArgumentException("decimal must be . or , got " + sign);
            }
        });
    }
}
