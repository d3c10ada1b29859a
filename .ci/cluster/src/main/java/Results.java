import io.github.autol2.schedule.Decision;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lines of the table that {@code .ci/spark} prints. */
final class Results {

    private Results() {}

    static void tell(String what, String outcome) {
        System.out.println("result|" + what + "|" + outcome);
    }

    /** The iteration and the new lambda of each. */
    static String brief(List<Decision.Change> divisions) {
        return divisions.stream()
                .map(division -> String.format(Locale.ROOT, "%d: %.3g", division.iteration(), division.newLambda()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
