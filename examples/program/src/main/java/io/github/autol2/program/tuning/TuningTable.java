package io.github.autol2.program.tuning;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison as a table of texts, for the terminal and the page. */
public final class TuningTable {

    static final List<String> HEADER = List.of(
            "lambda from",
            "lambda",
            "test % at best validation",
            "best test %",
            "final test %",
            "steps to best",
            "steps spent");

    private TuningTable() {}

    /** Returns the table as text for the terminal. */
    public static String of(TuningResult comparison) {
        List<ColumnData<List<String>>> columns = new ArrayList<>();
        for (int i = 0; i < HEADER.size(); i++) {
            int column = i;
            columns.add(new Column()
                    .header(HEADER.get(i))
                    .dataAlign(i == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
                    .with(row -> row.get(column)));
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows(comparison), columns);
    }

    static List<List<String>> rows(TuningResult comparison) {
        return comparison.rows().stream().map(row -> row(comparison, row)).toList();
    }

    private static List<String> row(TuningResult comparison, TuningResult.Row row) {
        boolean tuned = comparison.tuned().filter(row::equals).isPresent();
        return List.of(
                row.choice().title() + (tuned ? " (best on validation)" : ""),
                lambda(row),
                percent(Statistic.TEST_AT_BEST, row),
                percent(Statistic.TEST_BEST, row),
                percent(Statistic.TEST_FINAL, row),
                String.format(Locale.ROOT, "%.0f", Statistic.BEST_STEP.mean(row.runs())),
                Long.toString(comparison.stepsSpent(row)));
    }

    private static String lambda(TuningResult.Row row) {
        return row.choice()
                .constant()
                .map(SummaryTable::threeDigits)
                .orElseGet(() -> SummaryTable.threeDigits(row.runs().get(0).initialLambda()) + " -> "
                        + SummaryTable.threeDigits(row.runs().get(0).last().lambda()));
    }

    private static String percent(Statistic statistic, TuningResult.Row row) {
        return statistic.over(row.runs()).percent().toString();
    }
}
