package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.loss.AbsoluteDifferenceLoss;
import org.nd4j.linalg.api.ops.impl.loss.CosineDistanceLoss;
import org.nd4j.linalg.api.ops.impl.loss.HuberLoss;
import org.nd4j.linalg.api.ops.impl.loss.LogPoissonLoss;
import org.nd4j.linalg.api.ops.impl.loss.MeanPairwiseSquaredErrorLoss;
import org.nd4j.linalg.api.ops.impl.loss.MeanSquaredErrorLoss;
import org.nd4j.linalg.api.ops.impl.loss.SigmoidCrossEntropyLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.api.ops.impl.loss.SparseSoftmaxCrossEntropyLossWithLogits;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What a SameDiff network is trained on, read while its training step runs: the sum of its loss variables, and the training error where
 * the loss is that of a classifier. Not thread-safe.
 */
final class SameDiffLoss {

    private static final List<Class<?>> REGRESSION = List.of(
            MeanSquaredErrorLoss.class,
            AbsoluteDifferenceLoss.class,
            HuberLoss.class,
            LogPoissonLoss.class,
            MeanPairwiseSquaredErrorLoss.class,
            CosineDistanceLoss.class);

    /** Where the training error comes from. */
    sealed interface Source {}

    /** From the loss's own inputs; the default. */
    record Loss() implements Source {}

    /** There is none. */
    record None() implements Source {}

    /** From variables that the user names. */
    record Named(String predictions, String labels) implements Source {}

    /**
     * Where a classifier's loss has its predictions, its labels and the weights of its examples among its inputs, and whether it takes a
     * sigmoid of the predictions.
     */
    private record Inputs(int predictions, int labels, OptionalInt weights, boolean sigmoid) {}

    private static final OptionalInt NO_WEIGHTS = OptionalInt.empty();

    private final List<String> losses;
    private final Source source;
    private final Map<String, Inputs> classifiers = new HashMap<>(); // by the first output of the loss
    private final Set<String> parts; // variables that are looked at
    private final List<SameDiffOp> origins; // of the losses; null for one that is not computed
    private final List<SameDiffOp> reduced; // what the losses are means or sums of
    private boolean regression;
    private double sum;
    private int seen;
    private double errors;
    private int judged;
    private boolean found; // predictions, perhaps of examples that do not count
    private boolean unjudged;
    private final String compared; // output of the operation behind a single loss; null where there is none
    private OptionalDouble shareOfMean; // in the loss of the first batch; null before it

    /**
     * Finds the losses of a network.
     *
     * @throws IllegalStateException if it has none, or if the training error cannot be found and the source does not say where it is
     */
    SameDiffLoss(SameDiff network, Source source) {
        List<String> configured = network.getTrainingConfig().getLossVariables();
        this.losses = configured == null || configured.isEmpty()
                ? List.copyOf(network.getLossVariables())
                : List.copyOf(configured);
        this.source = source;
        if (losses.isEmpty()) {
            throw new IllegalStateException(
                    "the network has no loss variable: name it with setLossVariables(..) or markAsLoss()");
        }
        this.origins = losses.stream()
                .map(loss -> ExampleLosses.origin(network, loss, op -> true))
                .toList();
        this.reduced = losses.stream()
                .map(loss -> ExampleLosses.origin(network, loss, ExampleLosses::isMeanOrSum))
                .toList();
        if (source instanceof Loss) {
            for (int i = 0; i < losses.size(); i++) {
                classify(losses.get(i), origins.get(i));
            }
        }
        SameDiffOp behind =
                losses.size() == 1 ? ExampleLosses.origin(network, losses.get(0), LossOfMean::keepsShare) : null;
        this.compared = behind == null ? null : behind.getOutputsOfOp().get(0);
        this.parts = new HashSet<>(losses);
        if (compared != null) {
            parts.add(compared);
        }
        parts.addAll(classifiers.keySet());
        if (source instanceof Named named) {
            parts.add(named.predictions());
        }
    }

    /** Whether an operation of the training step computes something that is looked at. */
    boolean isPart(SameDiffOp op) {
        for (String output : op.getOutputsOfOp()) {
            if (parts.contains(output)) {
                return true;
            }
        }
        return false;
    }

    /** The loss variables. */
    List<String> names() {
        return losses;
    }

    private void classify(String loss, SameDiffOp op) {
        DifferentialFunction function = op == null ? null : op.getOp();
        if (function instanceof SoftmaxCrossEntropyLoss) {
            classifiers.put(op.getOutputsOfOp().get(0), new Inputs(0, 2, OptionalInt.of(1), false));
        } else if (function instanceof SigmoidCrossEntropyLoss) {
            classifiers.put(op.getOutputsOfOp().get(0), new Inputs(0, 2, OptionalInt.of(1), true));
        } else if (function instanceof SoftmaxCrossEntropyWithLogitsLoss) {
            classifiers.put(op.getOutputsOfOp().get(0), new Inputs(0, 1, NO_WEIGHTS, false));
        } else if (function instanceof SparseSoftmaxCrossEntropyLossWithLogits) {
            classifiers.put(op.getOutputsOfOp().get(0), new Inputs(1, 0, NO_WEIGHTS, false));
        } else if (REGRESSION.stream().anyMatch(kind -> kind.isInstance(function))) {
            regression = true;
        } else {
            throw new IllegalStateException(
                    "the loss " + loss + " is "
                            + (function == null ? "not computed" : "computed by " + function.opName())
                            + ", which does not tell where the training error is: name the variables with "
                            + "AutoL2SameDiffListener.builder(..).classes(predictions, labels), or call regression() if there are no classes");
        }
    }

