package io.github.autol2.schedule;

import java.io.Serializable;

/** Where the first value of lambda comes from. */
public sealed interface InitialLambda extends Serializable {

    /**
     * The first lambda for a network that starts to train with the given effective learning rate.
     *
     * @param etaEff learning rate divided by (1 - momentum), at least 0
     */
    double value(double etaEff);

    /**
     * A number chosen by the user.
     *
     * @param lambda coefficient of {@code 1/2 lambda |theta|^2}, finite and greater than 0
     */
    record Fixed(double lambda) implements InitialLambda {
        public Fixed {
            Check.positive("initialLambda", lambda);
        }

        @Override
        public double value(double etaEff) {
            return lambda;
        }
    }

    /**
     * Ten times the guess {@code 1.3 / (etaEff T)} for a budget of T iterations, but not above {@link #CEILING}.
     *
     * <p>1.3 is t* etaEff lambda of the authors' WRN-28-10 run (Fig. 1b of arXiv:2006.08643v2) in units that do not depend on the
     * loss's scale. The schedule starts above the guess because AutoL2 only ever lowers lambda.
     *
     * @param iterations T, the number of parameter updates that the run will have, at least 1
     */
    record FromBudget(long iterations) implements InitialLambda {
        /**
         * The largest lambda that this guess returns. Whether a network collapses is decided by lambda itself against the
         * gradients of the loss: for losses averaged over the batch, 0.03 slowed small unnormalised networks and 0.1 destroyed
         * them, at every learning rate tried.
         */
        public static final double CEILING = 0.03;

        private static final double TYPICAL_TSTAR_ETA_LAMBDA = 1.3;
        private static final double ABOVE_GUESS = 10;

        public FromBudget {
            if (iterations < 1) {
                throw new IllegalArgumentException("budget must be at least 1 iteration, got " + iterations);
            }
        }

        @Override
        public double value(double etaEff) {
            return Math.min(ABOVE_GUESS * TYPICAL_TSTAR_ETA_LAMBDA / (etaEff * iterations), CEILING);
        }
    }
}
