package io.github.autol2.schedule;

/** The unit in which the refractory period is given. */
public enum Timescale {

    /** {@code 1/lambda} iterations, the paper's unit. It depends on the learning rate, the momentum and the loss's scale. */
    INVERSE_LAMBDA {
        @Override
        public double iterations(double lambda, double etaEff) {
            return 1 / lambda;
        }
    },

    /** {@code tau = 1/(etaEff lambda)} iterations: the time in which the penalty alone shrinks a weight by the factor e. */
    TAU {
        @Override
        public double iterations(double lambda, double etaEff) {
            return 1 / (etaEff * lambda);
        }
    };

    /**
     * The unit's length in iterations; infinite where it is not defined (a learning rate of 0).
     *
     * @param lambda greater than 0
     * @param etaEff learning rate divided by (1 - momentum), at least 0
     */
    public abstract double iterations(double lambda, double etaEff);
}
