package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.arbiter.pruning.Pruning;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;

/** What tells a search in a folder from others: the same in each process, whatever users write. */
class SearchDescriptionTest {

    /** All that it has to say is its class. */
    private static final class Silent implements ScoreFunction {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("deprecation") // Arbiter's interface has it
        public double score(Object model, DataProvider data, Map<String, Object> parameters) {
            return 0;
        }

        @Override
        public double score(Object model, Class<? extends DataSource> source, Properties properties) {
            return 0;
        }

        @Override
        public boolean minimize() {
            return false;
        }

        @Override
        public List<Class<?>> getSupportedModelTypes() {
            return List.of();
        }

        @Override
        public List<Class<?>> getSupportedDataTypes() {
            return List.of();
        }
    }

    /** Its text is that of the class above it. */
    private static final class Derived extends EvaluationScoreFunction {
        private static final long serialVersionUID = 1;

        Derived() {
            super(Evaluation.Metric.ACCURACY);
        }
    }

    private static String described(ScoreFunction score) {
        return Searchable.description(
                Searches.configuration(
                                new LambdaGenerator(new RandomSearchGenerator(
                                        Searches.space().build())),
                                1)
                        .scoreFunction(score)
                        .build(),
                Pruning.none());
    }

    @Test
    void aScoreFunctionWithoutATextOfItsOwnIsKnownByItsClass() {
        assertThat(described(new Silent())).isEqualTo(described(new Silent())).contains(Silent.class.getName());
    }

    @Test
    void aScoreFunctionThatInheritsItsTextIsAnother() {
        assertThat(described(new Derived()))
                .isNotEqualTo(described(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY)));
    }

    @Test
    void anotherMetricIsAnotherSearch() {
        assertThat(described(new EvaluationScoreFunction(Evaluation.Metric.F1)))
                .isNotEqualTo(described(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY)));
    }
}
