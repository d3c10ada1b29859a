package io.github.autol2.dl4j;

import java.util.List;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** Which of Deeplearning4j's two penalties lambda is the coefficient of. */
public enum Penalty {

    /**
     * {@code 1/2 lambda |theta|^2} beside the loss, Deeplearning4j's {@code l2}. Its gradient goes through the updater, so with
     * momentum mu a weight shrinks by the factor {@code 1 - eta lambda / (1 - mu)} an iteration, and with Adam by about
     * {@code 1 - eta lambda / rms(gradient)}. For each updater the listener reads from its state, or measures, what it makes of the
     * penalty.
     */
    L2 {
        @Override
        OptionalDouble coefficient(Regularization element, int iteration, int epoch) {
            return element instanceof L2Regularization l2
                    ? OptionalDouble.of(l2.getL2().valueAt(iteration, epoch))
                    : OptionalDouble.empty();
        }

        @Override
        Regularization element(ISchedule coefficient, List<Regularization> users) {
            return new L2Regularization(coefficient);
        }

        @Override
        double etaEff(IUpdater updater, List<Regularization> elements, int iteration, int epoch) {
            double eta = updater.getLearningRate(iteration, epoch);
            return updater instanceof Nesterovs nesterovs
                    ? eta / (1 - nesterovs.currentMomentum(iteration, epoch))
                    : eta;
        }
    },

    /**
     * Decoupled weight decay as in AdamW, Deeplearning4j's {@code weightDecay}: added after the updater, so the momentum does not
     * amplify it, and no updater divides it. A weight shrinks by {@code 1 - eta lambda} an iteration, so tau = 1/(eta lambda); where the
     * user has set {@code applyLR} to false, or the updater has no learning rate (AdaDelta), by {@code 1 - lambda}, so tau = 1/lambda, and a schedule of eta does not change it.
     */
    WEIGHT_DECAY {
        @Override
        OptionalDouble coefficient(Regularization element, int iteration, int epoch) {
            return element instanceof WeightDecay decay
                    ? OptionalDouble.of(decay.getCoeff().valueAt(iteration, epoch))
                    : OptionalDouble.empty();
        }

        @Override
        Regularization element(ISchedule coefficient, List<Regularization> users) {
            return new WeightDecay(coefficient, appliesLearningRate(users));
        }

        @Override
        double etaEff(IUpdater updater, List<Regularization> elements, int iteration, int epoch) {
            boolean applies =
                    appliesLearningRate(elements) && updater.hasLearningRate(); // as Deeplearning4j applies it
            return applies ? updater.getLearningRate(iteration, epoch) : 1;
        }

        /** Whether the user lets the learning rate multiply weight decay; true if they set no weight decay. */
        private boolean appliesLearningRate(List<Regularization> elements) {
            return elements.stream().noneMatch(element -> element instanceof WeightDecay decay && !decay.isApplyLR());
        }
    };

    /** The element's coefficient if it is of this kind. */
    abstract OptionalDouble coefficient(Regularization element, int iteration, int epoch);

    /**
     * A plain Deeplearning4j element.
     *
     * @param coefficient by the iteration
     * @param users       the elements of this kind that it replaces, possibly none
     */
    abstract Regularization element(ISchedule coefficient, List<Regularization> users);

    /** What a coefficient makes of parameters in the score. */
    double of(INDArray parameters, double coefficient) {
        return element(new FixedSchedule(coefficient), List.of()).score(parameters, 0, 0);
    }

    /**
     * eta_eff such that the penalty alone, applied as these elements say, shrinks a weight with the timescale
     * {@code 1 / (etaEff lambda)} iterations.
     */
    abstract double etaEff(IUpdater updater, List<Regularization> elements, int iteration, int epoch);
}
