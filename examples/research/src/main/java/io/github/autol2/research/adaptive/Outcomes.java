package io.github.autol2.research.adaptive;

import io.github.autol2.prediction.Peak;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the runs of a comparison showed.
 *
 * @param runs by {@link #key}, one for each task, choice and seed
 */
public record Outcomes(List<Task> tasks, List<LambdaChoice> choices, List<Long> seeds, Map<String, RunResult> runs) {

    static String key(Task task, LambdaChoice choice, long seed) {
        return task.name() + "." + choice.label() + "." + seed;
    }

    /** One run for each seed. */
    public List<RunResult> of(Task task, LambdaChoice choice) {
        return seeds.stream().map(seed -> runs.get(key(task, choice, seed))).toList();
    }

    /** The constant lambda that validation examples choose; empty if no constant took part. */
    public Optional<LambdaChoice> tuned(Task task) {
        return choices.stream()
                .filter(choice -> choice.constant().isPresent())
                .max(Comparator.comparingDouble(
                        choice -> Figures.rank(Statistic.VALIDATION_BEST.mean(of(task, choice)))));
    }

    /** The choices whose lambda a rule chooses. */
    List<LambdaChoice> rules() {
        return choices.stream().filter(choice -> choice.constant().isEmpty()).toList();
    }

    /**
     * One choice beside the tuned constant in one task; all differences are choice minus tuned, as fractions.
     *
     * @param difference      of the test accuracy where validation is best
     * @param standardError   of that difference, from the differences of the seeds; NaN for a single seed
     * @param finalDifference of the test accuracy at the end
     * @param steps           until the choice's mean test curve is within 0.5 % of the tuned constant's accuracy; empty if it never is
     * @param tunedSteps      the same of the tuned constant
     */
    public record Standing(
            Task task,
            LambdaChoice choice,
            LambdaChoice tuned,
            double difference,
            double standardError,
            double finalDifference,
            OptionalLong steps,
            OptionalLong tunedSteps) {

        /** The number of steps, or never. */
        public static String text(OptionalLong steps) {
            return steps.isPresent() ? Long.toString(steps.getAsLong()) : "never";
        }
    }

    /** All standings of a choice, one for each task; empty without a constant lambda. */
    public List<Standing> standings(LambdaChoice choice) {
        List<Standing> standings = new ArrayList<>();
        for (Task task : tasks) {
            tuned(task).ifPresent(tuned -> standings.add(standing(task, choice, tuned)));
        }
        return standings;
    }

    private Standing standing(Task task, LambdaChoice choice, LambdaChoice tuned) {
        List<RunResult> ours = of(task, choice);
        List<RunResult> theirs = of(task, tuned);
        List<Double> differences = new ArrayList<>();
        double last = 0;
        for (int i = 0; i < ours.size(); i++) {
            differences.add(Statistic.TEST_AT_BEST.of(ours.get(i)) - Statistic.TEST_AT_BEST.of(theirs.get(i)));
            last += Statistic.TEST_FINAL.of(ours.get(i)) - Statistic.TEST_FINAL.of(theirs.get(i));
        }
        Pooled pooled = Pooled.of(differences);
        double enough = enough(task, tuned);
        return new Standing(
                task,
                choice,
                tuned,
                pooled.mean(),
                pooled.standardError(),
                last / ours.size(),
                firstAbove(ours, enough),
                firstAbove(theirs, enough));
    }

    /**
     * The steps of the fastest constant to what the steps of a {@link Standing} go to, chosen in hindsight; empty if no constant gets
     * there.
     * Where it takes as many as the tuned one, the network's learning sets the time, and no lambda shortens it.
     */
    OptionalLong fewestSteps(Task task) {
        double enough = enough(task, tuned(task).orElseThrow());
        return choices.stream()
                .filter(choice -> choice.constant().isPresent())
                .map(choice -> firstAbove(of(task, choice), enough))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private double enough(Task task, LambdaChoice tuned) {
        return Statistic.TEST_AT_BEST.mean(of(task, tuned)) - Peak.CLOSE_TO_BEST;
    }

    /** The first step at which the mean of the test accuracies is at least this. */
    private static OptionalLong firstAbove(List<RunResult> runs, double enough) {
        List<CurvePoint> points = runs.get(0).curve();
        for (int i = 0; i < points.size(); i++) {
            int at = i;
            if (runs.stream()
                            .mapToDouble(run -> run.curve().get(at).testAccuracy())
                            .average()
                            .orElseThrow()
                    >= enough) {
                return OptionalLong.of(points.get(i).step());
            }
        }
        return OptionalLong.empty();
    }
}
