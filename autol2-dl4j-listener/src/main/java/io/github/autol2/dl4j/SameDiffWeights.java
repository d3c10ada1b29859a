package io.github.autol2.dl4j;

import io.github.autol2.schedule.TrainingStart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
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
    private final Map<String, String> byGradient = new HashMap<>(); // trained variables by the name of their gradient
    private final List<Regularization> users = new ArrayList<>(); // what ours replaces
    private final boolean fresh; // the updater remembers nothing yet
    private final Map<String, Double> firstNorms = new HashMap<>(); // of the loss's gradients
    private Regularization element; // null before the run has begun
    private List<Regularization> list; // the user's, while an iteration runs
    private boolean running; // an iteration

    /**
     * @param saved the names that take part, of a run that goes on; empty for one that begins
     */
    SameDiffWeights(
            SameDiff network, Penalty penalty, Predicate<String> variables, boolean biases, Collection<String> saved) {
        this.network = network;
        this.penalty = penalty;
        this.fresh = !network.isInitializedTraining();
        for (SDVariable variable : network.variables()) {
            if (variable.getVariableType() != VariableType.VARIABLE
                    || !variable.dataType().isFPType()
                    || variable.getGradient() == null) { // the loss does not depend on it
                continue;
            }
            trained.add(variable.name());
            boolean chosen = saved.isEmpty()
                    ? variables.test(variable.name())
                            && (biases || variable.getArr().rank() >= 2)
                    : saved.contains(variable.name());
            if (chosen) {
                ratios.put(variable.name(), 1.0);
            }
        }
        if (ratios.isEmpty() || ratios.size() < saved.size()) {
            throw new IllegalStateException(
                    saved.isEmpty()
                            ? "no variable of this network takes a penalty: those that train are " + trained
                            : "the AutoL2 state is that of a network with " + saved + ", but this one has " + trained);
        }
        for (Regularization own : list(config())) {
            if (penalty.coefficient(own, 0, 0).isPresent()) {
                users.add(own);
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

    /** Whether SameDiff's own list does it. */
    private boolean all() {
        return ratios.size() == trained.size();
    }

    /** Before an iteration. */
    void begin() {
        end(); // of an iteration that an exception has ended
        if (!all()) {
            list = config().getRegularization();
            config().setRegularization(others());
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

    private List<Regularization> others() {
        List<Regularization> others = new ArrayList<>(list(config()));
        others.removeIf(own -> penalty.coefficient(own, 0, 0).isPresent());
        return others;
    }

    /** lambda from this update on. */
    void set(double lambda) {
        element = penalty.element(new FixedSchedule(lambda), users);
        if (all()) {
            List<Regularization> ours = others();
            ours.add(element);
            config().setRegularization(ours);
        }
    }

    /** The penalties, ours included, that act on a variable without being in SameDiff's list. */
    private List<Regularization> beside(String variable) {
        if (all()) {
            return List.of();
        }
        return element == null || !ratios.containsKey(variable) ? users : List.of(element);
    }

    /**
     * A gradient is known: what goes through the updater is added.
     *
     * @param session  the network that trains
     * @param gradient the name of the activation, which may be no gradient of a variable
     */
    void gradient(SameDiff session, At at, String gradient, INDArray values) {
        if (byGradient.isEmpty()) {
            for (String name : trained) {
                SDVariable own = session.getVariable(name).getGradient();
                if (own != null) {
                    byGradient.put(own.name(), name);
                }
            }
        }
        String variable = byGradient.get(gradient);
        if (variable == null) {
            return;
        }
        apply(Regularization.ApplyStep.BEFORE_UPDATER, session, at, variable, values);
    }

    /** An update is known: what does not go through the updater is added. */
    void update(SameDiff session, At at, String variable, INDArray values) {
        apply(Regularization.ApplyStep.POST_UPDATER, session, at, variable, values);
    }

    private void apply(Regularization.ApplyStep step, SameDiff session, At at, String variable, INDArray values) {
        for (Regularization own : beside(variable)) {
            if (own.applyStep() == step) {
                IUpdater updater = config().getUpdater();
                double eta = updater.hasLearningRate() ? updater.getLearningRate(at.iteration(), at.epoch()) : 1;
                own.apply(session.getVariable(variable).getArr(), values, eta, at.iteration(), at.epoch());
            }
        }
    }

    /** What all penalties come to at the current weights. */
    double penalty(At at) {
        double sum = 0;
        List<Regularization> common = list(config());
        for (String variable : trained) {
            INDArray values = network.getVariable(variable).getArr();
            for (Regularization own : common) {
                sum += own.score(values, at.iteration(), at.epoch());
            }
            for (Regularization own : beside(variable)) {
                sum += own.score(values, at.iteration(), at.epoch());
            }
        }
        return sum;
    }

    /** The penalty that lambda = 1 would have. */
    private double penaltyAtOne() {
        Regularization one = penalty.element(new FixedSchedule(1), users);
        return ratios.keySet().stream()
                .mapToDouble(name -> one.score(network.getVariable(name).getArr(), 0, 0))
                .sum();
    }

    /**
     * Remembers how large the loss's gradients are for this batch, by a pass of its own: in a training step they are not all known before
     * the first update. Nobody else notices it: not the network's listeners, not ND4J's random numbers.
     */
    void measureGradients(MultiDataSet batch) {
        List<Listener> listeners = List.copyOf(network.getListeners());
        SameDiff gradients = network.getFunction("grad");
        boolean caches = gradients.isEnableCache();
        Random random = Nd4j.getRandom();
        long rootState = random.rootState();
        long nodeState = random.nodeState();
        network.setListeners(List.of());
        try {
            network.calculateGradients(placeholders(batch), ratios.keySet())
                    .forEach((name, values) ->
                            firstNorms.put(name, values.norm2Number().doubleValue()));
        } finally {
            network.setListeners(listeners);
            gradients.setEnableCache(caches);
            random.setStates(rootState, nodeState);
        }
    }

    private Map<String, INDArray> placeholders(MultiDataSet batch) {
        Map<String, INDArray> values = new HashMap<>();
        put(values, config().getDataSetFeatureMapping(), batch.getFeatures());
        put(values, config().getDataSetLabelMapping(), batch.getLabels());
        put(values, config().getDataSetFeatureMaskMapping(), batch.getFeaturesMaskArrays());
        put(values, config().getDataSetLabelMaskMapping(), batch.getLabelsMaskArrays());
        return values;
    }

    private static void put(Map<String, INDArray> values, List<String> names, INDArray[] arrays) {
        for (int i = 0; names != null && arrays != null && i < names.size(); i++) {
            if (arrays[i] != null) {
                values.put(names.get(i), arrays[i]);
            }
        }
    }

    /** Whether etaEff can be told without the sizes of the first gradients. */
    boolean knowsEtaEff(At at) {
        return penalty == Penalty.WEIGHT_DECAY
                || !fresh
                || UpdaterGain.constant(config().getUpdater(), at.iteration(), at.epoch())
                        .isPresent();
    }

    /**
     * Refuses an updater whose etaEff cannot be told.
     *
     * @throws IllegalStateException if it is not known here
     */
    void requireKnownUpdater(At at) {
        IUpdater updater = config().getUpdater();
        boolean known = penalty == Penalty.WEIGHT_DECAY
                || UpdaterGain.constant(updater, at.iteration(), at.epoch()).isPresent()
                || UpdaterGain.expected(updater, 1, at.iteration(), at.epoch()).isPresent();
        if (!known) {
            throw new IllegalStateException("what " + updater.getClass().getSimpleName()
                    + " makes of a penalty is not known here: use Penalty.WEIGHT_DECAY, or AutoL2Options.paper()");
        }
    }

    /**
     * What is known when training begins, before the first update.
     *
     * @see TrainingStart
     */
    TrainingStart start(double loss, At at) {
        double penaltyAtOne = penaltyAtOne();
        if (penalty == Penalty.WEIGHT_DECAY || !fresh) {
            return new TrainingStart(loss, penaltyAtOne, etaEff(at));
        }
        FirstGain first = new FirstGain();
        ratios.forEach((name, ratio) -> first.add(
                network.getVariable(name).getArr(),
                ratio,
                config().getUpdater(),
                firstNorms.getOrDefault(name, Double.NaN),
                at.iteration(),
                at.epoch()));
        return new TrainingStart(loss, penaltyAtOne, first.value());
    }

    /** See {@link EffectiveLearningRate}. */
    double etaEff(At at) {
        IUpdater updater = config().getUpdater();
        if (penalty == Penalty.WEIGHT_DECAY) {
            return penalty.etaEff(updater, users, at.iteration(), at.epoch());
        }
        OptionalDouble constant = UpdaterGain.carried(updater, at.iteration(), at.epoch());
        if (constant.isPresent()) {
            return constant.getAsDouble();
        }
        MeanGain mean = new MeanGain();
        ratios.forEach((name, ratio) -> {
            INDArray values = network.getVariable(name).getArr();
            UpdaterGain gain = UpdaterGain.adaptive(network.getUpdaterMap().get(name), at.iteration(), at.epoch());
            mean.add(values, ratio, MeanGain.bounded(gain, values));
        });
        return mean.value();
    }
}
