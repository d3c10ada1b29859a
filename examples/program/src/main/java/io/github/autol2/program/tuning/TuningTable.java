package io.github.autol2.program.tuning;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** The comparison as a table of texts, for the terminal and the page. */
public final class TuningTable {

    private TuningTable() {}

    /** Returns the table as text for the terminal. */
    public static String of(TuningResult comparison) {
        List<ColumnData<List<String>>> columns = new ArrayList<>();
        List<String> header = header(comparison);
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            columns.add(new Column()
                    .header(header.get(i))
                    .dataAlign(i == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
                    .with(row -> row.get(column)));
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows(comparison), columns);
    }

    static List<String> header(TuningResult comparison) {
        String percent = switch (comparison.figure()) {
            case "accuracy" -> "%";
            case "balanced accuracy" -> "balanced %";
            default -> comparison.figure() + " in %";
        };
        return List.of(
                "lambda from",
                "lambda",
                "best validation " + percent,
                "test " + percent + " at best validation",
                "final test " + percent,
                "steps spent");
    }

    static List<List<String>> rows(TuningResult comparison) {
        return comparison.rows().stream().map(row -> row(comparison, row)).toList();
    }

    private static List<String> row(TuningResult comparison, TuningResult.Row row) {
        boolean tuned = comparison.tuned().filter(row::equals).isPresent();
        boolean won = row.equals(comparison.winner());
        boolean balanced = comparison.balancedAccuracyChooses();
        return List.of(
                row.choice().title() + (tuned ? " (best of the grid)" : "") + (won ? " (won)" : ""),
                lambda(row),
                percent(balanced ? Statistic.SECOND_VALIDATION_AT_BEST : Statistic.VALIDATION_BEST, row),
                percent(comparison.testAtBest(), row),
                percent(balanced ? Statistic.SECOND_TEST_FINAL : Statistic.TEST_FINAL, row),
                Long.toString(comparison.stepsSpent(row)));
    }

    /** At the ends of the runs: one number, or the range over the seeds. */
    private static String lambda(TuningResult.Row row) {
        DoubleSummaryStatistics last =
                row.runs().stream().mapToDouble(run -> run.last().lambda()).summaryStatistics();
        String from = SummaryTable.threeDigits(last.getMin());
        String to = SummaryTable.threeDigits(last.getMax());
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String percent(Statistic statistic, TuningResult.Row row) {
        return statistic.over(row.runs()).percent().toString();
    }
}
