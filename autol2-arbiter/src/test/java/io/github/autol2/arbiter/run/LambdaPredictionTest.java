package io.github.autol2.arbiter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.prediction.Calibration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Without a training: the calibration is made by hand. Sequences have 10 steps, in segments of 4 where backpropagation is truncated. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaPredictionTest {

    private static final int BATCHES = 5;
    private static final int EPOCHS = 20;

    /** Endless in the hands of {@link Endless}. */
    private static final DataSet BATCH =
            new DataSet(Nd4j.zeros(DataType.FLOAT, 1, 2, 10), Nd4j.zeros(DataType.FLOAT, 1, 2, 10));

    @SuppressWarnings("deprecation") // the shorter way to data
    private record Rows(Supplier<DataSetIterator> training) implements DataProvider {
        @Override
        public Object trainData(Map<String, Object> parameters) {
            return training.get();
        }

        @Override
        public Object testData(Map<String, Object> parameters) {
            return training.get();
        }

        @Override
        public Class<?> getDataType() {
            return DataSetIterator.class;
        }
    }

    @SuppressWarnings("serial") // is never written
    private static final class Endless extends ListDataSetIterator<DataSet> {
        Endless() {
            super(List.of(BATCH));
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public DataSet next() {
            return BATCH;
        }
    }

    private static DataSetIterator batches() {
        return new ListDataSetIterator<>(Collections.nCopies(BATCHES, BATCH), 1);
    }

    private static LambdaCandidate candidate(BackpropType type, LambdaOptions options) {
        DL4JConfiguration configuration = new DL4JConfiguration(
                new NeuralNetConfiguration.Builder()
                        .list()
                        .layer(new LSTM.Builder().nIn(2).nOut(2).build())
                        .layer(new RnnOutputLayer.Builder()
                                .nIn(2)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .backpropType(type)
                        .tBPTTLength(4)
                        .build(),
                null,
                EPOCHS);
        return new LambdaCandidate(
                0,
                new Candidate<>((Object) configuration, 0, new double[0], null, null),
                new CandidateNetwork(configuration),
                0,
                options,
                EPOCHS);
    }

    /** The budgets of the calibrations that are asked for. */
    private static List<Long> predict(LambdaCandidate candidate, Supplier<DataSetIterator> training) throws Exception {
        List<Long> budgets = new ArrayList<>();
        LambdaPrediction.setLambda(
                candidate,
                new SearchData.Provider(new Rows(training), null),
                new Calibrations(Optional.empty()),
                (wanted, observer, finished) -> {
                    budgets.add(wanted.budget());
                    return new Calibration(0.1, 10, 5, 20, 3, 10, 0.5, List.of(), List.of(), List.of());
                },
                accuracy -> {});
        return budgets;
    }

    @Test
    void isForTheParameterUpdatesOfTheTraining() throws Exception {
        LambdaCandidate whole = candidate(BackpropType.Standard, LambdaOptions.predicted());
        LambdaCandidate truncated = candidate(BackpropType.TruncatedBPTT, LambdaOptions.predicted());

        assertThat(predict(whole, LambdaPredictionTest::batches)).containsExactly((long) BATCHES * EPOCHS);
        assertThat(predict(truncated, LambdaPredictionTest::batches)).containsExactly(3L * BATCHES * EPOCHS);
        assertThat(whole.lambda().orElseThrow().iterations()).isEqualTo(BATCHES * EPOCHS);
        assertThat(truncated.lambda().orElseThrow().iterations()).isEqualTo(3 * BATCHES * EPOCHS);
    }

    @Test
    void dataWithoutAnEndAreRefusedUnlessTheOptionsSayHowLongTheTrainingIs() throws Exception {
        LambdaCandidate candidate = candidate(BackpropType.Standard, LambdaOptions.predicted());
        LambdaCandidate told =
                candidate(BackpropType.Standard, LambdaOptions.predicted().withIterations(70));

        assertThatThrownBy(() -> predict(candidate, Endless::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a pass over the training data has more than 1000000 iterations")
                .hasMessageContaining("LambdaOptions.withIterations");
        assertThat(predict(told, Endless::new)).containsExactly(70L);
    }

    @Test
    void anInterruptEndsTheCount() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> predict(candidate(BackpropType.Standard, LambdaOptions.predicted()), Endless::new))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
