package io.github.autol2.program.training;

/** Points of curves for tests that do not look at everything in them. */
public final class Points {

    private Points() {}

    /**
     * A point of classes with the same number of examples each.
     *
     * @param accuracies of training, validation and test examples
     */
    public static CurvePoint ofClasses(long step, double lambda, double... accuracies) {
        return new CurvePoint(
                step, lambda, 0.05, 1, 0.5, figures(accuracies[0]), figures(accuracies[1]), figures(accuracies[2]));
    }

    private static Figures figures(double accuracy) {
        return new Figures.OfClasses(accuracy, accuracy);
    }
}
