package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.InitialLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Parameters that share one list of penalties in a network's configuration: a layer's weights, or its biases.
 *
 * @param name    unique in its network, for example {@code layer0 weights}
 * @param updater of these parameters
 * @param normalised whether batch normalisation takes the layer's output, so that the size of its weights does not matter
 * @param get     the live list; null and immutable lists happen
 * @param set     replaces the list; the network's next update uses it
 */
record PenalisedParameters(
        String name,
        IUpdater updater,
        boolean normalised,
        Supplier<List<Regularization>> get,
        Consumer<List<Regularization>> set) {

    /** Those of a network that take part. */
    static List<PenalisedParameters> of(Network network, Participants participants) {
        return network.either(
                multiLayer -> PenalisedParametersFinder.find(multiLayer, participants),
                graph -> PenalisedParametersFinder.find(graph, participants));
    }

    /** The coefficient in force: the sum over all elements of this kind, empty if there is none or the sum moves no weight. */
    OptionalDouble coefficient(Penalty penalty, int iteration, int epoch) {
        double sum = 0;
        for (Regularization element : elements()) {
            sum += penalty.coefficient(element, iteration, epoch).orElse(0);
        }
        return sum <= InitialLambda.NOTHING ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /** Puts one element with this coefficient in the place of all elements of its kind; the others stay in their order. */
    void setCoefficient(Penalty penalty, double coefficient) {
        setCoefficient(penalty, new FixedSchedule(coefficient));
    }

    /** The same with a coefficient that changes with the iteration. */
    void setCoefficient(Penalty penalty, ISchedule coefficient) {
        // A new list, never a change in place: lists may be immutable or shared between layers.
        List<Regularization> others = new ArrayList<>();
        List<Regularization> replaced = new ArrayList<>();
        for (Regularization element : elements()) {
            (penalty.coefficient(element, 0, 0).isPresent() ? replaced : others).add(element);
        }
        others.add(penalty.element(coefficient, replaced));
        set.accept(others);
    }

    /** eta_eff of these parameters. */
    double etaEff(Penalty penalty, int iteration, int epoch) {
        return penalty.etaEff(updater, elements(), iteration, epoch);
    }

    /** Whether this is the list of penalties that they share. */
    boolean share(List<Regularization> list) {
        return list != null && list == get.get();
    }

    /** Those of the list; none where there is no list. */
    List<Regularization> elements() {
        List<Regularization> list = get.get();
        return list == null ? List.of() : list;
    }
}
