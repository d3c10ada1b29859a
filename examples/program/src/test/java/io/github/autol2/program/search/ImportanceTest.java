package io.github.autol2.program.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.search.Importance.Hyperparameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportanceTest {

    private static final int CANDIDATES = 80;

    /** Three numbers for each candidate, the first log-uniform. */
    private static Optional<Importance> importance(int candidates, ToDoubleFunction<double[]> score) {
        Random random = new Random(4);
        double[][] points = IntStream.range(0, candidates)
                .mapToObj(i -> new double[] {Math.exp(3 * random.nextDouble()), random.nextDouble(), random.nextInt(3)})
                .toArray(double[][]::new);
        List<Hyperparameter> hyperparameters = IntStream.range(0, 3)
                .mapToObj(k -> new Hyperparameter(
                        Arrays.stream(points).mapToDouble(point -> point[k]).toArray(), k == 2))
                .toList();
        return Importance.of(
                hyperparameters, Arrays.stream(points).mapToDouble(score).toArray());
    }

    @Test
    void theOnlyOneThatMattersHasTheWholeImportance() {
        Importance importance =
                importance(CANDIDATES, point -> Math.log(point[0])).orElseThrow();

        assertThat(importance.explained()).isGreaterThan(0.9);
        assertThat(importance.shares().get(0)).isGreaterThan(1);
        assertThat(importance.shares().get(1)).isLessThan(0.1);
        assertThat(importance.shares().get(2)).isLessThan(0.1);
    }

    @Test
    void namesMatterWithoutAnOrder() {
        Importance importance =
                importance(CANDIDATES, point -> point[2] == 1 ? 1 : 0).orElseThrow();

        assertThat(importance.shares().get(2))
                .isGreaterThan(10 * importance.shares().get(0));
        assertThat(importance.shares().get(2))
                .isGreaterThan(10 * importance.shares().get(1));
    }

    @Test
    void twoThatOnlyActTogetherBothMatter() {
        Importance importance = importance(
                        3 * CANDIDATES, point -> (Math.log(point[0]) > 1.5) == (point[1] > 0.5) ? 1 : 0)
                .orElseThrow();

        assertThat(importance.shares().get(0)).isGreaterThan(0.5);
        assertThat(importance.shares().get(1)).isGreaterThan(0.5);
        assertThat(importance.shares().get(2)).isLessThan(0.1);
    }

    @Test
    void noiseTellsNothing() {
        Random noise = new Random(9);

        assertThat(importance(CANDIDATES, point -> noise.nextGaussian())).isEmpty();
    }

    @Test
    void equalScoresTellNothing() {
        assertThat(importance(CANDIDATES, point -> 0.5)).isEmpty();
    }

    @Test
    void fewCandidatesTellNothing() {
        assertThat(importance(Importance.LEAST_CANDIDATES - 1, point -> point[1]))
                .isEmpty();
        assertThat(importance(Importance.LEAST_CANDIDATES, point -> point[2])).isPresent();
    }

    @Test
    void manyCandidatesTakeNoLongerThanAFew() {
        assertThat(importance(20_000, point -> point[1]).orElseThrow().shares().get(1))
                .isGreaterThan(1);
    }
}
