package io.github.autol2.benchmark;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes every call on to a listener, inside a meter. */
final class Metered implements TrainingListener {

    private final TrainingListener listener;
    private final Meter meter;

    Metered(TrainingListener listener, Meter meter) {
        this.listener = listener;
        this.meter = meter;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        meter.run(() -> listener.iterationDone(model, iteration, epoch));
    }

    @Override
    public void onEpochStart(Model model) {
        meter.run(() -> listener.onEpochStart(model));
    }

    @Override
    public void onEpochEnd(Model model) {
        meter.run(() -> listener.onEpochEnd(model));
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        meter.run(() -> listener.onForwardPass(model, activations));
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        meter.run(() -> listener.onForwardPass(model, activations));
    }

    @Override
    public void onGradientCalculation(Model model) {
        meter.run(() -> listener.onGradientCalculation(model));
    }

    @Override
    public void onBackwardPass(Model model) {
        meter.run(() -> listener.onBackwardPass(model));
    }
}
