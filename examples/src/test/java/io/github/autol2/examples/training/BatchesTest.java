package io.github.autol2.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class BatchesTest {

    @Test
    void anEpochPassesOverEveryRowOnceInANewOrder() {
        Batches batches = new Batches(rows(7), 3, 1);

        List<Integer> first = epoch(batches);
        List<Integer> second = epoch(batches);

        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void theLastBatchOfAnEpochMayBeSmaller() {
        Batches batches = new Batches(rows(7), 3, 1);

        assertThat(Stream.generate(() -> batches.nextOfEndless().numExamples()).limit(4)).containsExactly(3, 3, 1, 3);
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(epoch(new Batches(rows(7), 3, 1))).isEqualTo(epoch(new Batches(rows(7), 3, 1)))
                .isNotEqualTo(epoch(new Batches(rows(7), 3, 2)));
    }

    @Test
    void labelsStayWithTheirRows() {
        DataSet batch = new Batches(rows(7), 7, 1).next();

        assertThat(batch.getLabels()).isEqualTo(batch.getFeatures());
    }

    private static List<Integer> epoch(Batches batches) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int row : batches.nextOfEndless().getFeatures().toIntVector()) {
                seen.add(row);
            }
        }
        return seen;
    }

    /** Row i holds the number i, as its feature and as its label. */
    private static DataSet rows(int count) {
        return new DataSet(Nd4j.arange(count).reshape(count, 1), Nd4j.arange(count).reshape(count, 1));
    }

    @Test
    void asAnIteratorItEndsWithTheEpochAndBeginsAgainAtAReset() {
        Batches batches = new Batches(rows(5), 2, 1);

        int seen = 0;
        while (batches.hasNext()) {
            seen += batches.next().numExamples();
        }
        assertThat(seen).isEqualTo(5);
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class)
                .hasMessage("the epoch is over: reset() begins a new one");
        batches.reset();
        assertThat(batches.next().numExamples()).isEqualTo(2);
    }
}
