package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnimodalFitTest {

    @Test
    void fitsAUnimodalSequenceExactly() {
        UnimodalFit fit = new UnimodalFit(new double[] {1, 2, 4, 3, 0});

        assertThat(fit.cost(2)).isZero();
        assertThat(fit.leastCost()).isZero();
        assertThat(fit.meanFit(new double[] {0, 0, 1, 0, 0})).containsExactly(1, 2, 4, 3, 0);
    }

    @Test
    void poolsWhatViolatesTheOrder() {
        // Rising to the end: 3 and 1 share their mean 2, at a cost of 1 + 1.
        UnimodalFit fit = new UnimodalFit(new double[] {0, 3, 1, 5});

        assertThat(fit.cost(3)).isCloseTo(2, within(1e-12));
        assertThat(fit.meanFit(new double[] {0, 0, 0, 1})).containsExactly(0, 2, 2, 5);
    }

    @Test
    void findsTheLeastSquaresAmongAllUnimodalFitsOfSmallSequences() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            double[] values = random.doubles(5).toArray();
            UnimodalFit fit = new UnimodalFit(values);
            for (int top = 0; top < 5; top++) {
                assertThat(fit.cost(top))
                        .isLessThanOrEqualTo(leastCostOnAGrid(values, top) + 1e-12)
                        .isGreaterThan(leastCostOnAGrid(values, top) - 5 * 2 * 0.0625);
            }
        }
    }

    /**
     * Over all sequences on a grid of 0, 0.125 ... 1 that rise up to the top and fall after it. The true fit lies at most 0.0625
     * beside the grid at each of the five positions, and deviates from its value by at most 1.
     */
    private static double leastCostOnAGrid(double[] values, int top) {
        return best(values, top, 0, 0, 0);
    }

    private static double best(double[] values, int top, int position, int last, double cost) {
        if (position == values.length) {
            return cost;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int level = 0; level <= 8; level++) {
            boolean allowed = position == 0 || (position <= top ? level >= last : level <= last);
            if (allowed) {
                double gap = values[position] - level / 8.0;
                best = Math.min(best, best(values, top, position + 1, level, cost + gap * gap));
            }
        }
        return best;
    }

    @Test
    void likelihoodsAreOneAtTheBestAndSmallerElsewhere() {
        double[] likelihoods = new UnimodalFit(new double[] {0, 1, 2, 1, 0}).likelihoods(0.5);

        assertThat(likelihoods[2]).isEqualTo(1);
        assertThat(likelihoods[4]).isLessThan(likelihoods[2]);
        assertThat(new UnimodalFit(new double[] {0, 1, 2, 1, 0}).likelihoods(1)[4])
                .isGreaterThan(likelihoods[4]);
    }
}
