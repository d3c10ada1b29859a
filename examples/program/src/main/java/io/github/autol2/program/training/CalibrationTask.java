package io.github.autol2.program.training;

import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationOptions;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch;
import io.github.autol2.program.config.NetworkText;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Portions;
import io.github.autol2.program.data.Target;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.model.Models;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Calibrates the configured network on the training and validation examples. */
public final class CalibrationTask {

    private static final String PLAIN_ACCURACY =
            "with data.classWeights=balanced, calibration runs, races and AutoL2 with validation data still go by plain accuracy and the "
                    + "weighted loss: where a class is rare, they may prefer a network that ignores it; balanced accuracy compares the finished "
                    + "trainings only";

    private final RunSettings settings;
    private final DataSplit data;

    public CalibrationTask(RunSettings settings, DataSplit data) {
        this.settings = settings;
        this.data = data;
    }

    /** The most iterations that a calibration spends. */
    public static long most(RunSettings settings) {
        CalibrationOptions options = options(settings);
        return options.iterationsPerSeed() * settings.seeds().size() + options.mostRaceIterations();
    }

    /**
     * Looks for what a calibration would refuse, before anything is trained or written.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    public void check() {
        new CalibrationSearch(options(settings), 1, settings.batchesPerEpoch());
        INDArray labels = data.validation().getLabels();
        boolean empty = data.validation().numExamples() == 0;
        if (data.target() instanceof Target.Quantity) {
            double deviation = empty ? 0 : labels.std(false, 0).getDouble(0);
            if (!(deviation > 0)) {
                throw new IllegalArgumentException(
                        "the validation data must hold at least 2 different values, got " + labels.length() + " rows");
            }
            return;
        }
        long classes = empty
                ? 0
                : labels.sum(0).gt(0).castTo(DataType.INT32).sumNumber().longValue();
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "the validation data must hold examples of at least 2 classes, got " + classes);
        }
    }

    /**
     * The same for the network of the settings.
     *
     * @throws InvalidModelException if it is from a file and has frozen layers
     */
    public void checkNetwork() {
        settings.model().file().map(NetworkText::file).ifPresent(this::requireNoFrozenLayers);
    }

    private void requireNoFrozenLayers(Path file) {
        network().frozenLayers().stream().findFirst().ifPresent(layer -> {
            throw new InvalidModelException(
                    file,
                    "a calibration trains fresh copies of the network, whose frozen layers would never learn: it must have none, got "
                            + layer);
        });
    }

    private Network network() {
        return Models.build(
                settings.model(),
                settings.train(),
                settings.iterations(),
                data.shape(),
                data.target(),
                settings.seeds().get(0));
    }

    private static CalibrationOptions options(RunSettings settings) {
        return new CalibrationOptions(
                settings.iterations(),
                settings.calibration().share(),
                settings.seeds(),
                settings.calibration().race(),
                settings.horizon());
    }

    /**
     * Calibrates, or goes on with it.
     *
     * @param finished runs of an earlier calibration with the same settings that was interrupted
     */
    public Calibration calibrate(List<CalibrationRun> finished, CalibrationObserver observer) {
        Calibration calibration = new LambdaCalibrator(options(settings), observer)
                .calibrate(
                        network().model(),
                        order -> Batches.of(
                                data,
                                settings.train().batchSize(),
                                settings.data().augment(),
                                order),
                        new ExistingDataSetIterator(Portions.of(data.validation(), Evaluator.rowsAtATime(settings))),
                        finished);
        return data.target() instanceof Target.Classes classes && classes.weighted()
                ? calibration.withWarning(PLAIN_ACCURACY)
                : calibration;
    }
}
