package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.validation.HeldOut;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Held-out examples that a network is judged by, the same ones each time, in whatever order. An example is a row of a batch; a
 * sequence is one example, whose steps count as parts of it. Labels that are classes make an accuracy; with others there is
 * the loss alone.
 */
final class HeldOutExamples {

    /** Outputs that vary less than this from example to example, relative to the labels or to an untrained network's outputs. */
    private static final double LEAST_SPREAD = 0.01;

    /** Probabilities that vary less than that from example to example may not vary at all but for the rounding of floats. */
    private static final double LEAST_OF_CLASSES = 1e-5;

    private final DataSetIterator iterator;
    private final Map<ClassAxis, Labels> labels = new EnumMap<>(ClassAxis.class);
    private final ExampleOrder order;
    private double wholeSpread; // of outputs that tell the examples apart

    /**
     * What a network makes of the examples.
     *
     * @param alive whether its outputs depend on its input
     */
    record Judged(HeldOut heldOut, boolean alive) {}

    private record Look(float[] losses, float[] hits, double spread) {
        HeldOut heldOut(boolean alive) {
            return new HeldOut(losses, hits, alive);
        }
    }

    /**
     * Looks at all examples.
     *
     * @param iterator at least one example; can be reset, and gives the same examples then
     * @throws IllegalArgumentException if it does not, or all are of one class
     */
    HeldOutExamples(DataSetIterator iterator) {
        new LabelledExamples("validation", iterator).requireBatch();
        this.iterator = iterator;
        for (ClassAxis axis : ClassAxis.values()) {
            labels.put(axis, new Labels(axis));
        }
        Spread spread = new Spread();
        this.order = ExampleOrder.of(iterator, batch -> {
            labels.values().forEach(one -> one.add(batch));
            spread.add(batch.getLabels());
        });
        Labels found = labels.get(ClassAxis.SECOND);
        if (found.areFlat()) {
            found.requireTwoClasses("validation", false); // at once; others when the network is known
        }
        this.wholeSpread = spread.deviation();
        iterator.reset();
    }

    /**
     * Whether there is an accuracy.
     *
     * @throws IllegalArgumentException if all examples are of one class for this network
     */
    boolean classify(JudgedNetwork network) {
        Labels found = labels.get(ClassAxis.of(network));
        boolean probabilities = network instanceof Network layers && TrainingError.takesProbabilities(layers);
        found.requireTwoClasses("validation", probabilities);
        return found.areClasses(probabilities);
    }

    int count() {
        return order.count();
    }

    /**
     * Looks by the first batch whether a network takes the examples.
     *
     * @throws IllegalStateException if it does not
     */
    void requireTakenBy(JudgedNetwork network) {
        iterator.reset();
        DataSet batch = iterator.next();
        iterator.reset();
        String what = "the network does not take the validation data, with features "
                + Arrays.toString(batch.getFeatures().shape()) + " and labels "
                + Arrays.toString(batch.getLabels().shape()) + ": ";
        long losses;
        try {
            losses = network.judge(batch).losses().length();
        } catch (RuntimeException e) { // of many kinds, from all over ND4J
            throw new IllegalStateException(what + e.getMessage(), e);
        }
        if (losses != batch.numExamples()) {
            throw new IllegalStateException(
                    what + "it gives " + losses + " losses for " + batch.numExamples() + " examples");
        }
    }

