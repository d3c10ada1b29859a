package io.github.autol2.program.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the outputs of a network mean. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Target.Classes.class), @JsonSubTypes.Type(Target.Quantity.class)})
public sealed interface Target {

    /** The number of outputs. */
    int outputs();

    /**
     * Each output is the probability of a class.
     *
     * @param names   in the order of the outputs, at least two
     * @param weights of the classes in the loss, in the same order, finite and greater than 0; all 1 unless the user asks for others
     */
    record Classes(List<String> names, List<Double> weights) implements Target {

        public Classes {
            names = List.copyOf(names);
            weights = List.copyOf(weights);
            if (names.size() < 2) {
                throw new IllegalArgumentException("there must be at least 2 classes, got " + names);
            }
            if (weights.size() != names.size()
                    || weights.stream().anyMatch(weight -> !(weight > 0 && Double.isFinite(weight)))) {
                throw new IllegalArgumentException(
                        "each of " + names.size() + " classes must have a finite weight > 0, got " + weights);
            }
        }

        /** Classes that count the same. */
        public Classes(List<String> names) {
            this(names, Collections.nCopies(names.size(), 1.0));
        }

        /**
         * Classes that are called by their numbers from 0.
         *
         * @param count at least 2
         */
        public static Classes numbered(int count) {
            return new Classes(
                    IntStream.range(0, count).mapToObj(Integer::toString).toList());
        }

        /** Whether a class counts more than another. */
        public boolean weighted() {
            return weights.stream().anyMatch(weight -> weight != 1);
        }

        @Override
        public int outputs() {
            return names.size();
        }
    }

    /**
     * The only output is a quantity, standardised by the training rows: {@code (value - mean) / deviation}.
     *
     * @param mean      of the training rows, finite, in the table's own unit
     * @param deviation of the training rows, finite and greater than 0, in the table's own unit
     */
    record Quantity(double mean, double deviation) implements Target {

        public Quantity {
            if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
                throw new IllegalArgumentException(
                        "mean must be finite and deviation finite and > 0, got " + mean + " and " + deviation);
            }
        }

        @Override
        public int outputs() {
            return 1;
        }

        /** What a network is to answer for a value in the table's own unit. */
        float standardised(double value) {
            return (float) ((value - mean) / deviation);
        }

        /** The value in the table's own unit that a network's answer means. */
        public double value(double output) {
            return mean + deviation * output;
        }
    }
}
