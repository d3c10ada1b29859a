package io.github.autol2.research.detector;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** The detectors on random curves, and on the losses of real trainings with large constant lambdas. */
public final class DetectorComparison {

    private static final int RANDOM_CURVES = 1000;
    private static final List<Double> LAMBDAS = List.of(0.05, 0.03, 0.02, 0.01);

    private final RunSettings settings;
    private final DataSplit data;

    public DetectorComparison(RunSettings settings, DataSplit data) {
        this.settings = settings;
        this.data = data;
    }

    /** The iterations of all trainings. */
    public long steps() {
        return Sweep.steps(jobs());
    }

    /**
     * Trains what is not finished yet.
     *
     * @return the loss without penalty of each iteration of each training
     */
    public List<double[]> record(UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        Map<String, double[]> losses =
                new Sweep<>(parts, new TypeReference<double[]>() {}, threads).run(jobs(), progress);
        return List.copyOf(losses.values());
    }

    private List<Sweep.Job<double[]>> jobs() {
        List<Sweep.Job<double[]>> jobs = new ArrayList<>();
        for (double lambda : LAMBDAS) {
            for (long seed : settings.seeds()) {
                jobs.add(new Sweep.Job<>(
                        "losses-" + lambda + "-seed" + seed,
                        settings.iterations(),
                        done -> RecordedCurve.record(settings, data, lambda, seed, done)));
            }
        }
        return jobs;
    }

    /**
     * Writes the page, and CSV, SVG and PNG for each kind of curve.
     *
     * @return what was found, a sentence each
     */
    public static List<String> write(Path folder, List<double[]> recorded) throws IOException {
        Page page = new Page("When does the loss rise?");
        List<String> sentences = new ArrayList<>();
        DetectorTrial random = new DetectorTrial(LongStream.range(0, RANDOM_CURVES)
                .mapToObj(seed -> RandomCurve.of(seed).curve())
                .toList());
        sentences.add("Random curves: " + random.summary());
        List<Curve> turned = recorded.stream()
                .map(RecordedCurve::of)
                .flatMap(Optional::stream)
                .toList();
        List<Curve> others = recorded.stream()
                .filter(losses -> RecordedCurve.of(losses).isEmpty())
                .map(losses -> new Curve(losses, losses.length))
                .toList(); // any alarm is a false one
        if (!turned.isEmpty()) {
            sentences.add("Recorded losses, " + turned.size() + " of " + recorded.size() + " turned: "
                    + new DetectorTrial(turned).summary());
        }
        if (!others.isEmpty()) {
            sentences.add("Recorded losses that did not clearly turn, " + others.size() + ": "
                    + new DetectorTrial(others).alarms());
        }
        sentences.forEach(page::lead);
        random.write(folder, "detectors-random", "random", page);
        if (!turned.isEmpty()) {
            new DetectorTrial(turned).write(folder, "detectors-recorded", "recorded", page);
        }
        page.write(folder.resolve("detectors.html"));
        return sentences;
    }
}
