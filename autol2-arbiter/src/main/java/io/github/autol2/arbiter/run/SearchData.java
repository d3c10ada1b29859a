package io.github.autol2.arbiter.run;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.nn.api.Model;

/**
 * The data of one candidate. Arbiter calls the data that choose among the candidates test data; they are validation data, and serve the
 * calibration as such.
 */
public sealed interface SearchData permits SearchData.Source, SearchData.Provider, OnMachine {

    /**
     * {@return the data of a search}
     *
     * @param configuration of the search
     * @throws IllegalArgumentException if it has none
     */
    @SuppressWarnings("deprecation") // for programs that still use providers
    static SearchData of(OptimizationConfiguration configuration) {
        if (configuration.getDataSource() != null) {
            return new Source(configuration.getDataSource(), configuration.getDataSourceProperties());
        }
        if (configuration.getDataProvider() != null) {
            return new Provider(configuration.getDataProvider(), null);
        }
        throw new IllegalArgumentException("the configuration must have a dataSource, got none");
    }

    /** {@return a DataSetIterator, a MultiDataSetIterator or a factory of one; its own for each call} */
    Object training();

    /** {@return the validation data, as {@link #training} gives the training data} */
    Object validation();

    /**
     * {@return the score of a network on the validation data}
     *
     * @param network       that has been trained
     * @param scoreFunction of the search
     */
    double score(Model network, ScoreFunction scoreFunction);

    /** {@return a text that tells these data from others} */
    String description();

    /**
     * By a class with a no-argument constructor.
     *
     * @param properties may be null
     */
    record Source(Class<? extends DataSource> source, Properties properties) implements SearchData, Serializable {

        /** Arbiter would find out when it scores the first network. */
        public Source {
            if (!Modifier.isPublic(source.getModifiers())
                    || Modifier.isAbstract(source.getModifiers())
                    || Stream.of(source.getConstructors())
                            .noneMatch(constructor -> constructor.getParameterCount() == 0)) {
                throw new IllegalArgumentException("the data source " + source.getName()
                        + " must be a public class with a public no-argument constructor");
            }
        }

        @Override
        public Object training() {
            return open().trainData();
        }

        @Override
        public Object validation() {
            return open().testData();
        }

        @Override
        public double score(Model network, ScoreFunction scoreFunction) {
            return scoreFunction.score(network, source, properties);
        }

        @Override
        public String description() {
            return source.getName() + (properties == null || properties.isEmpty() ? "" : new TreeMap<>(properties));
        }

        private DataSource open() {
            DataSource opened;
            try {
                opened = source.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                throw new IllegalArgumentException(
                        "the data source " + source.getName() + " cannot be made: " + reason, e);
            }
            if (properties != null) {
                opened.configure(properties);
            }
            return opened;
        }
    }

    /**
     * By the older interface. Tells its data from others by its {@code toString}, if it has one of its own.
     *
     * @param parameters of the candidate, may be null
     */
    @SuppressWarnings("deprecation") // users have them
    record Provider(DataProvider provider, Map<String, Object> parameters) implements SearchData {
        @Override
        public Object training() {
            return provider.trainData(parameters);
        }

        @Override
        public Object validation() {
            return provider.testData(parameters);
        }

        @Override
        @SuppressWarnings("deprecation") // Arbiter's, for programs that still use providers
        public double score(Model network, ScoreFunction scoreFunction) {
            return scoreFunction.score(network, provider, parameters);
        }

        @Override
        public String description() {
            return tell(provider) + (parameters == null ? "" : new TreeMap<>(parameters));
        }
    }

    /**
     * {@return the class of an object, and what it says of itself, if anything: Object's text would be another one in each run}
     *
     * @param one of a user's class, perhaps
     */
    static String tell(Object one) {
        try {
            boolean says = one.getClass().getMethod("toString").getDeclaringClass() != Object.class;
            return one.getClass().getName() + (says ? " " + one : "");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has it
        }
    }
}
