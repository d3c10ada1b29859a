package io.github.autol2.program.results;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.data.FourDigits;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The runs as a table on the terminal, and lambda's way through each run. */
public final class SummaryTable {

    private SummaryTable() {}

    /** One row for each run, then mean and standard error; accuracies in percent, R2 as it is, RMSE in the unit of the table. */
    public static String of(List<RunResult> runs) {
        List<Row> rows = new ArrayList<>();
        runs.forEach(run -> rows.add(new Row(Long.toString(run.seed()), statistic -> statistic.of(run))));
        rows.add(new Row("mean", statistic -> statistic.mean(runs)));
        if (runs.size() > 1) {
            rows.add(new Row("std. error", statistic -> statistic.standardError(runs)));
        }
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                columns(
                        runs.get(0).last().test() instanceof Figures.OfQuantity,
                        runs.get(0).balancedAccuracyChooses()));
    }

    private static List<ColumnData<Row>> columns(boolean quantity, boolean balanced) {
        Unit unit = quantity
                ? new Unit("R2", "test RMSE", SummaryTable::digits)
                : new Unit("%", "balanced %", SummaryTable::percent);
        List<ColumnData<Row>> columns = new ArrayList<>(List.of(
                column("seed", row -> row.name),
                unit.column("train " + unit.main, Statistic.TRAIN),
                balanced
                        ? unit.column("best validation " + unit.second, Statistic.SECOND_VALIDATION_AT_BEST)
                        : unit.column("best validation " + unit.main, Statistic.VALIDATION_BEST),
                column("at step", steps(Statistic.BEST_STEP)),
                unit.column("test " + unit.main + " there", Statistic.TEST_AT_BEST),
                unit.column(unit.second + " there", Statistic.SECOND_TEST_AT_BEST)));
        if (!quantity) { // the paper's figures
            columns.add(unit.column("best test " + unit.main, Statistic.TEST_BEST));
            columns.add(column("t*", steps(Statistic.T_STAR)));
        }
        columns.add(unit.column("final test " + unit.main, Statistic.TEST_FINAL));
        if (quantity) {
            columns.add(unit.column("final " + unit.second, Statistic.SECOND_TEST_FINAL));
        }
        return columns;
    }

    /**
     * How figures are written.
     *
     * @param main   of the figure that chooses
     * @param second of the one that is told beside it, on test examples
     * @param text   writes a figure
     */
    private record Unit(String main, String second, Function<Statistic, Function<Row, String>> text) {
        ColumnData<Row> column(String header, Statistic statistic) {
            return SummaryTable.column(header, text.apply(statistic));
        }
    }

    /** For example {@code seed 1: lambda 0.0065 -> 0.00217 (step 321, loss) -> 0.000722 (step 1240, both)}. */
    public static String trajectory(RunResult run) {
        StringBuilder line = new StringBuilder("seed " + run.seed() + ": lambda " + threeDigits(run.initialLambda()));
        for (Decision.Change division : run.divisions()) {
            line.append(" -> ")
                    .append(threeDigits(division.newLambda()))
                    .append(" (step ")
                    .append(division.iteration())
                    .append(", ")
                    .append(division.cause().label())
                    .append(')');
        }
        return line.toString();
    }

    /** A number as short as its first three digits allow; 0 for a lambda that moves no weight. */
    public static String threeDigits(double value) {
        return Math.abs(value) <= InitialLambda.NOTHING
                ? "0"
                : Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.2e", value)))
                        .replace('E', 'e');
    }

    private static ColumnData<Row> column(String header, Function<Row, String> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(value);
    }

    private static Function<Row, String> percent(Statistic statistic) {
        return row -> String.format(Locale.ROOT, "%.2f", 100 * row.figures.applyAsDouble(statistic));
    }

    private static Function<Row, String> digits(Statistic statistic) {
        return row -> FourDigits.of(row.figures.applyAsDouble(statistic));
    }

    private static Function<Row, String> steps(Statistic statistic) {
        return row -> String.format(Locale.ROOT, "%.0f", row.figures.applyAsDouble(statistic));
    }

    private record Row(String name, ToDoubleFunction<Statistic> figures) {}
}
