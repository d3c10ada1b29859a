package io.github.autol2.research.figure;

import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an experiment showed.
 *
 * @param verdict on the paper's claim, here
 * @param finding what was measured, as the end of the sentence that the verdict begins
 * @param notes   what one should know to judge it, a sentence each
 * @param tables  the numbers, by names that are fit for a file's name
 * @param panels  at least one
 */
public record FigureResult(
        Verdict verdict, String finding, List<String> notes, Map<String, NumberTable> tables, List<Panel> panels) {

    /** Whether the paper's claim holds. */
    public enum Verdict {
        /** All of it was seen. */
        HOLDS("The claim holds"),
        /** A part of it was seen; the rest was not, or cannot be judged. */
        IN_PART("The claim holds in part"),
        /** What was seen contradicts it, or does not show it. */
        NOT_SEEN("The claim is not seen"),
        /** The measurement is too coarse to tell. */
        UNDECIDED("The claim cannot be judged");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** From two parts of a claim. */
        static Verdict of(Seen first, Seen second) {
            if (first == Seen.YES && second == Seen.YES) {
                return HOLDS;
            }
            if (first == Seen.YES || second == Seen.YES) {
                return IN_PART;
            }
            return first == Seen.NO && second == Seen.NO ? NOT_SEEN : UNDECIDED;
        }

        /** As the beginning of a sentence. */
        String text() {
            return text;
        }
    }

    /**
     * One chart.
     *
     * @param name    unlike those of all other panels of the figure, fit for a file's name
     * @param caption what is shown
     */
    public record Panel(String name, LineChart chart, String caption) {}

    public FigureResult {
        notes = List.copyOf(notes);
        tables = Map.copyOf(tables);
        panels = List.copyOf(panels);
    }

    /** The same with one more note. */
    public FigureResult note(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new FigureResult(verdict, finding, more, tables, panels);
    }

    /** Verdict and finding. */
    public String sentence() {
        return verdict.text + " here: " + finding;
    }
}
