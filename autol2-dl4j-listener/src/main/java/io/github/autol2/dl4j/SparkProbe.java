package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Measures on a Spark worker, and decides nothing. Each worker has a new copy in each split, which Spark makes of the one on the driver:
 * that one says where a split begins.
 */
final class SparkProbe extends BaseTrainingListener implements RoutingIterationListener {

    private static final long serialVersionUID = 1;

    private final Penalty penalty; // null: nobody asks for etaEff
    private final HashMap<String, Double> ratios;
    private final HashMap<String, Double> own;
    private final boolean biases;
    private int firstIteration;
    private double lambda;
    private String worker;
    private String session;
    private transient StatsStorageRouter router;
    private transient TrainingError trainingError;
    private transient NetworkLambda held;
    private transient boolean met;
    private transient int position;
    private transient int measuredAt;

    /** For a rule that does not ask for etaEff. */
    SparkProbe() {
        this(null, Coefficients.NOT_READ, false);
    }

    /**
     * For a rule that asks for etaEff: the worker's updater has the state of just this iteration.
     *
     * @param coefficients of the parameters that take part
     */
    SparkProbe(Penalty penalty, Coefficients coefficients, boolean biases) {
        this.penalty = penalty;
        this.ratios = new HashMap<>(coefficients.ratios()); // Kryo knows it
        this.own = new HashMap<>(coefficients.own());
        this.biases = biases;
    }

    /**
     * On the driver, between two splits.
     *
     * @param iteration the parameter updates before the next split
     * @param newLambda that the network of the next split holds
     */
    void beginAt(int iteration, double newLambda) {
        firstIteration = iteration;
        lambda = newLambda;
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        meet(model);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        meet(model);
    }

    /** Deeplearning4j lets the iterations of a graph, unlike those of other networks, begin anew in each split. */
    private void meet(Model model) {
        if (!met) {
            Network.of(model).setIteration(firstIteration);
            met = true;
            measuredAt = -1;
        }
    }

    @Override
    public void onBackwardPass(Model model) {
        meet(model);
        Network network = Network.of(model);
        int iteration = network.iteration();
        if (iteration == measuredAt) {
            return; // line searches pass several times
        }
        measuredAt = iteration;
        if (trainingError == null) {
            trainingError = new TrainingError();
        }
        double etaEff = etaEff(network);
        double penalty = network.penaltyInScore();
        double loss = network.score() - penalty;
        router.putUpdate(new SparkIteration(
                worker,
                position++,
                loss,
                held == null || held.isInScore() ? penalty : held.penaltyOfAll(network),
                trainingError.of(network.outputLayers()),
                etaEff));
    }

    private double etaEff(Network network) {
        if (penalty == null) {
            return 0;
        }
        if (held == null) {
            Participants all = new Participants(name -> true, biases, true); // the ratios choose
            held = new NetworkLambda(network, PenalisedParameters.of(network, all), penalty, false, coefficients());
            held.set(lambda);
        }
        return held.etaEff(network);
    }

    private Coefficients coefficients() {
        return new Coefficients(ratios, own);
    }

    @Override
    public void setStorageRouter(StatsStorageRouter newRouter) {
        router = newRouter;
    }

    @Override
    public StatsStorageRouter getStorageRouter() {
        return router;
    }

    @Override
    public void setWorkerID(String id) {
        worker = id;
    }

    @Override
    public String getWorkerID() {
        return worker;
    }

    @Override
    public void setSessionID(String id) {
        session = id;
    }

    @Override
    public String getSessionID() {
        return session;
    }

    /** A probe that has measured nothing yet. */
    @Override
    public SparkProbe clone() {
        SparkProbe copy = new SparkProbe(penalty, coefficients(), biases);
        copy.beginAt(firstIteration, lambda);
        return copy;
    }
}
