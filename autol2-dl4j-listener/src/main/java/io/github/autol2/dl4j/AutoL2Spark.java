package io.github.autol2.dl4j;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.SparkListenable;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * AutoL2 for a training on Spark with a {@code ParameterAveragingTrainingMaster}: the workers measure, one rule on the driver decides, and
 * each split takes the lambda that the one before has led to. One line before the training:
 *
 * <pre>{@code
 * SparkDl4jMultiLayer spark = new SparkDl4jMultiLayer(context, network, master);
 * AutoL2Spark autoL2 = AutoL2Spark.attach(spark, AutoL2Options.adaptive(iterations), examples.first());
 * spark.fit(examples);
 * }</pre>
 *
 * <p>An iteration is one update of each worker, which are counted on the driver: a training of n batches on w workers has n / w. Its loss
 * and its training error are the means over the workers. lambda changes between two splits only, which are averagingFrequency iterations
 * long, or shorter where the batches do not suffice. Deeplearning4j's own count, which schedules follow, takes each split for a whole one.
 *
 * <p>Deeplearning4j's {@code SparkComputationGraph} lets the iterations of its workers begin at 0 in each split, so that schedules do not
 * go on and Adam corrects its bias for ever. With AutoL2 they go on, as those of a {@code SparkDl4jMultiLayer}.
 *
 * <p>Needs dl4j-spark on the class path. Thread-safe. One object follows one training run.
 */
public final class AutoL2Spark {

    private final SparkListenable spark;
    private final SparkTraining training;

    private AutoL2Spark(SparkListenable spark, AutoL2ListenerBuilder settings) {
        this.spark = Objects.requireNonNull(spark, "spark");
        ParameterAveragingTrainingMaster master = SparkGuard.averaging(master(spark));
        this.training =
                new SparkTraining(network(spark), master.getAveragingFrequency(), master.isSaveUpdater(), settings);
        spark.setListeners(training, training.probe());
    }

    /**
     * Puts AutoL2 on a training, in the place of all listeners that it had. The first lambda is chosen at once, by one training step of a
     * copy of the network.
     *
     * @param spark   a SparkDl4jMultiLayer or SparkComputationGraph with a ParameterAveragingTrainingMaster
     * @param options of the rule
     * @param batch   as large as those of a worker, for example {@code examples.first()} where an RDD holds batches
     * @return what AutoL2 does from now on
     * @throws IllegalArgumentException if the training master is another one
     * @throws IllegalStateException    if no layer takes a penalty, if the network has no output layer or has an AutoL2Listener, or if the
     *                                  updaters' state is not kept
     */
    public static AutoL2Spark attach(SparkListenable spark, AutoL2Options options, DataSet batch) {
        return attach(spark, AutoL2Listener.builder(options), batch);
    }

    /**
     * The same with settings beyond the rule's own.
     *
     * @param spark    a SparkDl4jMultiLayer or SparkComputationGraph with a ParameterAveragingTrainingMaster
     * @param settings of a run that begins; observers are told on the driver, after each split
     * @param batch    as large as those of a worker
     * @return what AutoL2 does from now on
     * @throws IllegalArgumentException as {@link #attach(SparkListenable, AutoL2Options, DataSet)}
     * @throws IllegalStateException    likewise, and if held-out data are to decide, or a saved run is to go on
     */
    public static AutoL2Spark attach(SparkListenable spark, AutoL2ListenerBuilder settings, DataSet batch) {
        Objects.requireNonNull(batch, "batch");
        return begin(spark, settings, network -> network.fit(batch));
    }

    /**
     * The same for a graph with several inputs or outputs.
     *
     * @param spark    with a ParameterAveragingTrainingMaster
     * @param settings of a run that begins; observers are told on the driver, after each split
     * @param batch    as large as those of a worker
     * @return what AutoL2 does from now on
     * @throws IllegalArgumentException as {@link #attach(SparkListenable, AutoL2Options, DataSet)}
     * @throws IllegalStateException    likewise, and if held-out data are to decide, or a saved run is to go on
     */
    public static AutoL2Spark attach(SparkComputationGraph spark, AutoL2ListenerBuilder settings, MultiDataSet batch) {
        Objects.requireNonNull(batch, "batch");
        return begin(
                spark,
                settings,
                network -> network.either(
                        multiLayer -> {
                            throw new IllegalStateException("a SparkComputationGraph has a ComputationGraph");
                        },
                        graph -> {
                            graph.fit(batch);
                            return graph;
                        }));
    }

