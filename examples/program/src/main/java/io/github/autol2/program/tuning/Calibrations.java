package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The calibrations of a tuning. Where each seed has its own division of the examples, each seed has its own calibration, so that no test
 * example has a say in what its network is trained with; all of them together are what the user is told.
 *
 * @param pooled     of all runs
 * @param bySeed     what each seed is trained with; a seed whose calibration failed has none
 * @param failures   why a calibration failed, by seed
 * @param stepsSpent iterations of all of them, the failed ones included
 */
public record Calibrations(
        Calibration pooled, Map<Long, Calibration> bySeed, Map<Long, String> failures, long stepsSpent) {

    public Calibrations {
        bySeed = Map.copyOf(bySeed);
        failures = Map.copyOf(failures);
    }

    /** One calibration for all seeds. */
    static Calibrations shared(Calibration calibration, List<Long> seeds) {
        Map<Long, Calibration> bySeed = new TreeMap<>();
        seeds.forEach(seed -> bySeed.put(seed, calibration));
        return new Calibrations(calibration, bySeed, Map.of(), calibration.iterationsSpent());
    }

    /**
     * One calibration for each seed.
     *
     * @param seeds    in the order of the user
     * @param bySeed   at least one
     * @param failures of the other seeds
     */
    static Calibrations own(
            List<Long> seeds, Map<Long, Calibration> bySeed, Map<Long, String> failures, long stepsSpent) {
        List<Calibration> all =
                seeds.stream().filter(bySeed::containsKey).map(bySeed::get).toList();
        List<CalibrationRun> runs =
                all.stream().flatMap(one -> one.runs().stream()).toList();
        Calibration pooled = Calibration.of(
                runs,
                all.get(0).etaEff(),
                all.stream().flatMap(one -> one.levels().stream()).toList());
        for (CalibrationWarning warning : further(seeds, bySeed)) {
            pooled = pooled.withWarning(warning);
        }
        for (long seed : seeds) {
            if (failures.containsKey(seed)) {
                pooled = pooled.withWarning("seed " + seed
                        + " has no prediction, so its run of that row has no penalty: " + failures.get(seed));
            }
        }
        return new Calibrations(pooled, bySeed, failures, stepsSpent);
    }

    /** What the calibrators have said beside what their runs say: with its seeds, unless all have said it. */
    private static List<CalibrationWarning> further(List<Long> seeds, Map<Long, Calibration> bySeed) {
        Map<CalibrationWarning, List<Long>> saidBy = new LinkedHashMap<>();
        seeds.stream()
                .filter(bySeed::containsKey)
                .forEach(seed -> further(bySeed.get(seed))
                        .forEach(warning -> saidBy.computeIfAbsent(warning, first -> new ArrayList<>())
                                .add(seed)));
        List<CalibrationWarning> further = new ArrayList<>();
        saidBy.forEach((warning, by) -> further.add(
                by.size() == bySeed.size() ? warning : new CalibrationWarning(of(by) + warning, warning.holds())));
        return further;
    }

    private static String of(List<Long> seeds) {
        return (seeds.size() == 1 ? "seed " : "seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ": ";
    }

    /** What a calibrator has said beside what its runs say. */
    private static List<CalibrationWarning> further(Calibration calibration) {
        List<CalibrationWarning> further = new ArrayList<>(calibration.warnings());
        further.removeAll(Calibration.of(calibration.runs(), calibration.etaEff(), calibration.levels())
                .warnings());
        return further;
    }

    /** The lambda of a seed's run; 0, no penalty, where its calibration failed. */
    double lambda(long seed, long iterations) {
        return bySeed.containsKey(seed) ? bySeed.get(seed).predict(iterations).lambda() : 0;
    }

    /** What the race of a seed has shown, on its own data and with its own initial weights. */
    Optional<Level> level(long seed) {
        return Optional.ofNullable(bySeed.get(seed))
                .filter(own -> own.runs().get(0).seed() == seed) // a shared calibration races with its first seed
                .flatMap(own -> own.levels().stream().findFirst());
    }
}
