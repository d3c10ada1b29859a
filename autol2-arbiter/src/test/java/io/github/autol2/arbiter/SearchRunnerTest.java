package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchRunnerTest {

    private static CandidateGenerator random() {
        RandomSearchGenerator generator =
                new RandomSearchGenerator(Searches.space().build());
        generator.setRngSeed(5);
        return new LambdaGenerator(generator);
    }

    @Test
    void trainsEachCandidateWithItsPredictedLambda() throws Exception {
        SearchRunner runner = new SearchRunner(
                2,
                Searches.configuration(random(), 4)
                        .modelSaver(new InMemoryResultSaver())
                        .build());

        runner.execute();

        List<CandidateInfo> candidates = runner.getCandidateStatus();
        assertThat(candidates).hasSize(4);
        for (var reference : runner.getResults()) {
            CandidateLambda lambda = (CandidateLambda) reference.getResult().getModelSpecificResults();
            MultiLayerNetwork network = (MultiLayerNetwork) reference.getResultModel();
            assertThat(network.getLayerWiseConfigurations().toJson()).contains("\"value\" : " + lambda.lambda());
        }
    }
}
