package io.github.autol2.program.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How much each hyperparameter matters to the score, by permutation (Breiman 2001, Random Forests, section 10; Fisher et al. 2019,
 * arXiv:1801.01489): a regression predicts the score of each candidate from all others, once with its own hyperparameters and once with one
 * of them taken from another candidate. What the prediction loses by that, as a share of the variance of the scores, is the importance of
 * that hyperparameter. The regression is a weighted mean with Gaussian weights (Nadaraya 1964) over the ranks of the hyperparameters; its
 * width is the one that predicts best. Nothing is drawn at random.
 *
 * @param explained the part of the variance of the scores that the regression predicts, in (0, 1]
 * @param shares    of the hyperparameters, each at least 0: how much worse the regression predicts without it, in variances of the
 *                  scores. One can be above {@code explained}: a wrong value misleads more than none
 */
record Importance(double explained, List<Double> shares) {

    /** With fewer candidates nothing is said. */
    static final int LEAST_CANDIDATES = 8;

    /** A regression that explains less says nothing about hyperparameters. */
    static final double LEAST_EXPLAINED = 0.1;

    private static final double[] WIDTHS = {0.05, 0.1, 0.2, 0.4, 0.8};
    private static final double SMALLEST_WEIGHT = 1e-12; // far from all others the prediction is their mean
    private static final int MOST_CANDIDATES = 300; // and swaps of each: the cost grows with the square of their number
    private static final int MOST_SWAPS = 20;

    Importance {
        shares = List.copyOf(shares);
    }

    /**
     * One hyperparameter of all candidates.
     *
     * @param values numbers, or of names their numbers
     * @param names  whether two values are either equal or not, without an order
     */
    record Hyperparameter(double[] values, boolean names) {

        /** Ranks in [0, 1], of equal values their mean. */
        private double[] places() {
            if (names) {
                return values;
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return Arrays.stream(values)
                    .map(value -> {
                        int below = (int) Arrays.stream(sorted)
                                .filter(other -> other < value)
                                .count();
                        int equal = (int) Arrays.stream(sorted)
                                .filter(other -> other == value)
                                .count();
                        return (below + (equal - 1) / 2.0) / Math.max(1, sorted.length - 1);
                    })
                    .toArray();
        }
    }

    /**
     * {@return the importance of each hyperparameter; empty if the candidates do not tell}
     *
     * @param hyperparameters at least one
     * @param scores          of the candidates, finite
     */
    static Optional<Importance> of(List<Hyperparameter> hyperparameters, double[] scores) {
        int[] chosen = evenly(scores.length, MOST_CANDIDATES);
        if (chosen.length < LEAST_CANDIDATES) {
            return Optional.empty();
        }
        return new Regression(
                        hyperparameters.stream()
                                .map(one -> new Hyperparameter(pick(one.values(), chosen), one.names()))
                                .map(Hyperparameter::places)
                                .toList(),
                        hyperparameters.stream().map(Hyperparameter::names).toList(),
                        pick(scores, chosen))
                .importance();
    }

    private static double[] pick(double[] values, int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
    }

    /** At most so many of the indices below n. */
    private static int[] evenly(int n, int most) {
        int count = Math.min(n, most);
        return IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray();
    }

    private record Regression(List<double[]> places, List<Boolean> names, double[] scores) {

        Optional<Importance> importance() {
            double mean = Arrays.stream(scores).average().orElseThrow();
            double variance = mean(i -> square(scores[i] - mean));
            if (variance == 0) {
                return Optional.empty();
            }
            double best = Double.NaN;
            double width = WIDTHS[0];
            for (double candidate : WIDTHS) {
                double error = error(candidate);
                if (!(error >= best)) {
                    best = error;
                    width = candidate;
                }
            }
            double explained = 1 - best / variance;
            if (explained < LEAST_EXPLAINED) {
                return Optional.empty();
            }
            List<Double> shares = new ArrayList<>();
            for (int k = 0; k < places.size(); k++) {
                shares.add(Math.max(0, (errorWithout(k, width) - best) / variance));
            }
            return Optional.of(new Importance(explained, shares));
        }

        private double error(double width) {
            return mean(i -> square(scores[i] - predict(i, -1, i, width)));
        }

        /** With one hyperparameter taken from others. */
        private double errorWithout(int swapped, double width) {
            int[] others = evenly(scores.length, MOST_SWAPS);
            return mean(i -> Arrays.stream(others)
                    .mapToDouble(other -> square(scores[i] - predict(i, swapped, other, width)))
                    .average()
                    .orElseThrow());
        }

        /** From all candidates but itself; one hyperparameter may be that of another. */
        private double predict(int candidate, int swapped, int from, double width) {
            double sum = 0;
            double weights = 0;
            for (int j = 0; j < scores.length; j++) {
                if (j != candidate) {
                    double distance = 0;
                    for (int k = 0; k < places.size(); k++) {
                        double[] place = places.get(k);
                        double difference = place[k == swapped ? from : candidate] - place[j];
                        distance += names.get(k) ? (difference == 0 ? 0 : 1) : difference * difference;
                    }
                    double weight = Math.exp(-distance / (2 * width * width)) + SMALLEST_WEIGHT;
                    sum += weight * scores[j];
                    weights += weight;
                }
            }
            return sum / weights;
        }

        private double mean(IntToDoubleFunction value) {
            return IntStream.range(0, scores.length)
                    .mapToDouble(value)
                    .average()
                    .orElseThrow();
        }

        private static double square(double value) {
            return value * value;
        }
    }
}
