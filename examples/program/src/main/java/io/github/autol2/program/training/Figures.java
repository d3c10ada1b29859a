package io.github.autol2.program.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How well a network answers for some examples. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Figures.OfClasses.class), @JsonSubTypes.Type(Figures.OfQuantity.class)})
public sealed interface Figures {

    /** The figure that is told first: higher is better. NaN if the network gives no finite numbers. */
    double main();

    /** The figure that steps, seeds and lambdas are chosen by: higher is better. NaN where {@link #main} is. */
    default double chooser() {
        return main();
    }

    /** What {@link #chooser} is called: {@code accuracy}, {@code balanced accuracy} or {@code R2}. */
    String label();

    /** The figure that is told beside it. */
    double second();

    /** Puts figures in order: {@link #chooser}, and less than all others where that is NaN. */
    default double rank() {
        return rank(chooser());
    }

    /** The same for a single figure or a mean of some. */
    static double rank(double figure) {
        return Double.isNaN(figure) ? Double.NEGATIVE_INFINITY : figure;
    }

    /**
     * Of classes.
     *
     * @param accuracy         fraction of the examples classified rightly; NaN if the network gives no finite numbers
     * @param balancedAccuracy mean over the classes that the examples have of the fraction of their examples classified rightly; NaN as well
     * @param balanced         whether balanced accuracy chooses, because classes are weighted
     */
    record OfClasses(double accuracy, double balancedAccuracy, boolean balanced) implements Figures {

        /** Of classes that count the same. */
        public OfClasses(double accuracy, double balancedAccuracy) {
            this(accuracy, balancedAccuracy, false);
        }

        @Override
        public double chooser() {
            return balanced ? balancedAccuracy : accuracy;
        }

        @Override
        public double main() {
            return accuracy;
        }

        @Override
        public String label() {
            return balanced ? "balanced accuracy" : "accuracy";
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
