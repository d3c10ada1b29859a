package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ClassWeightsTest {

    /** Six training examples: one of class a, none of b, two of c, three of d. */
    private static final DataSplit SPLIT =
            new DataSplit(rows(0, 2, 2, 3, 3, 3), rows(1), rows(1), InputShape.row(1), List.of("a", "b", "c", "d"));

    private static DataSet rows(int... classes) {
        float[][] labels = new float[classes.length][4];
        for (int row = 0; row < classes.length; row++) {
            labels[row][classes[row]] = 1;
        }
        return new DataSet(Nd4j.createFromArray(new float[classes.length][1]), Nd4j.createFromArray(labels));
    }

    @Test
    void balancedWeightsGiveEachClassTheSameShareOfTheTrainingExamples() {
        Target.Classes classes = ClassWeights.BALANCED.apply(SPLIT).classes();

        assertThat(classes.names()).containsExactly("a", "b", "c", "d");
        assertThat(classes.weights()).containsExactly(6 / 3.0, 1.0, 6 / 6.0, 6 / 9.0);
        double all = classes.weights().get(0)
                + 2 * classes.weights().get(2)
                + 3 * classes.weights().get(3);
        assertThat(all / 6).isCloseTo(1, within(1e-12));
        assertThat(classes.weighted()).isTrue();
    }

    @Test
    void withoutWeightsAllCountTheSame() {
        DataSplit split = ClassWeights.NONE.apply(SPLIT);

        assertThat(split).isSameAs(SPLIT);
        assertThat(split.classes().weights()).containsExactly(1.0, 1.0, 1.0, 1.0);
        assertThat(split.classes().weighted()).isFalse();
    }

    @Test
    void balancedClassesNeedNoWeights() {
        DataSplit even = new DataSplit(rows(0, 1, 2, 3), rows(1), rows(1), SPLIT.shape(), SPLIT.classNames());

        assertThat(ClassWeights.BALANCED.apply(even).classes().weighted()).isFalse();
    }

    @Test
    void aQuantityHasNoWeights() {
        DataSet values = new DataSet(
                Nd4j.createFromArray(new float[][] {{1}, {2}}), Nd4j.createFromArray(new float[][] {{1}, {2}}));
        DataSplit split =
                new DataSplit(values, values, values, SPLIT.shape(), new Target.Quantity(0, 1), Optional.empty());

        assertThatThrownBy(() -> ClassWeights.BALANCED.apply(split)).isInstanceOf(InvalidDataException.class);
    }

    @Test
    void refusesWeightsThatAreNoneOrTooFew() {
        assertThatThrownBy(() -> new Target.Classes(List.of("a", "b"), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each of 2 classes must have a finite weight > 0, got [1.0]");
        assertThatThrownBy(() -> new Target.Classes(List.of("a", "b"), List.of(1.0, 0.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each of 2 classes must have a finite weight > 0, got [1.0, 0.0]");
    }
}
