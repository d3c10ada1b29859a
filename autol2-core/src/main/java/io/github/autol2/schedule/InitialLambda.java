package io.github.autol2.schedule;

import java.io.Serializable;

/** Where the first value of lambda comes from. */
public sealed interface InitialLambda extends Serializable {

    /**
     * The first lambda.
     *
     * @param loss         mean loss per example without penalty at the first iteration, finite
     * @param penaltyAtOne the penalty that lambda = 1 would have there, over the weights whose size matters, at least 0; 0 if there are
     *                     none
     *                     or it is not known
     * @param etaEff       learning rate divided by (1 - momentum) at the first iteration, at least 0
     */
    double value(double loss, double penaltyAtOne, double etaEff);

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
        public double value(double loss, double penaltyAtOne, double etaEff) {
            return lambda;
        }
    }

    /**
     * The lambda whose penalty is a share of the first loss: {@code share * loss / penaltyAtOne}, but not above {@link #CEILING}, and not
     * so
     * large that tau is below {@value #SHORTEST_TAU} iterations.
     *
     * <p>A network collapses when the penalty outweighs the loss's gradients, at any learning rate; comparing the two values when training
     * begins is the cheapest measure of that, and it does not depend on the loss's scale or the width. The bound on tau gives the
     * network time to learn before the penalty shrinks its weights; a small first learning rate (a warm-up) makes it idle. Weights whose
     * size does not matter, because batch normalisation follows them, do not count: a large
     * penalty does such layers no harm.
     *
     * @param share in (0, 1]
     */
    record FromLoss(double share) implements InitialLambda {
        /** The largest lambda that this returns: the published one, which normalised networks stand. */
        public static final double CEILING = 0.1;

        /** In iterations, where the size of the weights matters. */
        static final int SHORTEST_TAU = 200;

        public FromLoss {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("share must be in (0, 1], got " + share);
            }
        }

        @Override
        public double value(double loss, double penaltyAtOne, double etaEff) {
            // A loss that is not positive has no scale to compare with.
            double scale = loss > 0 ? loss : 1;
            return penaltyAtOne > 0
                    ? Math.min(Math.min(share * scale / penaltyAtOne, 1 / (SHORTEST_TAU * etaEff)), CEILING)
                    : CEILING;
        }
    }
}
