package io.github.autol2.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes every call on to a listener and adds up the time and the heap bytes that it takes. For one thread. */
final class Metered implements TrainingListener {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TrainingListener listener;
    private long nanoseconds;
    private long bytes;

    Metered(TrainingListener listener) {
        this.listener = listener;
    }

    /** Returns the time inside the listener since the beginning. */
    long nanoseconds() {
        return nanoseconds;
    }

    /** Returns the memory that the listener allocated since the beginning. */
    long bytes() {
        return bytes;
    }

    private void meter(Runnable call) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        call.run();
        nanoseconds += System.nanoTime() - start;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        meter(() -> listener.iterationDone(model, iteration, epoch));
    }

    @Override
    public void onEpochStart(Model model) {
        meter(() -> listener.onEpochStart(model));
    }

    @Override
    public void onEpochEnd(Model model) {
        meter(() -> listener.onEpochEnd(model));
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        meter(() -> listener.onForwardPass(model, activations));
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        meter(() -> listener.onForwardPass(model, activations));
    }

    @Override
    public void onGradientCalculation(Model model) {
        meter(() -> listener.onGradientCalculation(model));
    }

    @Override
    public void onBackwardPass(Model model) {
        meter(() -> listener.onBackwardPass(model));
    }
}
