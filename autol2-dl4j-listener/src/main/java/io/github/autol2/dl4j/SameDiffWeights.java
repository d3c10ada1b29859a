package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * The variables of a SameDiff network that take part, and their penalty. SameDiff has one list of penalties, which acts on everything that
 * trains. So the list is used only where everything takes part. Otherwise the penalty's gradient is added to that of each variable before
 * the updater sees it (L2), or to its update (weight decay), as SameDiff itself would; and the user's own penalty of this kind, which stays
 * for the others, is taken off the list while an iteration runs. Not thread-safe.
 */
final class SameDiffWeights {

    private final SameDiff network;
    private final Penalty penalty;
    private final List<String> trained = new ArrayList<>(); // all that training changes
    private final Map<String, Double> ratios = new LinkedHashMap<>(); // of those that take part
    private final Map<String, String> byGradient = new HashMap<>(); // those with an L2, by the name of their gradient
    private final List<Regularization> users = new ArrayList<>(); // what ours replaces
    private List<Regularization> ours; // one element; the user's before the run has begun
    private List<Regularization> list; // the user's, while an iteration runs
    private boolean running; // an iteration

    /**
     * @param saved the names that take part, of a run that goes on; empty for one that begins
     */
    SameDiffWeights(
            SameDiff network, Penalty penalty, Predicate<String> variables, boolean biases, Collection<String> saved) {
        this.network = network;
        this.penalty = penalty;
        for (SDVariable variable : network.variables()) {
            if (variable.getVariableType() != VariableType.VARIABLE
                    || !variable.dataType().isFPType()
                    || variable.getGradient() == null) { // the loss does not depend on it
                continue;
            }
            trained.add(variable.name());
            boolean chosen = saved.isEmpty()
                    ? variables.test(variable.name()) && (biases || !SameDiffBiases.has(network, variable))
                    : saved.contains(variable.name());
            if (chosen) {
                ratios.put(variable.name(), 1.0);
            }
        }
        if (ratios.isEmpty() || ratios.size() < saved.size()) {
            throw new IllegalStateException(
                    saved.isEmpty()
                            ? "no variable of this network takes a penalty: those that train are " + trained
                                    + ". Biases and gains do so with biases(true)"
                            : "the AutoL2 state is that of a network with " + saved + ", but this one has " + trained);
        }
        for (Regularization own : list(config())) {
            if (penalty.coefficient(own, 0, 0).isPresent()) {
                users.add(own);
            }
        }
        ours = users;
        if (penalty == Penalty.L2) {
            for (String name : users.isEmpty() ? ratios.keySet() : trained) {
                byGradient.put(network.getVariable(name).getGradient().name(), name);
            }
        }
    }

    private TrainingConfig config() {
        return network.getTrainingConfig();
    }

    private static List<Regularization> list(TrainingConfig config) {
        return config.getRegularization() == null ? List.of() : config.getRegularization();
    }

    /** 1 for each variable that takes part. */
    Map<String, Double> ratios() {
        return ratios;
    }

    /** Those that train and take no part. */
    List<String> others() {
        return trained.stream().filter(name -> !ratios.containsKey(name)).toList();
    }

    /** Whether SameDiff's own list does it. */
    private boolean all() {
        return ratios.size() == trained.size();
    }

    /** Before an iteration. */
    void begin() {
        end(); // of an iteration that an exception has ended
        list = config().getRegularization();
        if (!all() && list != null && !list.isEmpty()) {
            config().setRegularization(otherPenalties());
            running = true;
        }
    }

    /** After an iteration: the configuration is the user's again, but for the penalty where everything takes part. */
    void end() {
        if (running) {
            config().setRegularization(list);
            running = false;
        }
    }

    private List<Regularization> otherPenalties() {
        List<Regularization> others = new ArrayList<>(list(config()));
        others.removeIf(own -> penalty.coefficient(own, 0, 0).isPresent());
        return others;
    }

    /** lambda from this update on. */
    void set(double lambda) {
        ours = List.of(penalty.element(new FixedSchedule(lambda), users));
        if (all()) {
            List<Regularization> everything = otherPenalties();
            everything.addAll(ours);
            config().setRegularization(everything);
        }
    }

    /** The penalties, ours included, that act on a variable without being in SameDiff's list. */
    private List<Regularization> beside(String variable) {
        if (all()) {
            return List.of();
        }
        return ratios.containsKey(variable) ? ours : users;
    }

    /** Whether an operation computes a gradient that an L2 beside SameDiff's list is added to. */
    boolean takesGradientOf(SameDiffOp op) {
        return !all() && op.getOutputsOfOp().stream().anyMatch(byGradient::containsKey);
    }

    /**
     * An operation that {@link #takesGradientOf} has computed something: L2 is added to what is a gradient.
     *
     * @param session the network that trains
     * @param name    of what was computed, which may be no gradient of a variable
     */
    void gradient(SameDiff session, At at, String name, INDArray values) {
        String variable = byGradient.get(name);
        if (variable != null) {
            apply(session, at, variable, values);
        }
    }

    /** An update is known: weight decay is added. */
    void update(SameDiff session, At at, String variable, INDArray values) {
        if (penalty == Penalty.WEIGHT_DECAY) {
            apply(session, at, variable, values);
        }
    }

    private void apply(SameDiff session, At at, String variable, INDArray values) {
        for (Regularization own : beside(variable)) {
            IUpdater updater = config().getUpdater();
            double eta = updater.hasLearningRate() ? updater.getLearningRate(at.iteration(), at.epoch()) : 1;
            own.apply(array(session, variable), values, eta, at.iteration(), at.epoch());
        }
    }

    /** Without the four look-ups by name of {@code getVariable(name).getArr()}. */
    private static INDArray array(SameDiff session, String variable) {
        return session.getArrForVarName(variable);
    }

    /** What all penalties come to at the current weights. */
    double penalty(At at) {
        double sum = 0;
        List<Regularization> common = list(config());
        for (String variable : trained) {
            for (Regularization own : common) {
                sum += score(own, variable, at);
            }
            for (Regularization own : beside(variable)) {
                sum += score(own, variable, at);
            }
        }
        return sum;
    }

    private double score(Regularization own, String variable, At at) {
        INDArray values = array(network, variable);
        return own instanceof L2Regularization l2 && isOneBlock(values)
                ? l2.getL2().valueAt(at.iteration(), at.epoch()) / 2 * squares(values)
                : own.score(values, at.iteration(), at.epoch());
    }

    private static boolean isOneBlock(INDArray values) {
        return (values.dataType() == DataType.FLOAT || values.dataType() == DataType.DOUBLE)
                && values.elementWiseStride() == 1;
    }

    /** Their sum, by BLAS: more exact than the square of {@code norm2Number()}, and 50 times as fast. */
    private static double squares(INDArray values) {
        return Nd4j.getBlasWrapper().dot(values, values);
    }

    /** The penalty that lambda = 1 would have. */
    double penaltyAtOne() {
        Regularization one = penalty.element(new FixedSchedule(1), users);
        return ratios.keySet().stream()
                .mapToDouble(name -> one.score(array(network, name), 0, 0))
                .sum();
    }

    /** What the updater makes of the penalty, as this network is now. */
    SameDiffGain gain() {
        return new SameDiffGain(network, penalty, List.copyOf(ratios.keySet()), users);
    }
}
