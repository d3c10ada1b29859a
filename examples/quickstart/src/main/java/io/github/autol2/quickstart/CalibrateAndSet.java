package io.github.autol2.quickstart;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.Prediction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Predicts lambda from short runs, then trains the network with that lambda from beginning to end. */
public final class CalibrateAndSet {

    private CalibrateAndSet() {}

    public static void main(String... args) {
        MultiLayerNetwork network = Moons.network();
        int epochs = 250;
        long iterations = (long) epochs * Moons.BATCHES_PER_EPOCH;

        Calibration calibration = new LambdaCalibrator(CalibrationOptions.forBudget(iterations))
                .calibrate(network, Moons.training(), Moons.validation());
        for (long length : new long[] {iterations / 4, iterations}) {
            Prediction prediction = calibration.predict(length);
            System.out.printf("for %d iterations: lambda %.3g%n", length, prediction.lambda());
        }
        calibration.warnings().forEach(System.out::println);

        Lambda.set(network, calibration.predict(iterations).lambda());
        network.fit(Moons.training(), epochs);
        double accuracy = network.evaluate(Moons.validation()).accuracy();
        System.out.printf("validation accuracy: %.3f%n", accuracy);
    }
}
