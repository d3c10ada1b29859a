package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class PortionsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 10, 11})
    void areThoseOfND4J(int size) {
        DataSet examples = new DataSet(
                Nd4j.linspace(1, 30, 30).reshape(10, 3).castTo(Nd4j.defaultFloatingPointType()),
                Nd4j.linspace(1, 10, 10).reshape(10, 1).castTo(Nd4j.defaultFloatingPointType()));
        List<DataSet> expected = examples.batchBy(size);

        List<DataSet> batches = Portions.of(examples, size);

        assertThat(batches).hasSameSizeAs(expected);
        for (int i = 0; i < batches.size(); i++) {
            assertThat(batches.get(i).getFeatures()).isEqualTo(expected.get(i).getFeatures());
            assertThat(batches.get(i).getLabels()).isEqualTo(expected.get(i).getLabels());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void areNoneOfNoExamples(int size) {
        DataSet none = new Rows(0, 3, 2).toDataSet();

        assertThat(Portions.of(none, size)).isEmpty();
    }
}
