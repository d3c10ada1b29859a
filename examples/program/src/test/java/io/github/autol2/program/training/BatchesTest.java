package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.data.Augmenter;
import io.github.autol2.program.data.InputShape;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class BatchesTest {

    @Test
    void anEpochPassesOverEveryRowOnceInANewOrder() {
        Batches batches = batches(rows(7), 3, 1);

        List<Integer> first = epoch(batches);
        List<Integer> second = epoch(batches);

        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void theLastBatchOfAnEpochMayBeSmaller() {
        TrainingBatches batches = new TrainingBatches(batches(rows(7), 3, 1), true);

        assertThat(Stream.generate(() -> batches.next().numExamples()).limit(4)).containsExactly(3, 3, 1, 3);
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(epoch(batches(rows(7), 3, 1)))
                .isEqualTo(epoch(batches(rows(7), 3, 1)))
                .isNotEqualTo(epoch(batches(rows(7), 3, 2)));
    }

    @Test
    void labelsStayWithTheirRows() {
        DataSet batch = batches(rows(7), 7, 1).next();

        assertThat(batch.getLabels()).isEqualTo(batch.getFeatures());
    }

    private static List<Integer> epoch(Batches batches) {
        List<Integer> seen = new ArrayList<>();
        for (batches.reset(); batches.hasNext(); ) {
            for (int row : batches.next().getFeatures().toIntVector()) {
                seen.add(row);
            }
        }
        return seen;
    }

    private static Batches batches(DataSet rows, int batchSize, long seed) {
        return new Batches(rows, batchSize, new Augmenter(Set.of(), InputShape.row(1), seed), seed);
    }

    /** Row i holds the number i, as its feature and as its label. */
    private static DataSet rows(int count) {
        return new DataSet(
                Nd4j.arange(count).reshape(count, 1), Nd4j.arange(count).reshape(count, 1));
    }

    @Test
    void asAnIteratorItEndsWithTheEpochAndBeginsAgainAtAReset() {
        Batches batches = batches(rows(5), 2, 1);

        int seen = 0;
        while (batches.hasNext()) {
            seen += batches.next().numExamples();
        }
        assertThat(seen).isEqualTo(5);
        assertThatThrownBy(batches::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the epoch is over: reset() begins a new one");
        batches.reset();
        assertThat(batches.next().numExamples()).isEqualTo(2);
    }
}
