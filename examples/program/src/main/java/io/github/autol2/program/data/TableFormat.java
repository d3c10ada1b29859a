package io.github.autol2.program.data;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * How a table is written. What is empty is found out from the file.
 *
 * @param encoding  of the text
 * @param separator between cells
 * @param decimal   the decimal sign of numbers, {@code .} or {@code ,}
 * @param header    whether the first line names the columns
 */
public record TableFormat(
        Optional<Charset> encoding,
        Optional<Character> separator,
        Optional<Character> decimal,
        Optional<Boolean> header) {

    /** All is found out. */
    public static final TableFormat FOUND =
            new TableFormat(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public TableFormat {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(separator, "separator");
        Objects.requireNonNull(header, "header");
        decimal.ifPresent(sign -> {
            if (sign != '.' && sign != ',') {
                throw new IllegalArgumentException("decimal must be . or , got " + sign);
            }
        });
    }
}
