package io.github.autol2.dl4j;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.learning.config.Adam;

/**
 * One network's lambda: reads it, sets it, and keeps the ratios between the layers.
 *
 * <p>lambda is the largest coefficient in the network. A layer that the user gave half of it keeps half of it; a layer without
 * one gets all of it. Not thread-safe; one object per network.
 */
final class Coefficients {

    private final List<Slot> slots;
    private final Penalty penalty;
    private final Map<String, Double> ratios;
    private double lambda = Double.NaN;

    /**
     * @param savedRatios by slot name, from a saved run or a replica, they name the slots that take part; empty: read them off the network
     */
    Coefficients(Network network, List<Slot> slots, Penalty penalty, Map<String, Double> savedRatios) {
        if (slots.isEmpty()) {
            throw new IllegalStateException(
                    "no layer of this network takes a penalty: all are frozen, excluded or without weights");
        }
        this.penalty = penalty;
        this.slots = savedRatios.isEmpty()
                ? slots
                : slots.stream()
                        .filter(slot -> savedRatios.containsKey(slot.name()))
                        .toList();
        if (this.slots.size() < savedRatios.size()) {
            throw new IllegalStateException("the AutoL2 state is that of a network with " + savedRatios.keySet()
                    + ", but this one has " + slots.stream().map(Slot::name).toList());
        }
        this.ratios = savedRatios.isEmpty() ? readRatios(network) : savedRatios;
    }

    Map<String, Double> ratios() {
        return ratios;
    }

    /** Does nothing if this lambda was the last one set. */
    void set(double newLambda) {
        if (newLambda == lambda) {
            return;
        }
        for (Slot slot : slots) {
            slot.setCoefficient(penalty, newLambda * ratios.get(slot.name()));
        }
        lambda = newLambda;
    }

    /**
     * The penalty that lambda = 1 would have at the current weights, over those whose size matters: batch normalisation after a layer
     * makes the network's output independent of the size of its weights. Call it before lambda is set; the coefficients are 0 afterwards.
     *
     * @return 0 if they are the smaller part, or if Deeplearning4j does not count their penalty
     */
    double penaltyAtOne(Network network) {
        slots.forEach(slot -> slot.setCoefficient(penalty, 0));
        double others = network.fullPenalty();
        slots.stream()
                .filter(slot -> !slot.normalised())
                .forEach(slot -> slot.setCoefficient(penalty, ratios.get(slot.name())));
        double counted = network.fullPenalty() - others;
        slots.forEach(slot -> slot.setCoefficient(penalty, ratios.get(slot.name())));
        double all = network.fullPenalty() - others;
        slots.forEach(slot -> slot.setCoefficient(penalty, 0));
        return counted > all / 2 && Double.isFinite(counted) ? counted : 0;
    }

    boolean haveLearningRate() {
        return slots.stream().allMatch(slot -> slot.updater().hasLearningRate());
    }

    /**
     * The largest learning rate divided by (1 - momentum), or by Adam's divisor, among the penalised parameters: that of the fastest
     * decay.
     *
     * @throws IllegalStateException if an updater has none
     */
    double etaEff(Network network) {
        return etaEff(network, network::adamScale);
    }

    /**
     * The same with Adam's learning rate as it stands: what Adam divides by is not known of a network that has not trained.
     *
     * @throws IllegalStateException if an updater has none
     */
    double etaEffBeforeTraining(Network network) {
        return etaEff(network, () -> 1);
    }

    /**
     * What schedules make of the size of the steps: the largest learning rate divided by (1 - momentum), with an adaptive updater the
     * plain learning rate; 0 if no updater has one.
     */
    double step(Network network) {
        double largest = 0;
        for (Slot slot : slots) {
            if (slot.updater().hasLearningRate()) {
                largest = Math.max(largest, slot.etaEff(Penalty.L2, network.iteration(), network.epoch()));
            }
        }
        return largest;
    }

    private double etaEff(Network network, DoubleSupplier adamScale) {
        double largest = 0;
        double adam = 0;
        for (Slot slot : slots) {
            if (!slot.updater().hasLearningRate()) {
                throw new IllegalStateException(
                        slot.name() + " is trained by "
                                + slot.updater().getClass().getSimpleName()
                                + ", which has no learning rate: AutoL2 cannot tell the decay timescale 1/(eta lambda); AutoL2Options.paper() does without it");
            }
            double etaEff = slot.etaEff(penalty, network.iteration(), network.epoch());
            if (penalty == Penalty.L2 && slot.updater() instanceof Adam) {
                adam = Math.max(adam, etaEff);
            } else {
                largest = Math.max(largest, etaEff);
            }
        }
        return adam == 0 ? largest : Math.max(largest, adam / adamScale.getAsDouble());
    }

    private Map<String, Double> readRatios(Network network) {
        Map<String, Double> coefficients = new HashMap<>();
        double largest = 0;
        for (Slot slot : slots) {
            OptionalDouble coefficient = slot.coefficient(penalty, network.iteration(), network.epoch());
            if (coefficient.isPresent()) {
                coefficients.put(slot.name(), coefficient.getAsDouble());
                largest = Math.max(largest, coefficient.getAsDouble());
            }
        }
        Map<String, Double> read = new LinkedHashMap<>();
        for (Slot slot : slots) {
            Double coefficient = coefficients.get(slot.name());
            read.put(slot.name(), coefficient == null ? 1 : coefficient / largest);
        }
        return read;
    }
}
