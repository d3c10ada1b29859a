package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.io.Serializable;
import java.util.Optional;

/** Where the first value of lambda comes from. */
public sealed interface InitialLambda extends Serializable {

    /**
     * Next to nothing: a penalty of this lambda moves no weight. In single precision its gradient is 0. In double precision it is far below
     * the epsilon of every adaptive updater, which would make a whole step of a gradient that is small but above it, for weights that
     * nothing else moves. It is not 0, so that what a penalty comes to can still be told from it.
     */
    double NOTHING = 1e-60;

    /**
     * {@return the first lambda, greater than 0}
     *
     * @param start what the network shows before its first update
     */
    double value(TrainingStart start);

    /** {@return what the first loss has to do with lambda; empty if nothing} */
    default Optional<FromLoss> loss() {
        return Optional.empty();
    }

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
        public double value(TrainingStart start) {
            return lambda;
        }
    }

    /**
     * The lambda whose penalty is a share of the first loss: {@code share * loss / penaltyAtOne}. The baseline takes the place of that loss
     * where it is known and smaller, so that neither the mean of the targets counts nor what a rare class or unscaled inputs make of the
     * first answers. Where there is no training error, it is {@link #WITHOUT_ERROR} of that. It is not above {@link #CEILING}, and not so large that tau = 1/(etaEff lambda) is below {@value #SHORTEST_TAU}
     * iterations.
     *
     * <p>A network collapses when the penalty outweighs the loss's gradients, at any learning rate; comparing the two values when training
     * begins is the cheapest measure of that, and it does not depend on the loss's scale or the width. The bound on tau gives the
     * network time to learn before the penalty shrinks its weights; a small first learning rate (a warm-up) makes it idle. Weights whose
     * size does not matter, because batch normalisation follows them, do not count in the penalty: only the bounds hold for them.
     *
     * @param share in (0, 1]
     */
    record FromLoss(double share) implements InitialLambda {
        /** The largest lambda that this returns: the published one, which normalised networks stand. */
        public static final double CEILING = 0.1;

        /**
         * Regressions may stay on a plateau for a long time before they learn. A penalty that shrinks their weights meanwhile keeps them
         * there.
         */
        public static final double WITHOUT_ERROR = 0.03;

        /** What a regression takes of the share once it has learned half of what there is to learn. */
        public static final double LEARNED = 0.3;

        /** In iterations: no tau of the first lambda is shorter, nor of one that is raised. */
        public static final int SHORTEST_TAU = 200;

        public FromLoss {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("share must be in (0, 1], got " + share);
            }
        }

        @Override
        public Optional<FromLoss> loss() {
            return Optional.of(this);
        }

        @Override
        public double value(TrainingStart start) {
            return value(
                    start.classifies() ? share : share * WITHOUT_ERROR,
                    start.unlearnedLoss(),
                    start.penaltyAtOne(),
                    start.etaEff());
        }

        /**
         * The lambda of a network that has learned: the whole share for a classifier, {@link #LEARNED} of it for a regression.
         *
         * @param loss         without penalty: of a classifier the first one, or the baseline if that is smaller; that of the last iterations of a regression
         * @param penaltyAtOne the penalty that lambda = 1 would have, greater than 0
         */
        double learned(boolean classifies, double loss, double penaltyAtOne, double etaEff) {
            return value(classifies ? share : share * LEARNED, loss, penaltyAtOne, etaEff);
        }

        private static double value(double part, double loss, double penaltyAtOne, double etaEff) {
            double scale = loss > 0 ? loss : 1; // a loss that is not positive has no scale to compare with
            double bound = Math.min(1 / (SHORTEST_TAU * etaEff), CEILING);
            return penaltyAtOne > 0 ? Math.min(part * scale / penaltyAtOne, bound) : bound;
        }
    }

    /**
     * {@link FromLoss} once a classifier fits its training data; before that {@link #NOTHING}. A network that has not learned yet is slowed
     * by a penalty, and training signals cannot tell whether it would be better for it in the end. Held-out
     * data can, and where they decide, its overfitting of them counts instead. Without a training error it is {@link FromLoss}.
     *
     * @param share in (0, 1]
     */
    record OnceFitted(double share) implements InitialLambda {
        public OnceFitted {
            new FromLoss(share); // its demands
        }

        @Override
        public Optional<FromLoss> loss() {
            return Optional.of(new FromLoss(share));
        }

        @Override
        public double value(TrainingStart start) {
            return start.classifies() ? NOTHING : new FromLoss(share).value(start);
        }
    }
}
