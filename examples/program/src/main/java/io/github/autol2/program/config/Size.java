package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;

/** How many examples a part has; of a table, perhaps not as a number. */
sealed interface Size {

    /** Of shares with up to nine digits, and of their products with a number of rows. */
    double ROUNDING = 1e-6;

    /**
     * The number of rows.
     *
     * @param all  rows of the file
     * @param rest of them that the other parts leave
     */
    int rows(int all, int rest);

    /** The share of the file's rows; NaN if that is not said. */
    double share();

    /**
     * A number of rows.
     *
     * @param count at least 1
     */
    record Count(int count) implements Size {

        @Override
        public int rows(int all, int rest) {
            return count;
        }

        @Override
        public double share() {
            return Double.NaN;
        }

        @Override
        public String toString() {
            return Integer.toString(count);
        }
    }

    /**
     * A share of the rows of a file, rounded down, but one row at least.
     *
     * @param share in (0, 1)
     */
    record Share(double share) implements Size {

        @Override
        public int rows(int all, int rest) {
            return (int) Math.max(1, Math.floor(share * all + ROUNDING));
        }

        @Override
        public String toString() {
            return Double.toString(share);
        }
    }

    /** What needs no number. */
    enum Whole implements Size {
        /** All rows of the file. */
        ALL {
            @Override
            public int rows(int all, int rest) {
                return all;
            }

            @Override
            public double share() {
                return 1;
            }
        },
        /** The rows that the other parts leave, but one at least. */
        REST {
            @Override
            public int rows(int all, int rest) {
                return Math.max(1, rest);
            }

            @Override
            public double share() {
                return Double.NaN;
            }
        };

        @Override
        public String toString() {
            return this == ALL ? "all" : "rest";
        }
    }

    /** Of a part that others may leave rows for. */
    Format<Size> WITH_REST = new Format<>(
            "whole number >= 1, all, rest, or a share of a table's rows in (0, 1)",
            text -> text.equals("rest") ? Whole.REST : parse(text),
            Size::toString);

    /** Of any other part. */
    Format<Size> FORMAT =
            new Format<>("whole number >= 1, all, or a share of a table's rows in (0, 1)", Size::parse, Size::toString);

    private static Size parse(String text) {
        if (text.equals("all")) {
            return Whole.ALL;
        }
        if (text.matches("0?\\.\\d{1,9}") && Double.parseDouble(text) > 0) {
            return new Share(Double.parseDouble(text));
        }
        return new Count(Format.integer(Range.atLeast(1)).parse().apply(text));
    }
}