    /**
     * The same for a network inside of a training step, whose layers keep its batch: a copy looks at the examples, on a thread of its own,
     * which has none of the step's workspaces open.
     *
     * @throws IllegalStateException if it does not take them
     */
    void requireTakenByACopyOf(Network network) {
        Runnable look = () -> {
            INDArray parameters = network.model().params().dup();
            Network copy = network.either(
                    multiLayer -> {
                        MultiLayerNetwork other = new MultiLayerNetwork(
                                multiLayer.getLayerWiseConfigurations().clone());
                        other.init(parameters, false);
                        return Network.of(other);
                    },
                    graph -> {
                        ComputationGraph other =
                                new ComputationGraph(graph.getConfiguration().clone());
                        other.init(parameters, false);
                        return Network.of(other);
                    });
            requireTakenBy(copy);
        };
        try {
            CompletableFuture.runAsync(look, task -> new Thread(task, "AutoL2 validation").start())
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalStateException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /**
     * Judges a network.
     *
     * @return empty if it gives no finite numbers
     */
    Optional<Judged> judge(JudgedNetwork network) {
        return look(network).map(seen -> {
            boolean alive = !(seen.spread() <= LEAST_SPREAD * wholeSpread); // NaN where there is no output to tell
            return new Judged(seen.heldOut(alive), alive);
        });
    }

    private Optional<Look> look(JudgedNetwork network) {
        for (INDArray parameters : network.parameters()) {
            if (!Double.isFinite(parameters.sumNumber().doubleValue())) {
                return Optional.empty(); // rectifiers turn NaN into 0, so that the outputs do not show it
            }
        }
        ClassAxis axis = ClassAxis.of(network);
        float[] losses = new float[count()];
        float[] hits = new float[classify(network) ? count() : 0];
        Spread spread = new Spread();
        ExampleOrder.Pass pass = order.pass();
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            int next = pass.add(batch);
            JudgedNetwork.Judgement judgement = network.judge(batch);
            float[] loss = judgement.losses().dup('c').data().asFloat();
            for (float one : loss) {
                if (!Float.isFinite(one)) {
                    iterator.reset();
                    return Optional.empty();
                }
            }
            System.arraycopy(loss, 0, losses, next, loss.length);
            if (judgement.output().isEmpty()) {
                hits = new float[0];
            } else {
                INDArray output = judgement.output().get();
                if (hits.length > 0) {
                    float[] right =
                            hits(axis.toSecond(batch.getLabels()), axis.toSecond(output), batch.getLabelsMaskArray());
                    System.arraycopy(right, 0, hits, next, right.length);
                }
                spread.add(output);
            }
        }
        iterator.reset();
        int[] places = pass.places();
        return Optional.of(new Look(inOrder(losses, places), inOrder(hits, places), spread.deviation()));
    }

    private static float[] inOrder(float[] values, int[] places) {
        float[] ordered = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            ordered[places[i]] = values[i];
        }
        return ordered;
    }

    /**
     * Looks at a network that has not trained. Its outputs may vary far less than the labels, as in regression or in a deep classifier with
     * sigmoids, and so may those of a network that has trained for a short time: that is no sign of death.
     *
     * @return its mean loss; empty if it gives no finite numbers
     */
    OptionalDouble lookAtUntrained(JudgedNetwork network) {
        Optional<Look> seen = look(network);
        if (seen.isPresent()) {
            double least = classify(network) ? LEAST_OF_CLASSES : 0;
            wholeSpread = Math.min(wholeSpread, Math.max(least, seen.get().spread()));
        }
        return seen.map(found -> OptionalDouble.of(found.heldOut(true).loss())).orElse(OptionalDouble.empty());
    }

    /**
     * The fraction of each example's places, steps or pixels, whose class is right; masked ones do not count. An example whose places are
     * all masked is wrong at every evaluation.
     */
    private static float[] hits(INDArray labels, INDArray output, INDArray mask) {
        int[] actual = Labels.classes(labels);
        int[] predicted = Labels.classes(output);
        int rows = (int) labels.size(0);
        int places = actual.length / rows;
        float[] weights = Labels.weights(mask, actual.length, rows);
        float[] hits = new float[rows];
        for (int row = 0; row < rows; row++) {
            float right = 0;
            float all = 0;
            for (int i = row * places; i < (row + 1) * places; i++) {
                all += weights[i];
                right += actual[i] == predicted[i] ? weights[i] : 0;
            }
            hits[row] = all == 0 ? 0 : right / all;
        }
        return hits;
    }
}
