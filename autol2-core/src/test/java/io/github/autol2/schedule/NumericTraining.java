package io.github.autol2.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A training that exists only as numbers. It shows a run one iteration after the other, and samples only where the run asks. */
final class NumericTraining {

    private NumericTraining() {}

    /** What a network would show at one iteration. */
    record Shown(double loss, double penalty, OptionalDouble error, double etaEff) {

        static Shown of(double loss, double penalty, double etaEff) {
            return new Shown(loss, penalty, OptionalDouble.empty(), etaEff);
        }

        double score() {
            return loss + penalty;
        }
    }

    /** What a network shows at an iteration that is trained with the given lambda. */
    @FunctionalInterface
    interface Curve {
        Shown at(long iteration, double lambda);
    }

    /** One iteration: what was shown, whether it was sampled, what came of it, and lambda afterwards. */
    record Entry(long iteration, Shown shown, boolean sampled, Optional<AutoL2Run.Measured> measured, double lambda) {

        boolean divides() {
            return measured.isPresent() && measured.get().decision() instanceof Decision.Divide;
        }
    }

    /** Shows the iterations {@code from} (included) to {@code to} (excluded) to a run that has begun. */
    static List<Entry> show(AutoL2Run run, Curve curve, long from, long to) {
        List<Entry> entries = new ArrayList<>();
        for (long iteration = from; iteration < to; iteration++) {
            entries.add(showOne(run, curve, iteration));
        }
        return entries;
    }

    private static Entry showOne(AutoL2Run run, Curve curve, long iteration) {
        Shown shown = curve.at(iteration, run.lambda());
        boolean sampled = run.wantsSample(iteration);
        Optional<AutoL2Run.Measured> measured = Optional.empty();
        if (sampled) {
            measured = run.sample(iteration, shown.score(), shown.penalty(), shown.error(), shown.etaEff());
        } else {
            run.add(shown.score());
        }
        return new Entry(iteration, shown, sampled, measured, run.lambda());
    }

    /** The iterations of the measurements among the entries. */
    static List<Long> measuredAt(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.measured().isPresent())
                .map(Entry::iteration)
                .toList();
    }
}
