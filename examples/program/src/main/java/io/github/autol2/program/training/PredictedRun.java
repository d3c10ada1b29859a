package io.github.autol2.program.training;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import java.util.List;
import java.util.function.UnaryOperator;

/** A calibration with the run's own seed, then a training with the lambda that it predicts. */
public final class PredictedRun implements Training {

    private final RunSettings settings;
    private final DataSplit data;
    private final UnaryOperator<Training> finish;

    /**
     * @param settings of the calibration and the run; its own lambda does not count
     */
    public PredictedRun(RunSettings settings, DataSplit data) {
        this(settings, data, UnaryOperator.identity());
    }

    private PredictedRun(RunSettings settings, DataSplit data, UnaryOperator<Training> finish) {
        this.settings = settings;
        this.data = data;
        this.finish = finish;
    }

    @Override
    public PredictedRun keepingBest() {
        return new PredictedRun(settings, data, run -> finish.apply(run).keepingBest());
    }

    @Override
    public PredictedRun withTrainingAtEndOnly() {
        return new PredictedRun(settings, data, run -> finish.apply(run).withTrainingAtEndOnly());
    }

    @Override
    public Outcome train(long seed, TrainingRun.Progress progress) {
        RunSettings own = settings.withSeeds(List.of(seed));
        Calibration calibration = new CalibrationTask(own, data).calibrate(List.of(), new CalibrationObserver() {});
        double lambda = calibration.predict(settings.horizon()).lambda();
        Training run = new TrainingRun(settings.withLambda(LambdaSettings.constant(lambda)), data);
        return finish.apply(run).train(seed, progress).afterSteps(calibration.iterationsSpent());
    }
}
