package io.github.autol2.schedule;

/**
 * What a rule remembers of the losses and errors that it has been shown. Values that do not exist yet are positive infinity.
 *
 * @param previousLoss  loss at the last measurement
 * @param previousError training error at the last measurement that had one
 * @param minimumLoss   smallest loss before the last measurement
 * @param minimumError  smallest training error before the last measurement that had one
 */
public record Seen(double previousLoss, double previousError, double minimumLoss, double minimumError) {

    private static final double NONE = Double.POSITIVE_INFINITY;

    /** Nothing has been measured. */
    static final Seen NOTHING = new Seen(NONE, NONE, NONE, NONE);

    public Seen {
        notNaN("previousLoss", previousLoss);
        notNaN("previousError", previousError);
        notNaN("minimumLoss", minimumLoss);
        notNaN("minimumError", minimumError);
    }

    /** After one more measurement. */
    Seen and(Measurement measurement) {
        return new Seen(
                measurement.loss(),
                measurement.error().orElse(previousError),
                Math.min(minimumLoss, previousLoss),
                measurement.error().isPresent() ? Math.min(minimumError, previousError) : minimumError);
    }

    /** After one more measurement, at which lambda was divided: the minimum stays without the previous one, as in the authors' program. */
    Seen andDivision(Measurement measurement) {
        return new Seen(measurement.loss(), measurement.error().orElse(previousError), minimumLoss, minimumError);
    }

    /** Whether the loss was not below its minimum, now and at the measurement before. */
    boolean lossRose(Measurement measurement) {
        return notBelowTwice(measurement.loss(), previousLoss, minimumLoss);
    }

    /** Whether the training error rose in the same sense; false where there is none. */
    boolean errorRose(Measurement measurement) {
        return measurement.error().isPresent()
                && notBelowTwice(measurement.error().getAsDouble(), previousError, minimumError);
    }

    private static boolean notBelowTwice(double now, double previous, double minimum) {
        return now >= minimum && previous >= minimum;
    }

    private static void notNaN(String name, double value) {
        if (Double.isNaN(value) || value == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(name + " must be a number, got " + value);
        }
    }
}
