package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.validation.HeldOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** Which example is which, whatever an iterator does at its reset. */
@Tag("slow")
class HeldOutExamplesTest {

    private static final DataSet DATA = data();

    private final Network network = Network.of(Networks.classifier(Networks.base(new Sgd(0.1))));

    /** The first two are of two classes. */
    private static DataSet data() {
        DataSet data = Networks.classes(60, 2);
        data.getLabels().putRow(0, Nd4j.createFromArray(1f, 0f, 0f));
        data.getLabels().putRow(1, Nd4j.createFromArray(0f, 1f, 0f));
        return data;
    }

    /** Gives what a function says of the number of the pass, from 0. */
    private static DataSetIterator passes(IntFunction<DataSet> pass) {
        Iterable<DataSet> data = new Iterable<>() {
            private int number;

            @Override
            public Iterator<DataSet> iterator() {
                return pass.apply(number++).batchBy(7).iterator();
            }
        };
        return new ExistingDataSetIterator(data);
    }

    /** As MnistDataSetIterator does: at each reset. */
    private static DataSetIterator shuffling(DataSet data) {
        return passes(number -> {
            DataSet shuffled = data.copy();
            shuffled.shuffle(number);
            return shuffled;
        });
    }

    private static DataSet rows(int from, int to) {
        INDArrayIndex rows = NDArrayIndex.interval(from, to);
        return new DataSet(
                DATA.getFeatures().get(rows, NDArrayIndex.all()).dup(),
                DATA.getLabels().get(rows, NDArrayIndex.all()).dup());
    }

    private HeldOut judge(HeldOutExamples examples) {
        return examples.judge(network).orElseThrow().heldOut();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 60})
    void knowsEachExampleThoughTheIteratorShufflesAtEachReset(int count) {
        HeldOutExamples examples = new HeldOutExamples(shuffling(rows(0, count)));

        HeldOut first = judge(examples);

        assertThat(first.losses()).doesNotHaveDuplicates();
        for (int i = 0; i < 5; i++) {
            assertThat(judge(examples)).isEqualTo(first);
        }
    }

    /** A saved run goes on in another program, with the same data. */
    @Test
    void knowsThemFromOneIteratorToTheNext() {
        HeldOut first = judge(new HeldOutExamples(shuffling(DATA)));
        DataSetIterator later = shuffling(DATA);
        later.reset();
        later.reset();

        assertThat(judge(new HeldOutExamples(later))).isEqualTo(first);
    }

    /** Sequences of 3 to 6 steps; those of a batch are filled up to its longest one, behind or in front. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knowsSequencesThatAreFilledUpAsTheirBatchNeeds(boolean inFront) {
        List<DataSet> sequences = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            INDArray features = Nd4j.rand(DataType.FLOAT, 1, 2, 3 + i % 4);
            features.putScalar(0, i + 1);
            INDArray labels = Nd4j.zeros(DataType.FLOAT, 1, 2, 3 + i % 4);
            labels.slice(0).getRow(i % 2).assign(1);
            sequences.add(new DataSet(features, labels));
        }
        Random random = new Random(1);
        DataSetIterator shuffling = new ExistingDataSetIterator((Iterable<DataSet>) () -> {
            Collections.shuffle(sequences, random);
            return IntStream.range(0, 5)
                    .mapToObj(batch -> DataSet.merge(sequences.subList(4 * batch, 4 * batch + 4)))
                    .map(batch -> inFront ? backwards(batch) : batch)
                    .iterator();
        });
        ExampleOrder order = ExampleOrder.of(shuffling, batch -> {});
        Map<Integer, Integer> placesByFirstValue = new HashMap<>();

        for (int look = 0; look < 3; look++) {
            ExampleOrder.Pass pass = order.pass();
            List<Integer> firstValues = new ArrayList<>();
            shuffling.reset();
            while (shuffling.hasNext()) {
                DataSet batch = shuffling.next();
                pass.add(batch);
                for (int row = 0; row < batch.numExamples(); row++) {
                    long step = inFront ? batch.getFeatures().size(2) - 1 : 0;
                    firstValues.add((int) batch.getFeatures().getFloat(row, 0, step));
                }
            }
            int[] places = pass.places();
            for (int i = 0; i < 20; i++) {
                int place = places[i];
                assertThat(placesByFirstValue.computeIfAbsent(firstValues.get(i), first -> place))
                        .isEqualTo(place);
            }
        }

        assertThat(placesByFirstValue).hasSize(20);
        assertThat(placesByFirstValue.values()).doesNotHaveDuplicates();
    }

    /** With the last step first, masks included. */
    private static DataSet backwards(DataSet batch) {
        return new DataSet(
                backwards(batch.getFeatures()),
                backwards(batch.getLabels()),
                backwards(batch.getFeaturesMaskArray()),
                backwards(batch.getLabelsMaskArray()));
    }

    private static INDArray backwards(INDArray array) {
        if (array == null) {
            return null;
        }
        int steps = (int) array.size(-1);
        float[] forward = array.dup('c').data().asFloat();
        float[] backward = new float[forward.length];
        for (int i = 0; i < forward.length; i++) {
            int step = i % steps;
            backward[i - step + steps - 1 - step] = forward[i];
        }
        return Nd4j.createFromArray(backward).reshape(array.shape());
    }

    @Test
    void refusesAnIteratorThatDrawsItsExamplesAtRandom() {
        Random random = new Random(1);

        assertThatThrownBy(() -> new HeldOutExamples(passes(number -> {
                    int from = random.nextInt(30);
                    return rows(from, from + 30);
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the validation data must give the same examples after each reset, got 30 examples and then others:"
                                + " do not draw them at random, nor augment and shuffle them at once");
    }

    @Test
    void refusesFewerAndMoreExamplesThanAtFirst() {
        for (int later : new int[] {50, 60}) {
            HeldOutExamples examples = new HeldOutExamples(passes(number -> rows(0, number < 12 ? 55 : later)));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            judge(examples);
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "the validation data must give the same examples after each reset, got 55 examples and"
                                    + " then ");
        }
    }

    /** The labels say which is which. */
    @Test
    void takesFeaturesThatAreAugmentedInTheSameOrder() {
        HeldOutExamples examples = new HeldOutExamples(passes(number -> {
            DataSet augmented = DATA.copy();
            augmented.getFeatures().addi(1e-4 * number);
            return augmented;
        }));

        assertThat(judge(examples).hits())
                .isEqualTo(judge(new HeldOutExamples(passes(number -> DATA))).hits());
    }

    /** Sorted data, of which the first part was held out. */
    @Test
    void refusesExamplesOfOneClass() {
        DataSet one = Networks.classes(20, 1);
        one.getLabels().assign(0).getColumn(1).assign(1);

        assertThatThrownBy(() -> new HeldOutExamples(new ExistingDataSetIterator(one.batchBy(5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation data must hold examples of at least 2 classes, got 1: "
                        + "shuffle the data before a part is held out");
    }
}
