package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

class TrainingBatchesTest {

    private static final DataSplit DATA = new SyntheticDigits().load(new SplitSizes(10, 4, 4), 1);
    private static final Set<Augmentation> ALL = Set.of(Augmentation.values());

    @Test
    void makingBatchesAheadChangesNothingInThem() {
        List<DataSet> ahead = take(ALL, true, 1);
        List<DataSet> asked = take(ALL, false, 1);

        for (int i = 0; i < ahead.size(); i++) {
            assertThat(ahead.get(i).getFeatures()).isEqualTo(asked.get(i).getFeatures());
            assertThat(ahead.get(i).getLabels()).isEqualTo(asked.get(i).getLabels());
        }
    }

    @Test
    void theSeedDecidesTheAugmentation() {
        assertThat(take(ALL, true, 1)).isEqualTo(take(ALL, true, 1)).isNotEqualTo(take(ALL, true, 2));
    }

    @Test
    void augmentsCopiesAndNothingButTrainingExamples() {
        INDArray training = DATA.training().getFeatures().dup();
        INDArray validation = DATA.validation().getFeatures().dup();

        take(ALL, true, 1);

        assertThat(DATA.training().getFeatures()).isEqualTo(training);
        assertThat(DATA.validation().getFeatures()).isEqualTo(validation);
    }

    @Test
    void withoutAugmentationBatchesAreRowsOfTheData() {
        List<INDArray> rows = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            rows.add(DATA.training().getFeatures().getRow(row));
        }

        for (DataSet batch : take(Set.of(), true, 1)) {
            for (int row = 0; row < batch.numExamples(); row++) {
                assertThat(rows).contains(batch.getFeatures().getRow(row));
            }
        }
    }

    @Test
    void theThreadEndsWithTheBatches() throws InterruptedException {
        int before = threads();
        TrainingBatches batches = new TrainingBatches(Batches.of(DATA, 4, ALL, 1), true);
        batches.next();
        assertThat(batches.secondsWaited()).isPositive();

        batches.close();

        for (int i = 0; i < 100 && threads() > before; i++) {
            Thread.sleep(20);
        }
        assertThat(threads()).isEqualTo(before);
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getClass().getName().startsWith(AsyncDataSetIterator.class.getName()))
                .count();
    }

    /** Three epochs and a half. */
    private static List<DataSet> take(Set<Augmentation> augment, boolean ahead, long seed) {
        List<DataSet> taken = new ArrayList<>();
        try (TrainingBatches batches = new TrainingBatches(Batches.of(DATA, 4, augment, seed), ahead)) {
            for (int i = 0; i < 10; i++) {
                taken.add(batches.next());
            }
        }
        return taken;
    }
}
