package io.github.autol2.program.search;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.program.results.SummaryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The candidates as a table, best first, for the terminal and for the page. */
public final class SearchTable {

    private SearchTable() {}

    /** Returns the table as text for the terminal. */
    public static String of(SearchResult result) {
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                header(result).toArray(String[]::new),
                null,
                rows(result).stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    /** The columns of the page: those of the terminal, and what became of each candidate. */
    static List<String> pageHeader(SearchResult result) {
        List<String> header = header(result);
        header.addAll(List.of("status", "reason"));
        return header;
    }

    static List<List<String>> pageRows(SearchResult result) {
        return result.ranked().stream()
                .map(row -> {
                    List<String> cells = row(result, row);
                    Ending ending = row.outcome().ending();
                    cells.addAll(List.of(ending.status(), ending.reason()));
                    return cells;
                })
                .toList();
    }

    static List<String> header(SearchResult result) {
        List<String> header = new ArrayList<>(List.of("candidate", "validation %"));
        result.axes().forEach(axis -> header.add(axis.name()));
        header.addAll(List.of("lambda", "90 %", "steps", "seconds"));
        return header;
    }

    static List<List<String>> rows(SearchResult result) {
        return result.ranked().stream().map(row -> row(result, row)).toList();
    }

    private static List<String> row(SearchResult result, SearchResult.Row row) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(row.index()), score(row)));
        result.axes().forEach(axis -> cells.add(axis.text(row.flatParameters())));
        cells.add(row.lambda().map(SearchTable::lambda).orElse(""));
        cells.add(row.lambda()
                .map(lambda ->
                        SummaryTable.threeDigits(lambda.low()) + " to " + SummaryTable.threeDigits(lambda.high()))
                .orElse(""));
        cells.add(Long.toString(row.outcome().trainingIterations()));
        cells.add(String.format(Locale.ROOT, "%.1f", row.seconds()));
        return cells;
    }

    private static String score(SearchResult.Row row) {
        if (row.outcome().ending() instanceof Ending.Pruned pruned) {
            return String.format(
                    Locale.ROOT,
                    "pruned, %.2f %s",
                    100 * pruned.last().score(),
                    pruned.last().fromCalibration()
                            ? "in calibration"
                            : "at " + pruned.last().iteration());
        }
        return row.finished()
                ? String.format(Locale.ROOT, "%.2f", 100 * row.validationAccuracy())
                : row.outcome().ending().status();
    }

    private static String lambda(CandidateLambda lambda) {
        return SummaryTable.threeDigits(lambda.lambda())
                + (lambda.finalLambda() == lambda.lambda()
                        ? ""
                        : " -> " + SummaryTable.threeDigits(lambda.finalLambda()));
    }
}
