package io.github.autol2.arbiter.run;

import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIteratorFactory;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIteratorFactory;

/**
 * The data of a search on one machine of a cluster. Where they cannot be opened, for example because a file is not there, that says nothing
 * about the candidate: the job is lost, and another machine may do it ({@link Failure#lost}). What is thrown while they are read is not
 * told apart from other failures of the candidate.
 *
 * @param data opened on this machine
 */
public record OnMachine(Source data) implements SearchData {

    @Override
    public Object training() {
        return opened(data::training);
    }

    @Override
    public Object validation() {
        return opened(data::validation);
    }

    /** The score function opens the data by itself: whether they are why it has failed, another try tells. */
    @Override
    public double score(Model network, ScoreFunction scoreFunction) {
        try {
            return data.score(network, scoreFunction);
        } catch (Exception e) { // a data source may throw what it does not declare
            validation();
            throw e;
        }
    }

    @Override
    public String description() {
        return data.description();
    }

    private static Object opened(Supplier<?> part) {
        Object opened = orLost(part);
        if (opened instanceof DataSetIteratorFactory factory) {
            return (DataSetIteratorFactory) () -> orLost(factory::create);
        }
        if (opened instanceof MultiDataSetIteratorFactory factory) {
            return (MultiDataSetIteratorFactory) () -> orLost(factory::create);
        }
        return opened;
    }

    private static <T> T orLost(Supplier<T> part) {
        try {
            return part.get();
        } catch (Throwable e) { // whatever a data source of the user's throws, perhaps where its class cannot be loaded
            throw Failure.lost(e).orElseGet(() -> Failure.noData(e));
        }
    }
}
