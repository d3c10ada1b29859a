import io.github.autol2.schedule.Decision;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the checks of {@code .ci/spark} demand, and the lines of the table that it prints. */
final class Results {

    private Results() {}

    static void tell(String what, String outcome) {
        System.out.println("result|" + what + "|" + outcome);
    }

    /** Ends the check where something does not hold. */
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    /** The iteration and the new lambda of each. */
    static String brief(List<Decision.Change> changes) {
        return changes.stream()
                .map(change -> String.format(Locale.ROOT, "%d: %.3g", change.iteration(), change.newLambda()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