    /** The losses of the examples, which add up; empty if one of the losses is no mean or sum of one of SameDiff's own. */
    Optional<List<ExampleLosses>> ofExamples() {
        return reduced.stream().allMatch(ExampleLosses::are)
                ? Optional.of(reduced.stream().map(ExampleLosses::new).toList())
                : Optional.empty();
    }

    /** The variable that held-out classes are read from; empty where there are no classes, or several losses. */
    Optional<String> predictions() {
        if (source instanceof Named named) {
            return Optional.of(named.predictions());
        }
        if (source instanceof None || losses.size() > 1) {
            return Optional.empty();
        }
        return Optional.of(origins.get(0)
                .getInputsToOp()
                .get(classifier().map(Inputs::predictions).orElse(0)));
    }

    /** Of a single loss that tells. */
    private Optional<Inputs> classifier() {
        return classifiers.values().stream().findFirst();
    }

    /** What the predictions are in the end: SameDiff's classifying losses take them as they are before their softmax or sigmoid. */
    INDArray output(INDArray predictions) {
        return classifier()
                .map(inputs -> inputs.sigmoid() ? Transforms.sigmoid(predictions) : Transforms.softmax(predictions))
                .orElse(predictions);
    }

    /** Forgets the last iteration. */
    void restart() {
        sum = 0;
        seen = 0;
        errors = 0;
        judged = 0;
        found = false;
        unjudged = regression || source instanceof None;
    }

    /**
     * An operation of the training step is done.
     *
     * @param judge whether the training error is wanted
     * @return whether the loss is complete with it
     */
    boolean executed(
            MultiDataSet batch, SameDiff network, SameDiffOp op, OpContext context, INDArray[] outputs, boolean judge) {
        List<String> names = op.getOutputsOfOp();
        boolean lossBefore = seen == losses.size();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (judge && !unjudged) {
                judge(batch, network, name, outputs[i], context);
            }
            if (losses.contains(name)) {
                sum += outputs[i].isScalar()
                        ? outputs[i].getDouble(0)
                        : outputs[i].sumNumber().doubleValue(); // as SameDiff trains it
                seen++;
            }
            if (shareOfMean == null && name.equals(compared)) {
                shareOfMean = LossOfMean.share(op.getOp(), context);
            }
        }
        return !lossBefore && seen == losses.size();
    }

    /** Of the current iteration, once it is complete. */
    double value() {
        return sum;
    }

    /** See {@link io.github.autol2.schedule.TrainingStart}; of the first iteration. */
    OptionalDouble baseline() {
        return compared == null || shareOfMean.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(shareOfMean.getAsDouble() * sum);
    }

    /**
     * Of the current iteration, where it was wanted; empty also where every example has the weight 0.
     *
     * @throws IllegalStateException if what the user named was not computed before the loss
     */
    OptionalDouble error() {
        if (unjudged) {
            return OptionalDouble.empty();
        }
        if (!found) {
            throw new IllegalStateException(source + ": the predictions are not computed on the way to the loss "
                    + losses + ": name a variable that the loss takes, as it is before or after its softmax");
        }
        return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of(errors / judged);
    }

    private void judge(MultiDataSet batch, SameDiff network, String name, INDArray output, OpContext context) {
        Inputs inputs = classifiers.get(name);
        if (inputs != null) {
            INDArray predictions = context.getInputArray(inputs.predictions());
            INDArray labels = context.getInputArray(inputs.labels());
            if (inputs.sigmoid() && predictions.rank() > 1 && predictions.size(-1) > 1) {
                unjudged = true; // several independent labels
                return;
            }
            long[] shape = predictions.shape();
            double[] mask = inputs.weights().isPresent()
                    ? SameDiffMistakes.mask(
                            context.getInputArray(inputs.weights().getAsInt()),
                            inputs.sigmoid() ? shape : Arrays.copyOf(shape, shape.length - 1))
                    : TrainingError.NO_MASK;
            add(
                    inputs.sigmoid()
                            ? SameDiffMistakes.ofLogits(predictions, labels, mask)
                            : SameDiffMistakes.ofClasses(predictions, labels, mask));
        } else if (source instanceof Named named && named.predictions().equals(name)) {
            INDArray labels = labels(batch, network, named.labels());
            add(SameDiffMistakes.ofClasses(output, labels, TrainingError.NO_MASK));
        }
    }

    private static INDArray labels(MultiDataSet batch, SameDiff network, String name) {
        List<String> labels = network.getTrainingConfig().getDataSetLabelMapping();
        int index = labels == null ? -1 : labels.indexOf(name);
        if (index < 0) {
            throw new IllegalStateException(
                    "labels must be one of the training configuration's label variables " + labels + ", got " + name);
        }
        return batch.getLabels(index);
    }

    /** NaN where no example counts. */
    private void add(double error) {
        found = true;
        if (!Double.isNaN(error)) {
            errors += error;
            judged++;
        }
    }
}