    private static AutoL2Spark begin(SparkListenable spark, AutoL2ListenerBuilder settings, SparkStart.Step step) {
        if (settings.saved().isPresent()) {
            throw new IllegalStateException("a saved run goes on with AutoL2Spark.resume(..), without a batch");
        }
        AutoL2Spark autoL2 = new AutoL2Spark(spark, settings);
        autoL2.training.begin(step);
        return autoL2;
    }

    /**
     * Goes on with a saved run, in the place of all listeners that the training had. The same layers take part as before; the history begins
     * anew.
     *
     * @param spark with the network that was saved together with the run
     * @param saved for example {@code SavedRun.readFrom(file)}
     * @return what AutoL2 does from now on
     * @throws IllegalArgumentException as {@link #attach(SparkListenable, AutoL2Options, DataSet)}
     * @throws IllegalStateException    likewise, and if the network and the run were not saved at the same moment
     */
    public static AutoL2Spark resume(SparkListenable spark, SavedRun saved) {
        AutoL2Spark autoL2 = new AutoL2Spark(spark, AutoL2Listener.resume(saved));
        autoL2.training.resume(saved);
        return autoL2;
    }

    /**
     * Adds listeners of the user's own, which Spark copies to the workers for each split.
     *
     * @param router    told on the driver what they report, for example a StatsStorage
     * @param listeners can be serialised
     * @return this object
     */
    public AutoL2Spark alongside(StatsStorageRouter router, TrainingListener... listeners) {
        training.forwardTo(Objects.requireNonNull(router, "router"));
        List<TrainingListener> all = new ArrayList<>(List.of(training.probe()));
        all.addAll(Arrays.asList(listeners));
        spark.setListeners(training, all);
        return this;
    }

    private static TrainingMaster<?, ?> master(SparkListenable spark) {
        return spark instanceof SparkDl4jMultiLayer multiLayer
                ? multiLayer.getTrainingMaster()
                : graph(spark).getTrainingMaster();
    }

    private static Supplier<Model> network(SparkListenable spark) {
        return spark instanceof SparkDl4jMultiLayer multiLayer ? multiLayer::getNetwork : graph(spark)::getNetwork;
    }

    private static SparkComputationGraph graph(SparkListenable spark) {
        if (spark instanceof SparkComputationGraph graph) {
            return graph;
        }
        throw new IllegalArgumentException("spark must be a SparkDl4jMultiLayer or a SparkComputationGraph, got "
                + spark.getClass().getSimpleName());
    }

    /** {@return the coefficient of the next split} */
    public double lambda() {
        return training.lambda();
    }

    /** {@return the measurements so far, thinned evenly where there were more than the history holds} */
    public List<HistoryPoint> history() {
        return training.history();
    }

    /** {@return the changes of lambda so far, divisions and the raise, oldest first, thinned evenly; each acts from the split after its iteration} */
    public List<Decision.Change> changes() {
        return training.changes();
    }

    /**
     * {@return the lambda at each iteration of this run so far, as plain Deeplearning4j schedules} On Spark it repeats the run without this
     * library, with a SparkDl4jMultiLayer and the same averagingFrequency.
     *
     * @throws IllegalStateException if the workers made more updates than Deeplearning4j counts, as with truncated backpropagation; or with a
     *                               SparkComputationGraph, whose iterations begin at 0 in each split without this library; or if no schedule
     *                               repeats the saved run that goes on
     */
    public LambdaSchedule schedule() {
        return training.schedule();
    }

    /** {@return all that is needed to continue this run later} Take it between two calls of fit, together with the network. */
    public SavedRun savedRun() {
        return training.savedRun();
    }

    /**
     * Saves the driver's network as Deeplearning4j does, with its updater's state and with this run's state in the same zip file. Call it
     * between two calls of fit. Plain Deeplearning4j can load it.
     *
     * @param file in an existing folder; replaced in one step
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        training.save(file);
    }
}
