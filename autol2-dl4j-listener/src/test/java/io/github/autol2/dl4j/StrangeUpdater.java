package io.github.autol2.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.ISchedule;

/** An updater that a user might write: each weight moves by its learning rate, whatever the size of its gradient. */
final class StrangeUpdater implements IUpdater, GradientUpdater<StrangeUpdater> {

    private static final long serialVersionUID = 1;

    private final ISchedule schedule;

    StrangeUpdater(ISchedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        gradient.assign(Transforms.sign(gradient, true)).muli(getLearningRate(iteration, epoch));
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return schedule.valueAt(iteration, epoch);
    }

    @Override
    public GradientUpdater<?> instantiate(INDArray view, boolean initialize) {
        return this;
    }

    @Override
    public GradientUpdater<?> instantiate(Map<String, INDArray> state, boolean initialize) {
        return this;
    }

    @Override
    public StrangeUpdater getConfig() {
        return this;
    }

    @Override
    public long stateSize(long parameters) {
        return 0;
    }

    @Override
    public IUpdater clone() {
        return this;
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("a fixed schedule");
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {}

    @Override
    public Map<String, INDArray> getState() {
        return Map.of();
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {}
}
