package io.github.autol2.quickstart;

import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** {@link Moons} for Arbiter, which makes data sources by their constructor without arguments. */
public final class MoonsSource implements DataSource {

    private static final long serialVersionUID = 1;

    @Override
    public void configure(Properties properties) {}

    @Override
    public Object trainData() {
        return Moons.training();
    }

    /** Arbiter calls test data what chooses the best candidate, so it gets the validation data. */
    @Override
    public Object testData() {
        return Moons.validation();
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }
}
