package io.github.autol2.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a type of value is written.
 *
 * @param <T> type of the value
 * @param allowed what may be written, for the table of all keys, such as {@code > 0} or {@code sgd, adam}
 * @param parse   from text; throws an {@code IllegalArgumentException} whose message is the broken rule, such as
 *                "must be {@code > 0}"
 * @param show    to text; parsing it again gives an equal value
 */
public record Format<T>(String allowed, Function<String, T> parse, Function<T, String> show) {

    private static final int LONGEST_NUMBER = 100;

    /**
     * {@return decimal numbers, with or without exponent}
     *
     * @param range what is allowed
     */
    public static Format<Double> number(Range range) {
        return new Format<>(
                range.text(),
                text -> {
                    if (text.length() > LONGEST_NUMBER) { // a million digits would take seconds
                        throw new IllegalArgumentException(
                                "must be a number " + range.text() + " of at most " + LONGEST_NUMBER + " characters");
                    }
                    double value;
                    try {
                        value = new BigDecimal(text)
                                .doubleValue(); // refuses NaN, Infinity, hexadecimal and the suffixes of Java
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("must be a number " + range.text(), e);
                    }
                    return inside(range, value, value);
                },
                value -> Double.toString(value));
    }

    /**
     * {@return whole numbers up to {@link Integer#MAX_VALUE}}
     *
     * @param range what is allowed
     */
    public static Format<Integer> integer(Range range) {
        return new Format<>(
                "whole number " + range.text(),
                text -> {
                    int value;
                    try {
                        value = Integer.parseInt(text);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                "must be a whole number " + range.text() + " and <= " + Integer.MAX_VALUE, e);
                    }
                    return inside(range, value, value);
                },
                value -> Integer.toString(value));
    }

    /** {@return any whole 64-bit number, such as a seed} */
    public static Format<Long> wholeNumber() {
        return new Format<>(
                "whole number",
                text -> {
                    try {
                        return Long.valueOf(text);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("must be a whole number of at most 64 bits", e);
                    }
                },
                value -> Long.toString(value));
    }

    /** {@return {@code true} or {@code false}} */
    public static Format<Boolean> bool() {
        return new Format<>(
                "true, false",
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("must be true or false");
                },
                value -> Boolean.toString(value));
    }

    /**
     * {@return the constants of an enum in lower case, with hyphens}
     *
     * @param <E> the enum
     * @param type the enum
     */
    public static <E extends Enum<E>> Format<E> choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String allowed = constants.stream().map(Format::name).collect(Collectors.joining(", "));
        return new Format<>(
                allowed,
                text -> constants.stream()
                        .filter(constant -> name(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be one of " + allowed)),
                Format::name);
    }

    /** {@return whole 64-bit numbers separated by commas, at least one} */
    public static Format<List<Long>> longs() {
        return new Format<>(
                "whole numbers separated by commas",
                text -> {
                    try {
                        return Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(Long::valueOf)
                                .toList();
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("must be whole numbers separated by commas", e);
                    }
                },
                list -> list.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /**
     * {@return decimal numbers separated by commas, at least one, no two of them equal}
     *
     * @param range what is allowed
     */
    public static Format<List<Double>> numbers(Range range) {
        return list(number(range), "numbers", range.text());
    }

    /**
     * {@return whole numbers up to {@link Integer#MAX_VALUE} separated by commas, at least one, no two of them equal}
     *
     * @param range what is allowed
     */
    public static Format<List<Integer>> integers(Range range) {
        return list(integer(range), "whole numbers", range.text());
    }

    /**
     * {@return some of these names separated by commas, at least one, no two of them equal}
     *
     * @param allowed the names
     */
    public static Format<List<String>> names(List<String> allowed) {
        Format<String> one = new Format<>(
                String.join(", ", allowed),
                text -> {
                    if (!allowed.contains(text)) {
                        throw new IllegalArgumentException("must be among " + allowed);
                    }
                    return text;
                },
                Function.identity());
        return list(one, "names", "among " + one.allowed);
    }

    private static <T> Format<List<T>> list(Format<T> one, String kind, String rule) {
        return new Format<>(
                "distinct " + kind + " " + rule + " separated by commas",
                text -> {
                    List<T> values = Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .map(one.parse())
                            .toList();
                    if (values.stream().distinct().count() < values.size()) {
                        throw new IllegalArgumentException("must be distinct " + kind);
                    }
                    return values;
                },
                list -> list.stream().map(one.show()).collect(Collectors.joining(",")));
    }

    /** {@return any text} */
    public static Format<String> text() {
        return new Format<>("text", Function.identity(), Function.identity());
    }

    /** {@return a path of the file system; a relative one starts at the working directory} */
    public static Format<Path> path() {
        return new Format<>(
                "path",
                text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException("must be a path", e);
                    }
                },
                Path::toString);
    }

    private static <T> T inside(Range range, double value, T result) {
        if (!range.contains(value)) {
            throw new IllegalArgumentException("must be " + range.text());
        }
        return result;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
