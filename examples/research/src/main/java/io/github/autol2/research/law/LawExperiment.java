package io.github.autol2.research.law;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.config.LambdaSettings;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.Peak;
import io.github.autol2.prediction.PeakTimeLaw;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.TrainingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains with every lambda, learning rate and seed, and sees when the validation accuracy peaks: does t* go as 1/(eta lambda)? */
public final class LawExperiment {

    private final RunSettings settings;
    private final DataSplit data;
    private final UnfinishedRun parts;

    /**
     * When accuracy peaked in one run.
     */
    public record Row(double lambda, double eta, long seed, Peak peak) {

        /** Whether the peak is one that the law is about. */
        public boolean hasPeaked() {
            return peak.verdict() == Peak.Verdict.PEAKED;
        }
    }

    public LawExperiment(RunSettings settings, DataSplit data, UnfinishedRun parts) {
        this.settings = settings;
        this.data = data;
        this.parts = parts;
    }

    /** One row for each combination, in the order of lambdas, then learning rates, then seeds. */
    public List<Row> run(List<Double> lambdas, List<Double> etas, TrainingRun.Progress progress) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (double lambda : lambdas) {
            for (double eta : etas) {
                for (long seed : settings.seeds()) {
                    rows.add(new Row(
                            lambda, eta, seed, peak(lambda, eta, seed, rows.size() * settings.iterations(), progress)));
                }
            }
        }
        return rows;
    }

    /** When accuracy peaked, one run a row. */
    public static NumberTable table(List<Row> rows) {
        NumberTable table =
                new NumberTable("lambda", "eta", "seed", "verdict", "maximumAt", "tStarOfThePaper", "maximum");
        rows.forEach(row -> table.row(
                row.lambda(),
                row.eta(),
                row.seed(),
                row.peak().verdict(),
                row.peak().maximumAt(),
                row.peak().tStar(),
                row.peak().maximum()));
        return table;
    }

    /** The law over the rows that peaked. */
    public static PeakTimeLaw law(List<Row> rows) {
        return PeakTimeLaw.fit(rows.stream()
                .filter(Row::hasPeaked)
                .map(row -> new PeakTimeLaw.Observation(
                        row.lambda(), row.eta(), row.peak().maximumAt()))
                .toList());
    }

    private Peak peak(double lambda, double eta, long seed, long before, TrainingRun.Progress progress)
            throws IOException {
        String name = "law-" + lambda + "-" + eta + "-seed" + seed;
        Optional<RunResult> finished = parts.get(name, new TypeReference<RunResult>() {});
        if (finished.isEmpty()) {
            RunSettings one =
                    settings.withLambda(LambdaSettings.constant(lambda)).withLearningRate(eta);
            finished = Optional.of(new TrainingRun(one, data)
                    .train(seed, (done, now, loss) -> progress.iteration(before + done, now, loss))
                    .result());
            parts.put(name, finished.get());
        }
        return peak(finished.get(), data);
    }

    /** When the validation accuracy of a run peaked. */
    public static Peak peak(RunResult run, DataSplit data) {
        List<LearningCurve.Point> points = run.curve().stream()
                .map(point -> new LearningCurve.Point(point.step(), point.validationAccuracy()))
                .toList();
        return Peak.of(new LearningCurve(
                points, 1.0 / data.classNames().size(), data.validation().numExamples()));
    }
}
