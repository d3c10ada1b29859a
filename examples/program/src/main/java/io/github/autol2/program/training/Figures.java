package io.github.autol2.program.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How well a network answers for some examples. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Figures.OfClasses.class), @JsonSubTypes.Type(Figures.OfQuantity.class)})
public sealed interface Figures {

    /** The figure that steps, seeds and lambdas are chosen by: higher is better. NaN if the network gives no finite numbers. */
    double main();

    /** What {@link #main} is called: {@code accuracy} or {@code R2}. */
    String label();

    /** The figure that is told beside it. */
    double second();

    /** Puts figures in order: {@link #main}, and less than all others where that is NaN. */
    default double rank() {
        return rank(main());
    }

    /** The same for a main figure or a mean of some. */
    static double rank(double main) {
        return Double.isNaN(main) ? Double.NEGATIVE_INFINITY : main;
    }

    /**
     * Of classes.
     *
     * @param accuracy         fraction of the examples classified rightly; NaN if the network gives no finite numbers
     * @param balancedAccuracy mean over the classes that the examples have of the fraction of their examples classified rightly; NaN as well
     */
    record OfClasses(double accuracy, double balancedAccuracy) implements Figures {

        @Override
        public double main() {
            return accuracy;
        }

        @Override
        public String label() {
            return "accuracy";
        }

        @Override
        public double second() {
            return balancedAccuracy;
        }
    }

    /**
     * Of a quantity.
     *
     * @param r2   1 - (mean squared error) / (variance of the examples' values), at most 1; 0 for who always answers their mean
     * @param rmse root of the mean squared error, in the unit of the table
     */
    record OfQuantity(double r2, double rmse) implements Figures {

        @Override
        public double main() {
            return r2;
        }

        @Override
        public String label() {
            return "R2";
        }

        @Override
        public double second() {
            return rmse;
        }
    }
}
