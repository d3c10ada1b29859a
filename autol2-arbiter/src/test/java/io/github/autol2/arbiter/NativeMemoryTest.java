package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NativeMemoryTest {

    private static final int CANDIDATES = 60;
    private static final int FIRST = 10;

    /** 1 MB of weights each; nothing but the runner gives them back in so short a time. */
    @Test
    void isGivenBackAfterEachCandidate() {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(Searches.learningRate()))
                .addLayer(new DenseLayerSpace.Builder().nIn(4).nOut(500).build())
                .addLayer(new DenseLayerSpace.Builder().nOut(500).build())
                .addLayer(Searches.output())
                .numEpochs(1)
                .build();
        SearchRunner runner = new SearchRunner(
                2,
                Searches.configuration(new RandomSearchGenerator(space), CANDIDATES)
                        .build());
        AtomicLong first = new AtomicLong();
        AtomicLong later = new AtomicLong();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onRunnerStatusChange(IOptimizationRunner search) {
                (search.numCandidatesCompleted() <= FIRST ? first : later)
                        .accumulateAndGet(Pointer.totalBytes(), Math::max);
            }
        });

        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(CANDIDATES);
        assertThat(later.get()).isLessThan(first.get() + 20 * 1_000_000L);
    }
}
