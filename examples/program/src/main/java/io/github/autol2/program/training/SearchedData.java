package io.github.autol2.program.training;

import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Portions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The examples for an Arbiter search: validation examples choose among its candidates, test examples are not shown to it. All
 * candidates see the same batches in the same order. On a cluster each machine reads them for itself, once for all its candidates.
 */
@SuppressWarnings("deprecation") // DataProvider, for a search in this JVM: its data need no files
public final class SearchedData implements DataProvider, DataSource {

    private static final long serialVersionUID = 1;
    private static final int ROWS_AT_A_TIME = 500;
    private static final String EXAMPLES = "examples";
    private static final Map<Map<String, String>, SearchedData> READ = new ConcurrentHashMap<>();

    private transient DataSplit data;
    private int batchSize;
    private transient Set<Augmentation> augment;
    private long seed;

    /** For Arbiter, which {@linkplain #configure configures} it then. */
    public SearchedData() {}

    /**
     * @param augment how the training examples are changed
     * @param seed    of the order of the batches and of their augmentation
     */
    public SearchedData(DataSplit data, int batchSize, Set<Augmentation> augment, long seed) {
        this.data = data;
        this.batchSize = batchSize;
        this.augment = augment;
        this.seed = seed;
    }

    /**
     * As the settings of a run have it.
     *
     * @param seed of the order of the batches and of their augmentation
     */
    public SearchedData(DataSplit data, RunSettings settings, long seed) {
        this(data, settings.train().batchSize(), settings.data().augment(), seed);
    }

    /**
     * What another machine is told, so that it reads the same examples. It does not tell this search from others, for which the caller
     * sees: the same search may go on with or without a cluster.
     *
     * @param settings the keys that are given, with their texts; relative paths are made absolute
     */
    public Properties elsewhere(Map<String, String> settings) {
        Properties told = new Properties();
        settings.forEach((key, text) -> {
            if (key.startsWith("data.") || key.equals("seeds") || key.equals("train.batchSize")) {
                boolean isPath = key.toLowerCase(Locale.ROOT).endsWith("path");
                told.setProperty(key, isPath ? Path.of(text).toAbsolutePath().toString() : text);
            }
        });
        told.setProperty(EXAMPLES, data.fingerprint());
        READ.put(texts(told), this); // this JVM has them
        return new Properties(told); // as defaults, which are no part of what a search's folder is known by
    }

    /**
     * Reads the examples, unless this JVM has done so.
     *
     * @param properties from {@link #elsewhere}
     * @throws IllegalStateException if there are other examples on this machine
     */
    @Override
    public void configure(Properties properties) {
        SearchedData read = READ.computeIfAbsent(texts(properties), SearchedData::read);
        data = read.data;
        batchSize = read.batchSize;
        augment = read.augment;
        seed = read.seed;
    }

    private static SearchedData read(Map<String, String> told) {
        List<String> lines = told.entrySet().stream()
                .filter(line -> !line.getKey().equals(EXAMPLES))
                .map(line -> line.getKey() + "=" + line.getValue())
                .toList();
        RunSettings settings = RunSettings.read(Settings.load(Optional.empty(), lines));
        SearchedData read = new SearchedData(
                settings.data().load(), settings, settings.seeds().get(0));
        String here = read.data.fingerprint();
        if (!here.equals(told.get(EXAMPLES))) {
            throw new IllegalStateException(
                    "the examples on this machine are others than on the one that began the search: " + here + ", not "
                            + told.get(EXAMPLES));
        }
        return read;
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    @Override
    public Object trainData() {
        return Batches.of(data, batchSize, augment, seed);
    }

    /** The validation examples, in Arbiter's words. */
    @Override
    public Object testData() {
        return parts(data.validation());
    }

    @Override
    public Object trainData(Map<String, Object> parameters) {
        return trainData();
    }

    @Override
    public Object testData(Map<String, Object> parameters) {
        return testData();
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }

    /** The fraction of the test examples that the network classifies rightly. */
    public double testAccuracy(Model network) {
        DataSetIterator test = parts(data.test());
        Evaluation evaluation = network instanceof ComputationGraph graph
                ? graph.evaluate(test)
                : ((MultiLayerNetwork) network).evaluate(test);
        return evaluation.accuracy();
    }

    private static DataSetIterator parts(DataSet rows) {
        return new ExistingDataSetIterator(Portions.of(rows, ROWS_AT_A_TIME));
    }
}
